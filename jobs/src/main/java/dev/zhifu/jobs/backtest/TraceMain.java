package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.trace.ListedAccounts;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.LedgerFeed;
import dev.zhifu.rules.money.Means;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.trace.CaseTrace;
import dev.zhifu.rules.money.trace.Edge;
import dev.zhifu.rules.money.trace.HopMessage;
import dev.zhifu.rules.money.trace.Listed;
import dev.zhifu.rules.money.trace.TraceNode;
import dev.zhifu.rules.money.trace.TracePage;
import dev.zhifu.rules.money.trace.TraceText;
import dev.zhifu.rules.money.trace.WorkList;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

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
    TraceNode node = new TraceNode(arguments.settings(), listed(arguments), 0);
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
    TraceOutputs.print(trace, out);
    TraceOutputs.write(arguments.html(), "--html", TracePage.of(trace));
    TraceOutputs.write(arguments.json(), "--json", TraceOutputs.json(trace));
    TraceOutputs.write(arguments.csv(), "--flow", TraceOutputs.csv(trace));
    return DONE;
  }

  private static Listed listed(TraceArguments arguments) {
    if (arguments.lists() == null) {
      return Listed.NOTHING;
    }
    try {
      return ListedAccounts.of(arguments.lists());
    } catch (UncheckedIOException e) {
      throw new BacktestException("--lists: " + e.getMessage());
    }
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
}
