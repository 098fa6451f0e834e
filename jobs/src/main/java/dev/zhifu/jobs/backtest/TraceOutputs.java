package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.FlowRows;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A trace as tree, JSON and flow table, whether it was made on files or by the job. */
final class TraceOutputs {
  private TraceOutputs() {}

  /** The tree, what is still there, and whether it is complete. */
  static void print(CaseTrace trace, PrintStream out) {
    TraceText.of(trace).forEach(out::println);
    CaseTrace.Sums sums = trace.sums();
    out.println();
    out.println("                    FIFO              pro rata  (yuan)");
    line(out, "loss", sums.lossFifo(), sums.lossProRata());
    line(out, "still there", sums.thereFifo(), sums.thereProRata());
    line(out, "come to an end", sums.endedFifo(), sums.endedProRata());
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d accounts, %,d transfers, %,d of them at a limit of the trace",
            trace.isComplete() ? "complete" : "not complete",
            trace.statements().size(),
            FlowRows.of(trace).size(),
            FlowRows.of(trace).stream().filter(row -> row.end().isLimit()).count()));
  }

  private static void line(PrintStream out, String name, long fifo, long proRata) {
    out.println(
        String.format(
            Locale.ROOT, "%-16s %16s  %16s", name, TraceText.yuan(fifo), TraceText.yuan(proRata)));
  }

  static String json(CaseTrace trace) {
    return text(map(trace));
  }

  /** Any value as indented JSON. */
  static String text(Object value) {
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a trace always has a JSON form", e);
    }
  }

  /** What the JSON form holds. */
  static Map<String, Object> map(CaseTrace trace) {
    List<Map<String, Object>> transfers = new ArrayList<>();
    for (FlowRows.Row row : FlowRows.of(trace)) {
      Map<String, Object> transfer = new LinkedHashMap<>();
      transfer.put("level", row.level());
      transfer.put("id", row.edge().id());
      transfer.put("at", Instant.ofEpochMilli(row.edge().at()).toString());
      transfer.put("payer", row.edge().payer().token());
      transfer.put("payee", row.edge().payee().token());
      transfer.put("amountFen", row.edge().fen());
      share(transfer, row.share());
      transfer.put("end", row.end().name());
      transfer.put("task", row.end().task().name());
      transfers.add(transfer);
    }
    List<Map<String, Object>> accounts = new ArrayList<>();
    for (Statement statement : trace.statements()) {
      Map<String, Object> account = new LinkedHashMap<>();
      account.put("account", statement.account().token());
      account.put("bank", statement.account().bank());
      account.put("level", statement.level());
      account.put("balanceFen", statement.balanceFen());
      share(account, statement.remaining());
      account.put("ledgerOverflowed", statement.overflowed());
      account.put(
          "suspectedVictims",
          statement.suspects().stream().map(suspect -> suspect.edge().payer().token()).toList());
      accounts.add(account);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("complete", trace.isComplete());
    all.put("weight", trace.weight());
    all.put("sums", trace.sums());
    all.put("accounts", accounts);
    all.put("transfers", transfers);
    return all;
  }

  private static void share(Map<String, Object> of, Share share) {
    of.put("fifoFen", share.fifo());
    of.put("proRataFen", share.proRata());
    of.put("lowFen", share.low());
    of.put("highFen", share.high());
    of.put("ambiguous", share.ambiguous());
  }

  static String csv(CaseTrace trace) {
    StringBuilder csv =
        new StringBuilder(
            "level,at,payerAccount,payerBank,payeeAccount,payeeBank,amount,claimedLow,claimedHigh,serial,end,task\n");
    for (FlowRows.Row row : FlowRows.of(trace)) {
      Edge edge = row.edge();
      csv.append(
          String.join(
              ",",
              Integer.toString(row.level()),
              Instant.ofEpochMilli(edge.at()).toString(),
              edge.payer().token(),
              edge.payer().bank(),
              edge.payee().token(),
              edge.payee().bank(),
              plain(edge.fen()),
              plain(row.share().low()),
              plain(row.share().high()),
              edge.bankId().isEmpty() ? edge.id() : edge.bankId(),
              row.end().name(),
              row.end().task().name()));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String plain(long fen) {
    return TraceText.yuan(fen).replace(",", "");
  }

  static void write(Path file, String option, String text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BacktestException(option + " " + file + " cannot be written: " + e.getMessage());
    }
  }
}
