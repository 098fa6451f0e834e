package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Figures against small cases counted by hand. The world: 100 transactions, 50 accounts. Case
 * ring:1 has transactions r1 (minute 0, a→b, 100 fen) and r2 (minute 60, b→c, 300 fen); case fan:1
 * has f1 (minute 0, d→e, 600 fen) and f2 (minute 10, g→e, 1000 fen); decoy case fan:9 has d1
 * (minute 5, h→i).
 */
class BacktestScoreTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 1_440 * MINUTE;
  private static final List<String> RULES = List.of("M01", "M03");

  @Test
  void aWorldCountedByHand() {
    List<Alert> alerts =
        List.of(
            alert(
                "1", "M01", "b", 30, "x1",
                "r1"), // right: transaction r1, account b, case ring:1 after 30 minutes
            alert("2", "M01", "i", 5, "d1"), // a decoy
            alert("3", "M03", "z", 99, "x2", "x3")); // wrong

    BacktestScore.Report report = BacktestScore.of(alerts, RULES, world(), Map.of());

    Figures all = report.all();
    assertThat(all.alerts()).isEqualTo(3);
    assertLevel(all.transactions(), 5, 1, 1, 4, 1);
    assertThat(all.transactions().precision()).isEqualTo(0.2);
    assertThat(all.transactions().precisionDecoysAside()).isEqualTo(0.25);
    assertThat(all.transactions().recall()).isEqualTo(0.25);
    assertThat(all.transactions().f1()).isCloseTo(2 * 0.2 * 0.25 / 0.45, within(1e-12));
    assertLevel(all.cases(), 3, 1, 1, 2, 1);
    assertThat(all.cases().precision()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(all.cases().precisionDecoysAside()).isEqualTo(0.5);
    assertThat(all.caseRecallInTime()).isEqualTo(0.5);
    assertLevel(all.accounts(), 3, 1, 1, 4, 1);
    assertThat(all.moneyRecall()).isEqualTo(100 / 2000.0);
    assertThat(all.alertsPer10kAccounts()).isEqualTo(600);
    assertThat(all.alertsPer10kTransactions()).isEqualTo(300);
    assertThat(all.medianMinutesToAlert()).isEqualTo(30);
    assertThat(report.decoyTransactions()).isEqualTo(1);
    assertThat(report.decoyCases()).isEqualTo(1);
    assertThat(report.decoyCasesAlerted()).isEqualTo(1);
  }

  @Test
  void eachRuleHasItsOwnLineAlsoWithoutHits() {
    BacktestScore.Report report =
        BacktestScore.of(List.of(alert("1", "M01", "b", 30, "r1")), RULES, world(), Map.of());

    assertThat(report.byRule().keySet()).containsExactly("M01", "M03");
    assertThat(report.byRule().get("M01").cases().found()).isEqualTo(1);
    Figures silent = report.byRule().get("M03");
    assertThat(silent.alerts()).isZero();
    assertThat(silent.transactions().precision()).isNull();
    assertThat(silent.transactions().recall()).isZero();
    assertThat(silent.transactions().f1()).isNull();
    assertThat(silent.medianMinutesToAlert()).isNull();
  }

  @Test
  void fromOneTypologyAnotherIsNeitherRightNorWrong() {
    List<Alert> alerts =
        List.of(
            alert("1", "M01", "b", 30, "r1"),
            alert("2", "M01", "e", 10, "f1", "f2"),
            alert("3", "M01", "z", 9, "x"));

    Map<String, Figures> byTypology =
        BacktestScore.of(alerts, RULES, world(), Map.of()).byTypology();

    assertThat(byTypology.keySet()).containsExactly("fan", "ring");
    assertLevel(byTypology.get("ring").transactions(), 2, 1, 0, 2, 1);
    assertLevel(byTypology.get("ring").cases(), 2, 1, 0, 1, 1);
    assertLevel(byTypology.get("fan").transactions(), 3, 2, 0, 2, 2);
    assertThat(byTypology.get("fan").moneyRecall()).isEqualTo(1);
    assertLevel(byTypology.get("fan").accounts(), 2, 1, 0, 1, 1);
  }

  @Test
  void anAlertOnAnAccountLeadsToItsCaseUntilADayAfterTheLastTransaction() {
    assertThat(found(alert("1", "M01", "c", 0, "x"))).isEqualTo(1);
    assertThat(found(atMs("c", -1))).isZero();
    assertThat(found(atMs("c", 60 * MINUTE + DAY))).isEqualTo(1);
    assertThat(found(atMs("c", 60 * MINUTE + DAY + 1))).isZero();
    assertThat(found(alert("1", "M01", null, 30, "x"))).isZero();
    assertThat(found(alert("1", "M01", null, 30, "r2"))).isEqualTo(1);
  }

  @Test
  void inTimeIsBeforeTheLastTransaction() {
    assertThat(inTime(atMs("b", 60 * MINUTE - 1))).isEqualTo(0.5);
    assertThat(inTime(atMs("b", 60 * MINUTE))).isZero();
  }

  @Test
  void theFirstAlertCountsAndTheMedianLiesBetweenTwo() {
    List<Alert> alerts =
        List.of(
            alert("1", "M01", "b", 40, "r2"),
            alert("2", "M01", "b", 20, "r1"),
            alert("3", "M01", "e", 10, "f2"));

    Figures all = BacktestScore.of(alerts, RULES, world(), Map.of()).all();

    assertThat(all.medianMinutesToAlert()).isEqualTo(15);
    assertThat(all.p95MinutesToAlert()).isEqualTo(20);
  }

  @Test
  void theNinetyFifthOfAHundredIsTheP95() {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    List<Alert> alerts = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      put(labelled, "t" + i, true, "ring", "ring:" + i, "p" + i, "q" + i, 0, 1);
      alerts.add(alert("h" + i, "M01", "q" + i, i, "t" + i));
    }

    Figures all =
        BacktestScore.of(alerts, RULES, new Truth(100, 200, labelled, Map.of()), Map.of()).all();

    assertThat(all.p95MinutesToAlert()).isEqualTo(95);
    assertThat(all.medianMinutesToAlert()).isEqualTo(50.5);
  }

  @Test
  void theIntervalIsWilsons() {
    // 0 of 2: [0, z²/(n+z²)] with z² = 3.841459; 2 of 2 is its mirror.
    Figures none = BacktestScore.of(List.of(), RULES, world(), Map.of()).all();
    assertThat(none.caseRecallLow()).isZero();
    assertThat(none.caseRecallHigh()).isCloseTo(3.841459 / 5.841459, within(1e-6));

    Figures both =
        BacktestScore.of(
                List.of(alert("1", "M01", "b", 1, "r1"), alert("2", "M01", "e", 1, "f1")),
                RULES,
                world(),
                Map.of())
            .all();
    assertThat(both.caseRecallLow()).isCloseTo(1 - 3.841459 / 5.841459, within(1e-6));
    assertThat(both.caseRecallHigh()).isEqualTo(1);
  }

  @Test
  void whatTheDataDoNotTellIsNullAndNeverZeroOrOne() {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    put(labelled, "r1", true, "chain", null, "a", "b", 0, 100);

    Figures all =
        BacktestScore.of(
                List.of(alert("1", "M01", "b", 1, "r1")),
                RULES,
                new Truth(1, 2, labelled, Map.of()),
                Map.of())
            .all();

    assertThat(all.transactions().precision()).isEqualTo(1);
    assertThat(all.cases().precision()).isNull();
    assertThat(all.cases().recall()).isNull();
    assertThat(all.caseRecallInTime()).isNull();
    assertThat(all.caseRecallLow()).isNull();
    assertThat(all.accounts().precision()).isNull();
    assertThat(all.accounts().alerted()).isEqualTo(1);
  }

  @Test
  void withoutTruthAndWithoutEventsThereIsNothingToDivideBy() {
    Figures all =
        BacktestScore.of(List.of(), RULES, new Truth(0, 0, Map.of(), Map.of()), Map.of()).all();

    assertThat(all.alertsPer10kAccounts()).isZero();
    assertThat(all.moneyRecall()).isNull();
    assertThat(all.transactions().recall()).isNull();
  }

  @Test
  void aBudgetLooksAtTheHighestCaseScoresFirstAndAtLeastAtOne() {
    List<Alert> alerts =
        List.of(
            alert("1", "M01", "z", 1, "x1"),
            alert("2", "M01", "b", 30, "r1"),
            alert("3", "M01", "e", 40, "f1"));

    Figures all =
        BacktestScore.of(alerts, RULES, world(), Map.of("z", 0.3, "b", 0.9, "e", 0.3)).all();

    Budget ten = all.budgets().get(0);
    assertThat(ten.perTenThousand()).isEqualTo(10);
    assertThat(ten.allowed()).isEqualTo(1);
    assertThat(ten.cases().precision()).isEqualTo(1);
    assertThat(ten.cases().recall()).isEqualTo(0.5);
    assertThat(ten.accounts().recall()).isEqualTo(0.25);
    List<Budget> curve =
        BacktestScore.of(alerts, RULES, world(), Map.of("b", 0.9, "e", 0.5)).budgetCurve();
    Budget two = curve.stream().filter(one -> one.allowed() == 2).findFirst().orElseThrow();
    assertThat(two.cases().precision()).isEqualTo(1);
    assertThat(two.cases().recall()).isEqualTo(1);
  }

  @Test
  void amongEqualScoresTheEarlierAlertIsLookedAtFirst() {
    List<Alert> alerts =
        List.of(alert("1", "M01", "z", 50, "x1"), alert("2", "M01", "b", 30, "r1"));

    Figures all = BacktestScore.of(alerts, RULES, world(), Map.of()).all();

    assertThat(all.budgets().get(0).cases().right()).isEqualTo(1);
  }

  @Test
  void falseAlarmsOnDecoysStandApartForEachTypology() {
    Map<String, Figures> byTypology =
        BacktestScore.of(List.of(alert("2", "M01", "i", 5, "d1")), RULES, world(), Map.of())
            .byTypology();

    assertThat(byTypology.get("fan").decoys()).isEqualTo(new Decoys(1, 1, 1.0, 1, 1, 1.0));
    assertThat(byTypology.get("ring").decoys()).isEqualTo(new Decoys(0, 0, null, 0, 0, null));
  }

  @Test
  void theSameSeedGivesTheSameIntervalsAndTheyHoldTheFigure() {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      put(labelled, "t" + i, true, "ring", "ring:" + i, "p" + i, "q" + i, 0, 1);
      if (i % 2 == 0) {
        alerts.add(alert("h" + i, "M01", "q" + i, i, "t" + i));
        alerts.add(alert("f" + i, "M01", "z" + i, i, "y" + i));
      }
    }
    Truth truth = new Truth(100, 200, labelled, Map.of());

    Intervals first = BacktestScore.of(alerts, RULES, truth, Map.of()).all().intervals();

    assertThat(BacktestScore.of(alerts, RULES, truth, Map.of()).all().intervals()).isEqualTo(first);
    assertThat(first.caseRecall().low()).isBetween(0.3, 0.42);
    assertThat(first.caseRecall().high()).isBetween(0.58, 0.7);
    assertThat(first.casePrecision().low()).isLessThan(0.5);
    assertThat(first.casePrecision().high()).isBetween(0.5, 0.6);
    assertThat(first.accountRecall()).isNull();
  }

  @Test
  void withoutTwoCasesThereIsNoInterval() {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    put(labelled, "r1", true, "ring", "ring:1", "a", "b", 0, 100);

    assertThat(
            BacktestScore.of(List.of(), RULES, new Truth(1, 2, labelled, Map.of()), Map.of())
                .all()
                .intervals())
        .isNull();
  }

  @Test
  void aDayWithoutAlertsIsADayToo() {
    List<Alert> alerts =
        List.of(
            alert("1", "M01", "b", 0, "x"),
            alert("2", "M01", "b", 1, "y"),
            alert("3", "M01", "c", 2 * 1_440, "z"));

    assertThat(BacktestScore.of(alerts, RULES, world(), Map.of()).days())
        .containsExactly(
            new DayCount("1970-01-01", 2, 1),
            new DayCount("1970-01-02", 0, 0),
            new DayCount("1970-01-03", 1, 1));
  }

  private static long found(Alert alert) {
    return BacktestScore.of(List.of(alert), RULES, world(), Map.of()).all().cases().found();
  }

  private static double inTime(Alert alert) {
    return BacktestScore.of(List.of(alert), RULES, world(), Map.of()).all().caseRecallInTime();
  }

  private static void assertLevel(
      Level level, long alerted, long right, long decoys, long illicit, long found) {
    assertThat(
            List.of(level.alerted(), level.right(), level.decoys(), level.illicit(), level.found()))
        .containsExactly(alerted, right, decoys, illicit, found);
  }

  private static Alert alert(
      String id, String rule, String account, long minute, String... events) {
    return new Alert(id, rule, account, null, List.of(events), minute * MINUTE);
  }

  private static Alert atMs(String account, long ms) {
    return new Alert("h", "M01", account, null, List.of("x"), ms);
  }

  private static Truth world() {
    Map<String, Truth.Labelled> labelled = new HashMap<>();
    put(labelled, "r1", true, "ring", "ring:1", "a", "b", 0, 100);
    put(labelled, "r2", true, "ring", "ring:1", "b", "c", 60, 300);
    put(labelled, "f1", true, "fan", "fan:1", "d", "e", 0, 600);
    put(labelled, "f2", true, "fan", "fan:1", "g", "e", 10, 1000);
    put(labelled, "d1", false, "fan", "fan:9", "h", "i", 5, 5000);
    Map<String, Labels.Account> accounts =
        Map.of(
            "a", new Labels.Account(true, Set.of("ring")),
            "b", new Labels.Account(true, Set.of("ring")),
            "c", new Labels.Account(true, Set.of("ring")),
            "e", new Labels.Account(true, Set.of("fan")),
            "i", new Labels.Account(false, Set.of("fan")));
    return new Truth(100, 50, labelled, accounts);
  }

  private static void put(
      Map<String, Truth.Labelled> labelled,
      String id,
      boolean illicit,
      String typology,
      String caseId,
      String payer,
      String payee,
      long minute,
      long fen) {
    labelled.put(
        id,
        new Truth.Labelled(
            id,
            new Labels.Transaction(illicit, typology, caseId),
            payer,
            payee,
            fen,
            minute * MINUTE));
  }
}
