package dev.zhifu.jobs.gate;

import static dev.zhifu.wire.PublicationStatus.DRAFT;
import static dev.zhifu.wire.PublicationStatus.LIVE;
import static dev.zhifu.wire.PublicationStatus.SHADOW;
import static dev.zhifu.wire.PublicationStatus.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateBookTest {
  private static final long NOW = 1_780_000_000_000L;
  private static final long SOON = NOW + 1_000;

  private final GateBook book = new GateBook(List.of());
  private int offset;

  @BeforeEach
  void theClockRuns() {
    book.tick(NOW);
    book.ready();
  }

  @Test
  void aRuleLivesFromDraftThroughShadowToLiveAndEnds() {
    assertThat(judge(1, DRAFT, SOON)).isNull();
    assertThat(judge(1, SHADOW, SOON).passes()).isTrue();
    assertThat(judge(1, LIVE, SOON + 1).passes()).isTrue();
    assertThat(judge(2, LIVE, SOON + 2).passes()).isTrue();
    assertThat(judge(2, WITHDRAWN, SOON + 3).passes()).isTrue();
    assertThat(book.kept()).as("one line, whatever happened").hasSize(1);
  }

  @Test
  void aVersionThatIsNotHigherIsRefusedAndSaysWhichWouldBe() {
    judge(3, LIVE, SOON);
    assertThat(judge(2, LIVE, SOON + 1).reason()).contains("not higher", "version 4");
    assertThat(
            book.judge(Drafts.of(3, LIVE, SOON + 1, Drafts.text(3) + "# changed\n"), "p").reason())
        .contains("not higher", "version 4");
    judge(3, WITHDRAWN, SOON + 2);
    assertThat(judge(3, LIVE, SOON + 3).reason()).contains("ended", "version 4");
  }

  @Test
  void aCopyOfWhatIsInForceChangesNothing() {
    judge(1, LIVE, SOON);
    Verdict copy = judge(1, LIVE, SOON + 60_000);
    assertThat(copy.kind()).isEqualTo(RuleStatusKind.ACCEPTED);
    assertThat(copy.passes()).isFalse();
    assertThat(copy.reason()).contains("known already");
  }

  @Test
  void aFaultyDocumentIsRefusedWithEveryFaultAndItsLine() {
    String faulty =
        Drafts.text(1).replace("strength: instant", "strength: huge").replace("within:", "withn:");
    Verdict verdict = book.judge(Drafts.of(1, LIVE, SOON, faulty), "p");
    assertThat(verdict.kind()).isEqualTo(RuleStatusKind.REFUSED);
    assertThat(verdict.faults()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(verdict.faults())
        .allSatisfy(one -> assertThat(one).matches("T02/rule.yaml:\\d+:.*"));
    assertThat(book.kept()).as("nothing disturbed").isEmpty();
  }

  @Test
  void anUnknownFieldAndARuleTooCostlyAreRefused() {
    String text = Drafts.text(1);
    String unknown = text.replace("event.firstContact", "event.noSuchField");
    assertThat(String.join("\n", book.judge(Drafts.of(1, LIVE, SOON, unknown), "p").faults()))
        .contains("noSuchField");
    String costly =
        text.replace("then: notFollowedBy", "then: followedByAny")
            .replace(
                "    then: followedByAny\n    on: transfer.out\n",
                """
                    then: followedByAny
                    times: {min: 1, max: 20}
                    combinations: true
                    on: transfer.out
                """);
    assertThat(costly).isNotEqualTo(text);
    assertThat(String.join("\n", book.judge(Drafts.of(1, LIVE, SOON, costly), "p").faults()))
        .contains("partial matches", "100");
  }

  @Test
  void anotherRuleThanThePublicationNamesIsRefused() {
    assertThat(book.judge(Drafts.of(2, LIVE, SOON, Drafts.text(1)), "p").reason())
        .contains("must be the same");
  }

  @Test
  void aTimeTooNearIsRefusedOnlyWhileTheClockIsKnownToRun() {
    assertThat(judge(1, LIVE, NOW + GateBook.LEAD_MS - 1).reason())
        .contains("499 ms ahead", "at least 500 ms");
    assertThat(judge(1, LIVE, NOW + GateBook.LEAD_MS).passes()).isTrue();
    GateBook starting = new GateBook(List.of());
    starting.tick(NOW);
    assertThat(starting.judge(Drafts.of(1, LIVE, NOW - 60_000), "p").passes())
        .as("what was accepted before the start was in time then")
        .isTrue();
  }

  @Test
  void onlyTheNewestVersionInForceCanBeWithdrawn() {
    assertThat(judge(1, WITHDRAWN, SOON).passes())
        .as("a rule that an older job took, before there was a gate")
        .isTrue();
    assertThat(judge(1, WITHDRAWN, SOON + 1).reason()).contains("nothing to withdraw");
    judge(2, LIVE, SOON + 2);
    assertThat(judge(1, WITHDRAWN, SOON + 3).reason()).contains("version 2 is the newest");
    judge(3, LIVE, SOON + 4);
    assertThat(judge(3, WITHDRAWN, SOON + 5).passes()).isTrue();
  }

  @Test
  void theFirstLateSubtaskAnnulsAndTheOlderVersionGoesOn() {
    judge(1, LIVE, SOON);
    judge(2, LIVE, SOON + 1_000);
    RuleStatus late = late(2, LIVE, SOON + 1_000, "p2");
    assertThat(book.answered(late)).isTrue();
    assertThat(book.answered(late)).as("the second late subtask").isFalse();
    assertThat(judge(2, LIVE, SOON + 9_000).reason()).contains("version 3");
    assertThat(judge(1, WITHDRAWN, SOON + 9_000).passes()).as("version 1 is in force").isTrue();
  }

  @Test
  void aLateWithdrawalStands() {
    judge(1, LIVE, SOON);
    judge(1, WITHDRAWN, SOON + 1);
    assertThat(book.answered(late(1, WITHDRAWN, SOON + 1, "p2"))).isFalse();
  }

  @Test
  void aFreshStartDecidesAsTheRecordSaysInWhateverOrderItIsRead() {
    for (boolean answerFirst : List.of(true, false)) {
      GateBook fresh = new GateBook(List.of());
      RuleStatus refused = late(1, LIVE, SOON, "p1");
      refused.setStatus(RuleStatusKind.REFUSED);
      fresh.answered(refused);
      assertThat(fresh.judge(Drafts.of(1, LIVE, SOON), "p1")).as("refused once").isNull();
      assertThat(fresh.judge(Drafts.of(1, LIVE, SOON + 5), "p2").passes()).isTrue();
      RuleStatus late = late(2, LIVE, SOON + 10, "p3");
      boolean annuls = false;
      if (answerFirst) {
        annuls = fresh.answered(late);
        assertThat(fresh.judge(Drafts.of(2, LIVE, SOON + 10), "p3")).isNull();
      } else {
        assertThat(fresh.judge(Drafts.of(2, LIVE, SOON + 10), "p3").passes()).isTrue();
        annuls = fresh.answered(late);
      }
      assertThat(annuls).as("only what was let pass is annulled").isEqualTo(!answerFirst);
      assertThat(fresh.kept().get(0).version()).isEqualTo(1);
    }
  }

  private Verdict judge(int version, PublicationStatus status, long fromMs) {
    return book.judge(Drafts.of(version, status, fromMs), "rules.publications:0:" + offset++);
  }

  private static RuleStatus late(
      int version, PublicationStatus status, long fromMs, String position) {
    return RuleStatus.newBuilder()
        .setRuleId("T02")
        .setVersion(version)
        .setStatus(RuleStatusKind.LATE)
        .setSubtask(1)
        .setWatermark(Instant.EPOCH)
        .setReason("late")
        .setEffectiveFrom(Instant.ofEpochMilli(fromMs))
        .setPublicationStatus(status)
        .setPosition(position)
        .setFaults(List.of())
        .setSubtasks(2)
        .build();
  }
}
