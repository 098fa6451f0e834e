package dev.zhifu.desk.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.warnings.Step.Kind;
import dev.zhifu.desk.warnings.WarningTask.State;
import dev.zhifu.rules.lives.directory.Contact;
import dev.zhifu.rules.lives.directory.Contact.Level;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningTaskTest {
  private static final Instant T0 = Instant.parse("2026-03-02T18:10:00Z");
  private static final Map<String, Contact> CONTACTS =
      Map.of(
          "city", new Contact("city", Level.CITY, "", "市", "1", null),
          "station-1", new Contact("station-1", Level.TOWNSHIP, "city", "所", "2", null),
          "grid-1", new Contact("grid-1", Level.GRID, "station-1", "格", "3", null));

  private final List<Step> steps = new ArrayList<>();

  private WarningTask after(Kind kind, String contact) {
    steps.add(new Step(T0.plusSeconds(steps.size()), "officer-1", kind, contact, ""));
    return task(true);
  }

  private WarningTask task(boolean holds) {
    return WarningTask.of(
        VictimWarning.newBuilder()
            .setWarningId("w")
            .setSequence(1)
            .setCaseId("c")
            .setHolderToken("h")
            .setTier(WarningTier.HIGH)
            .setAction(ActionCode.A2)
            .setTypology("V03")
            .setOccurredAt(T0)
            .setHolds(holds)
            .build(),
        steps,
        CONTACTS);
  }

  @Test
  void twoTriesWithoutSuccessGoUpALevelAndTwoMoreUpAgain() {
    assertThat(task(true).state()).isEqualTo(State.OPEN);
    assertThat(after(Kind.SENT, "grid-1").level()).isEqualTo(Level.GRID);
    WarningTask once = after(Kind.LINE_BUSY, null);
    assertThat(once.tries()).isEqualTo(1);
    assertThat(once.escalated()).isFalse();
    WarningTask twice = after(Kind.NOT_FOUND, null);
    assertThat(twice.escalated()).isTrue();
    assertThat(twice.contact().id()).isEqualTo("station-1");
    assertThat(twice.state()).isEqualTo(State.SENT);
    after(Kind.NOT_LISTENING, null);
    assertThat(after(Kind.NOT_LISTENING, null).contact().id()).isEqualTo("city");
    after(Kind.NOT_LISTENING, null);
    assertThat(after(Kind.NOT_LISTENING, null).contact().id())
        .as("nobody stands above the city")
        .isEqualTo("city");
  }

  @Test
  void aVictimReachedIsSeenAgainOnDayOneAndSevenAndThenItEnds() {
    after(Kind.SENT, "grid-1");
    WarningTask reached = after(Kind.REACHED, null);
    assertThat(reached.state()).isEqualTo(State.FOLLOW_UP);
    assertThat(reached.followUpAt()).isEqualTo(T0.plusSeconds(1).plus(Duration.ofDays(1)));
    assertThat(reached.due(reached.followUpAt().minusMillis(1))).isFalse();
    assertThat(reached.due(reached.followUpAt())).isTrue();
    WarningTask first = after(Kind.FOLLOWED_UP, null);
    assertThat(first.followUpAt()).isEqualTo(T0.plusSeconds(1).plus(Duration.ofDays(7)));
    assertThat(after(Kind.FOLLOWED_UP, null).live()).isFalse();
  }

  @Test
  void whatTheEngineWithdrawsBeforeAnybodyGoesNeedsNobodyAndAfterThatStaysATask() {
    assertThat(task(false).state()).isEqualTo(State.WITHDRAWN);
    after(Kind.SENT, "grid-1");
    assertThat(task(false).state()).isEqualTo(State.SENT);
  }

  @Test
  void everyTypologyHasAScriptInTwoLanguagesAndNoneIsMadeUpInTheThird() {
    WarningScripts scripts = new WarningScripts();
    assertThat(scripts.typologies("zh")).hasSizeGreaterThan(10);
    assertThat(scripts.typologies("en")).isEqualTo(scripts.typologies("zh"));
    assertThat(scripts.of("zh", "V99")).isPresent();
    assertThat(scripts.of("mn", "V03")).isEmpty();
  }
}
