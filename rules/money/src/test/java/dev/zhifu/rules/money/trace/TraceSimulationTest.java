package dev.zhifu.rules.money.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.RandomCity.Report;
import dev.zhifu.rules.money.trace.RandomCity.Transfer;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random cases of several victims. 2,000 by default; {@code -Dmoney.cases=100000} runs more, {@code
 * -Dmoney.seed=N -Dmoney.cases=1} plays the case of one seed again.
 */
public class TraceSimulationTest {
  private static final int CASES = Integer.getInteger("money.cases", 2_000);
  private static final long SEED = Long.getLong("money.seed", 20_260_301L);
  private static final TraceSettings ALL = TraceSettings.everything();

  @Test
  void aWalkOverTheWholeCityFindsTheSameMoney() {
    long compared = compareWithTwin(CASES, SEED);
    System.out.printf(
        "attribution twin: %d cases from seed %d, %d amounts compared, 0 differences%n",
        CASES, SEED, compared);
    assertThat(compared).isPositive();
  }

  /** Two claims with equal remainders of a fen: the twin once took them for unequal. */
  @Test
  void equalRemaindersAreEqualInBoth() {
    assertThat(compareWithTwin(1, 110)).isPositive();
  }

  @Test
  void anyArrivalCopiesAndCrashesComeToTheSameEnd() {
    int crashes = arriveInAnyOrder(CASES, SEED);
    System.out.printf(
        "arrival in any order: %d cases from seed %d, %d crashes, 0 differences%n",
        CASES, SEED, crashes);
    assertThat(crashes).isPositive();
  }

  /**
   * Found by a longer run: in a circle of one instant a reported transfer that also carried another
   * claim's money fed itself, 1 fen to and fro for ever (ADR-0143).
   */
  @Test
  @Timeout(30)
  void aReportedTransferInACircleOfOneInstantComesToItsEnd() {
    assertThat(arriveInAnyOrder(1, 28_034)).isNotNegative();
  }

  /** Amounts compared. */
  public static long compareWithTwin(int cases, long from) {
    long compared = 0;
    for (int i = 0; i < cases; i++) {
      RandomCity city = new RandomCity(from + i, false);
      compared += compare(city, trace(city, ALL), from + i);
    }
    return compared;
  }

  /** Crashes survived. */
  public static int arriveInAnyOrder(int cases, long from) {
    int crashes = 0;
    for (int i = 0; i < cases; i++) {
      long seed = from + i;
      // By the seed alone, so that one seed can be played again by itself.
      boolean ties = Math.floorMod(seed, 2) == 0;
      TraceSettings settings = Math.floorMod(seed, 3) == 0 ? narrow() : ALL;
      RandomCity city = new RandomCity(seed, ties);
      WorkList list = trace(city, settings);
      Chaos chaos = new Chaos(city, seed * 31 + 7, settings);
      chaos.run();
      crashes += chaos.crashes;
      for (Report report : city.reports) {
        String claim = report.claim();
        assertThat(difference(facts(list.claims().get(claim)), facts(chaos.claims.get(claim))))
            .as("seed %d, claim %s", seed, claim)
            .isEmpty();
        assertThat(chaos.claims.get(claim).faults()).as("seed %d", seed).isEmpty();
        assertThat(chaos.claims.get(claim).isComplete()).as("seed %d", seed).isTrue();
      }
    }
    return crashes;
  }

  private static TraceSettings narrow() {
    return new TraceSettings(3, 2, 50, 0.01, 20_000_000, 600_000, 100_000_000, 1);
  }

  static WorkList trace(RandomCity city, TraceSettings settings) {
    WorkList.Ledgers ledgers = new WorkList.Ledgers();
    for (Transfer transfer : city.transfers) {
      Long undone = city.reversedAt.get(transfer.id());
      if (transfer.payer() != null) {
        ledgers.add(transfer.payer().token(), transfer.debit());
        if (undone != null) {
          ledgers.reverse(transfer.payer().token(), transfer.id(), undone);
        }
      }
      if (transfer.payee() != null) {
        ledgers.add(transfer.payee().token(), transfer.credit());
        if (undone != null) {
          ledgers.reverse(transfer.payee().token(), transfer.id(), undone);
        }
      }
    }
    WorkList list = new WorkList(new TraceNode(settings, Listed.NOTHING, 0), ledgers);
    city.reports.forEach(report -> report.messages().forEach(list::report));
    list.run();
    return list;
  }

  /** Everything a case says, without the numbers of messages. */
  static Map<String, String> facts(CaseTrace trace) {
    Map<String, String> facts = new TreeMap<>();
    for (Statement statement : trace.statements()) {
      String account = statement.account().token();
      boolean silent =
          statement.inflows().isEmpty()
              && statement.outflows().isEmpty()
              && statement.remaining().isNone();
      if (silent) {
        continue;
      }
      facts.put(account, statement.level() + " " + statement.remaining());
      for (In in : statement.inflows()) {
        facts.put(account + " in " + in.edge() + in.loss(), in.share() + " " + in.standing());
      }
      for (Out out : statement.outflows()) {
        facts.put(account + " out " + out.edge(), out.share() + " " + out.end());
      }
      facts.put(account + " suspects", statement.suspects().toString());
    }
    return facts;
  }

  private static List<String> difference(Map<String, String> one, Map<String, String> other) {
    List<String> difference = new ArrayList<>();
    one.forEach(
        (key, value) -> {
          if (!value.equals(other.get(key))) {
            difference.add(key + ": " + value + " | " + other.get(key));
          }
        });
    other.forEach(
        (key, value) -> {
          if (!one.containsKey(key)) {
            difference.add(key + ": nothing | " + value);
          }
        });
    return difference;
  }

  private static long compare(RandomCity city, WorkList list, long seed) {
    long compared = 0;
    for (boolean fifo : new boolean[] {true, false}) {
      CentralTwin twin = new CentralTwin(city, fifo);
      Map<String, Long> inTransfer = new TreeMap<>();
      Map<String, Long> onAccount = new TreeMap<>();
      ToLongFunction<Share> view = share -> fifo ? share.fifo() : share.proRata();
      list.claims()
          .forEach(
              (claim, trace) -> {
                List<Statement> statements = new ArrayList<>(trace.statements());
                for (Statement statement : statements) {
                  long there = view.applyAsLong(statement.remaining());
                  if (there > 0) {
                    onAccount.put(claim + "@" + statement.account().token(), there);
                  }
                  for (Out out : statement.outflows()) {
                    long gone = view.applyAsLong(out.share());
                    if (gone > 0) {
                      inTransfer.put(claim + "@" + out.edge().id(), gone);
                    }
                  }
                }
                assertThat(trace.faults()).as("seed %d", seed).isEmpty();
                assertThat(trace.isComplete()).as("seed %d", seed).isTrue();
              });
      assertThat(onAccount).as("seed %d, fifo %s", seed, fifo).isEqualTo(twin.onAccount);
      assertThat(inTransfer).as("seed %d, fifo %s", seed, fifo).isEqualTo(twin.inTransfer);
      compared += onAccount.size() + inTransfer.size();
    }
    return compared;
  }
}
