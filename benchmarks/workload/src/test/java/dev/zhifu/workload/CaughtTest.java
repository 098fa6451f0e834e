package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts that know the truth, that come late, and that are wrong: each counts as it should. */
class CaughtTest {
  private static final CitySettings SETTINGS =
      CitySettings.defaults().withResidents(1500).withEnrichment(10);
  private static final City CITY = lived();
  private static final List<TruthStory> STORIES = CITY.stories();

  private static City lived() {
    City city = new City(SETTINGS, new HashIdentity());
    city.advanceTo(city.end(), EventSink.NONE);
    return city;
  }

  private static List<TruthStory> victims() {
    return STORIES.stream()
        .filter(TruthStory::fraud)
        .filter(story -> story.victimHolderToken() != null && story.paidFen() > 0)
        .toList();
  }

  private static Caught score(List<Alert> alerts) {
    return Caught.of(STORIES, alerts, SETTINGS.enrichmentFactor());
  }

  @Test
  void whoWarnsEveryVictimAtOnceCatchesAllInTime() {
    List<Alert> alerts =
        victims().stream()
            .map(
                story ->
                    new Alert(
                        Alert.Subject.HOLDER, story.victimHolderToken(), story.startedAt() + 1))
            .toList();
    Caught caught = score(alerts);

    assertThat(caught.all().stories()).isEqualTo(victims().size());
    assertThat(caught.all().recall()).isEqualTo(1);
    assertThat(caught.all().recallInTime()).isEqualTo(1);
    assertThat(caught.all().lossCaughtFen()).isEqualTo(caught.all().lossFen()).isPositive();
    assertThat(caught.precision()).isEqualTo(1);
    assertThat(caught.falseByStory()).isEmpty();
  }

  @Test
  void anAlertOnAMuleAccountAfterTheLastPaymentIsCaughtAndTooLate() {
    TruthStory story =
        victims().stream()
            .filter(one -> one.accounts().stream().anyMatch(account -> account.level() > 0))
            .findFirst()
            .orElseThrow();
    String mule =
        story.accounts().stream()
            .filter(account -> account.level() > 0)
            .findFirst()
            .orElseThrow()
            .token();
    Caught caught = score(List.of(new Alert(Alert.Subject.ACCOUNT, mule, story.lastLossAt() + 1)));

    assertThat(caught.byKind().get(story.kind()).caught()).isPositive();
    assertThat(caught.trueAlerts()).isEqualTo(1);
    Caught early = score(List.of(new Alert(Alert.Subject.ACCOUNT, mule, story.startedAt())));
    assertThat(early.byKind().get(story.kind()).inTime())
        .isGreaterThan(caught.byKind().get(story.kind()).inTime());
  }

  @Test
  void aFalseAlertStandsUnderItsInnocentStoryAndWeighsMoreWhereFraudIsRare() {
    TruthStory innocent =
        STORIES.stream()
            .filter(story -> !story.fraud() && !story.accounts().isEmpty())
            .filter(story -> story.accounts().stream().allMatch(account -> account.level() == 0))
            .findFirst()
            .orElseThrow();
    TruthStory fraud = victims().get(0);
    List<Alert> alerts = new ArrayList<>();
    alerts.add(new Alert(Alert.Subject.ACCOUNT, innocent.accounts().get(0).token(), 0));
    alerts.add(new Alert(Alert.Subject.HOLDER, "nobody", 0));
    alerts.add(new Alert(Alert.Subject.HOLDER, fraud.victimHolderToken(), fraud.startedAt() + 1));
    Caught caught = score(alerts);

    assertThat(caught.falseByStory()).containsEntry("ORDINARY", 1).hasSize(2);
    assertThat(caught.precision()).isCloseTo(1 / 3.0, within(1e-9));
    double weighted = 1 / SETTINGS.enrichmentFactor();
    assertThat(caught.precisionAtPrevalence()).isCloseTo(weighted / (weighted + 2), within(1e-9));
  }

  @Test
  void noAlertCatchesNothing() {
    assertThat(score(List.of()).all().recall()).isZero();
    assertThat(score(List.of()).precisionAtPrevalence()).isZero();
  }

  @Test
  void wilsonsIntervalIsTheTextbooks() {
    assertThat(Caught.interval(8, 10)[0]).isCloseTo(0.4902, within(0.0005));
    assertThat(Caught.interval(8, 10)[1]).isCloseTo(0.9433, within(0.0005));
    assertThat(Caught.interval(0, 0)).containsExactly(0, 1);
  }
}
