package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.SubjectKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes an alert of what scoring says. */
class CaseBookTest {
  private final CaseBook book = new CaseBook(ScoreSettings.defaults());

  @Test
  void aCaseBelowItsTierIsRankedAndNoAlert() {
    book.changed(change("c1", 10, 0.25, "h1"));

    assertThat(book.atTier(hits("h1"))).isEmpty();
    assertThat(book.all(hits("h1")))
        .singleElement()
        .satisfies(alert -> assertThat(alert.account()).isEqualTo("mule"));
    assertThat(book.scoresByCase()).isEqualTo(Map.of("c1", 0.25));
  }

  @Test
  void anAlertBeginsWhenTheTierIsReachedAndStandsOnAllThatTheCaseThenHas() {
    book.changed(change("c1", 10, 0.25, "h1"));
    book.changed(change("c1", 20, 0.7, "h1", "h2"));
    book.changed(change("c1", 30, 0.7, "h1", "h2"));
    book.changed(change("c1", 40, 0.7, "h3", "h2"));

    List<Alert> alerts = book.atTier(hits("h1", "h2", "h3"));

    assertThat(alerts).extracting(Alert::atMs).containsExactly(20L, 40L);
    assertThat(alerts.get(0).eventIds()).containsExactlyInAnyOrder("e-h1", "e-h2");
    assertThat(alerts.get(1).eventIds()).containsExactly("e-h3");
    assertThat(alerts).extracting(Alert::hitId).containsOnly("c1");
    assertThat(book.count(0.6)).isEqualTo(1);
  }

  @Test
  void whatStoodOnAHitThatDidNotBecomeFinalIsNone() {
    book.changed(change("c1", 20, 0.7, "gone"));

    assertThat(book.atTier(hits("h1"))).isEmpty();
  }

  @Test
  void figuresCountCasesAndTheLinesOfRulesCountHits() {
    book.changed(change("c1", 20, 0.7, "h1", "h2"));
    List<Alert> hits = List.copyOf(hits("h1", "h2", "h3").values());

    BacktestScore.Report report =
        BacktestScore.of(hits, book, Set.of("M01"), new Truth(10, 5, Map.of(), Map.of()));

    assertThat(report.all().alerts()).isEqualTo(1);
    assertThat(report.all().alertsPer10kAccounts()).isEqualTo(2_000);
    assertThat(report.byRule().get("M01").alerts()).isEqualTo(3);
  }

  private static Map<String, Alert> hits(String... ids) {
    return Arrays.stream(ids)
        .collect(
            java.util.stream.Collectors.toMap(
                id -> id, id -> new Alert(id, "M01", "mule", null, List.of("e-" + id), 1)));
  }

  private static FraudCase change(String id, long atMs, double score, String... hits) {
    return FraudCase.newBuilder()
        .setCaseId(id)
        .setSequence(1)
        .setChange(CaseChangeKind.SCORE)
        .setSubjectKind(SubjectKind.ACCOUNT)
        .setSubject("mule")
        .setState(CaseState.ALERT)
        .setScore(score)
        .setFamilies(List.of(RuleFamily.M))
        .setShares(Arrays.stream(hits).map(CaseBookTest::share).toList())
        .setProposedActions(List.of(ActionCode.A3))
        .setOccurredAt(Instant.ofEpochMilli(atMs))
        .setOpenedAt(Instant.ofEpochMilli(atMs))
        .build();
  }

  private static ScoreShare share(String hit) {
    return ScoreShare.newBuilder()
        .setHitId(hit)
        .setRuleId("M01")
        .setRuleVersion(1)
        .setFamily(RuleFamily.M)
        .setWeight(0.5)
        .build();
  }
}
