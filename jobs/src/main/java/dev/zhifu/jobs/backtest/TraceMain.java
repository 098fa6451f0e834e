package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.FlowRows;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.Statement;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TracePage;
import dev.zhifu.rules.money.trace.TraceText;
import dev.zhifu.rules.money.trace.WorkList;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
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

/**
 * Main of the trace on files: where did the money go that was paid to an account at a time? The
 * same adapters as the back-test's and the same trace as the job's.
 *
 * <pre>
 * java -cp jobs-…-job.jar:flink-lib/* dev.zhifu.jobs.backtest.TraceMain --bank FILE --account A --at T --amount X
 * </pre>
 *
 * Exit code 0 when the transfer was found and traced, 1 when it was not found, 2 when an argument
 * or a file is wrong.
 */
public final class TraceMain {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int REFUSED = 2;
  private static final String CLAIM = "claim";

  private TraceMain() {}

  /** Traces; see the class. */
  public static void main(String[] words) {
    System.exit(run(System.out, System.err, words));
  }

  /**
   * The same, for callers that live on.
   *
   * @return the exit code
   */
  static int run(PrintStream out, PrintStream err, String... words) {
    try {
      return trace(TraceArguments.parse(words), out, err);
    } catch (BacktestException e) {
      err.println(e.getMessage());
      err.println(TraceArguments.USAGE);
      return REFUSED;
    }
  }

  private static int trace(TraceArguments arguments, PrintStream out, PrintStream err) {
    WorkList.Ledgers ledgers = ledgers(arguments, err);
    Movement loss = find(arguments, ledgers);
    if (loss == null) {
      err.println(
          "No transfer of "
              + TraceText.yuan(arguments.fen())
              + " yuan to "
              + arguments.account()
              + " within 10 minutes of "
              + arguments.at()
              + " is in the files; check account, time (UTC) and amount");
      return FAILED;
    }
    TraceNode node = new TraceNode(arguments.settings(), Listed.NOTHING, 0);
    WorkList list = new WorkList(node, ledgers);
    Party payee = payee(arguments.account(), loss, ledgers);
    Edge edge =
        new Edge(
            loss.id(), loss.at(), loss.fen(), loss.other(), payee, Means.TRANSFER, loss.bankId());
    list.report(HopMessage.loss(CLAIM, "case", loss.at(), loss.fen(), edge, 1));
    list.run();
    CaseTrace trace = list.claims().get(CLAIM);
    if (!trace.faults().isEmpty()) {
      throw new IllegalStateException(String.join("\n", trace.faults()));
    }
    print(trace, out);
    write(arguments.html(), "--html", TracePage.of(trace));
    write(arguments.json(), "--json", json(trace));
    write(arguments.csv(), "--flow", csv(trace));
    return DONE;
  }

  private static WorkList.Ledgers ledgers(TraceArguments arguments, PrintStream err) {
    WorkList.Ledgers ledgers = new WorkList.Ledgers();
    TurnedAway turnedAway = new TurnedAway();
    MergedRows rows =
        BacktestFiles.of(arguments.bank(), List.of(), arguments.accounts()).read(turnedAway);
    long movements = 0;
    long full = 0;
    while (rows.hasNext()) {
      EnrichedEvent event = rows.next();
      for (LedgerFeed.Side side : LedgerFeed.sides((BankTransaction) event.getEvent())) {
        LedgerDay.Verdict verdict =
            side.movement() == null
                ? ledgers.reverse(
                    side.account(), side.undone(), event.getOccurredAt().toEpochMilli())
                : ledgers.add(side.account(), side.movement());
        movements++;
        full += verdict == LedgerDay.Verdict.FULL ? 1 : 0;
      }
    }
    err.println(
        String.format(
            Locale.ROOT,
            "%,d movements in the ledgers, %,d of full days left out, %,d records turned away",
            movements,
            full,
            turnedAway.count()));
    return ledgers;
  }

  /**
   * The account paid, as the payer's side names it; of cash paid in nothing but its token is known.
   */
  private static Party payee(String account, Movement loss, WorkList.Ledgers ledgers) {
    for (LedgerDay day : ledgers.apply(loss.other().token())) {
      for (Movement movement : day.movements()) {
        if (movement.id().equals(loss.id())) {
          return movement.other();
        }
      }
    }
    return new Party(account, "", AccountKind.UNKNOWN);
  }

  private static Movement find(TraceArguments arguments, WorkList.Ledgers ledgers) {
    Movement best = null;
    long at = arguments.at().toEpochMilli();
    for (LedgerDay day : ledgers.apply(arguments.account())) {
      for (Movement movement : day.movements()) {
        boolean fits =
            movement.credit()
                && movement.fen() == arguments.fen()
                && Math.abs(movement.at() - at) <= arguments.settings().matchToleranceMs()
                && (arguments.payer() == null
                    || arguments.payer().equals(movement.other().token()));
        if (fits && (best == null || Math.abs(movement.at() - at) < Math.abs(best.at() - at))) {
          best = movement;
        }
      }
    }
    return best;
  }

  private static void print(CaseTrace trace, PrintStream out) {
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

  private static String json(CaseTrace trace) {
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
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
          + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a trace always has a JSON form", e);
    }
  }

  private static void share(Map<String, Object> of, Share share) {
    of.put("fifoFen", share.fifo());
    of.put("proRataFen", share.proRata());
    of.put("lowFen", share.low());
    of.put("highFen", share.high());
    of.put("ambiguous", share.ambiguous());
  }

  private static String csv(CaseTrace trace) {
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

  private static void write(Path file, String option, String text) {
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
