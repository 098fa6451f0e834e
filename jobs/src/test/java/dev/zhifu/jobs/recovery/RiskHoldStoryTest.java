package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.schemas.audit.AuditVerifier;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** A risk hold in the recovery job: from detection's request to an upheld appeal, and forgotten. */
class RiskHoldStoryTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final String HOLD = "hold-1";
  private static final String APPEAL = "appeal-1";

  private static RecoveryInput hold(HoldAction action, int sequence) {
    return RecoveryInput.hold(
        RiskHold.newBuilder()
            .setHoldId(HOLD)
            .setSequence(sequence)
            .setAction(action)
            .setBank("B02")
            .setAccount(
                AccountRef.newBuilder()
                    .setAccountToken("mule")
                    .setBank("B02")
                    .setHolderToken("mule-holder")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .setAmountFen(4_000_000)
            .setReasonCode(
                action == HoldAction.PLACE ? ReasonCode.PASS_THROUGH : ReasonCode.APPEAL_UPHELD)
            .setOccurredAt(T0)
            .setEndsAt(T0.plus(DAY))
            .setNoticeId("notice-1")
            .build());
  }

  /** A hold that nobody lifts: its bank has applied it, or not answered, when its term ends. */
  static List<RecoveryInput> unlifted(String holdId, boolean answered) {
    List<RecoveryInput> inputs = new ArrayList<>();
    inputs.add(
        RecoveryInput.hold(
            RiskHold.newBuilder(hold(HoldAction.PLACE, 1).hold()).setHoldId(holdId).build()));
    if (answered) {
      inputs.add(
          RecoveryInput.outcome(
              RiskHoldOutcome.newBuilder(outcome(HoldResult.APPLIED).outcome())
                  .setHoldId(holdId)
                  .build()));
      // The bank's topic may be read first.
      Collections.swap(inputs, 0, 1);
    }
    return inputs;
  }

  private static RecoveryInput outcome(HoldResult result) {
    return RecoveryInput.outcome(
        RiskHoldOutcome.newBuilder()
            .setHoldId(HOLD)
            .setBank("B02")
            .setResult(result)
            .setHeldFen(4_000_000)
            .setAt(T0.plusSeconds(2))
            .build());
  }

  private static RecoveryInput appeal(String event, String role, String reason) {
    RecoveryAct act =
        RecoveryAct.newBuilder()
            .setActId(APPEAL + ":" + event)
            .setKind(LifeKind.APPEAL)
            .setCaseId(HOLD)
            .setObjectId(APPEAL)
            .setEvent(event)
            .setOfficerId(DemoKeys.FIRST_OFFICER)
            .setRole(role)
            .setAt(T0)
            .setReason(reason)
            .setDocuments(List.of())
            .setKeyId("")
            .setSignature(java.nio.ByteBuffer.allocate(0))
            .build();
    if (event.equals("SUBMITTED")) {
      try {
        act.setDetail(
            AppealDetail.newBuilder()
                .setRestrictionId(HOLD)
                .setRestriction(LifeKind.RISK_HOLD)
                .setAccountToken("mule")
                .setBank("B02")
                .setHolder("mule-holder")
                .setStatement("wages")
                .setHarm("rent")
                .setSubmittedAt(T0)
                .build()
                .toByteBuffer());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return RecoveryInput.act(Signatures.sign(act, DemoKeys.person(DemoKeys.FIRST_OFFICER)));
  }

  private static List<RecoveryInput> story() {
    return List.of(
        hold(HoldAction.PLACE, 1),
        outcome(HoldResult.APPLIED),
        appeal("SUBMITTED", "HOLDER", "HOLDER"),
        appeal("UPHELD", "DUTY_OFFICER", "MODEL_FP"),
        hold(HoldAction.LIFT, 2),
        outcome(HoldResult.RELEASED));
  }

  private static final class Left {
    private final List<LifeTransition> transitions = new ArrayList<>();
    private final List<RestrictionNotice> notices = new ArrayList<>();
    private final List<RecoveryAlarm> alarms = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();

    void takeFrom(Harness harness) {
      transitions.addAll(harness.extractOutputValues());
      take(harness, RecoveryFunction.NOTICES, notices);
      take(harness, RecoveryFunction.ALARMS, alarms);
      take(harness, RecoveryFunction.AUDIT, audit);
    }

    private static <T> void take(Harness harness, OutputTag<T> tag, List<T> into) {
      if (harness.getSideOutput(tag) != null) {
        harness.getSideOutput(tag).forEach(record -> into.add(record.getValue()));
      }
    }

    TreeSet<String> ids() {
      TreeSet<String> ids = new TreeSet<>();
      transitions.forEach(
          t -> ids.add(t.getObjectId() + ":" + t.getSequence() + " " + t.getState()));
      return ids;
    }
  }

  private static final class Harness
      extends KeyedBroadcastOperatorTestHarness<
          String, RecoveryInput, RecoveryControl, LifeTransition> {
    Harness(StateBackend backend) throws Exception {
      super(
          new CoBroadcastWithKeyedOperator<>(
              new RecoveryFunction(
                  RecoveryKeys.ofDemo(), new BankChannels(List.of("B01"), List.of())),
              List.of(RecoveryFunction.BROADCAST)),
          RecoveryInput::caseId,
          Types.STRING,
          128,
          1,
          0);
      setStateBackend(backend);
    }

    Harness ready() throws Exception {
      processWatermark(Watermark.MAX_WATERMARK);
      processBroadcastElement(RecoveryControl.readBack(Map.of()), 0);
      tick(T0);
      return this;
    }

    void tick(Instant at) throws Exception {
      processBroadcastElement(RecoveryControl.tick(at.toEpochMilli()), 0);
      processBroadcastWatermark(new Watermark(at.toEpochMilli()));
    }

    /** Keys with something in a state, over all states. */
    long entries() {
      var backend = ((AbstractStreamOperator<?>) operator).getKeyedStateBackend();
      return Stream.of(
              RecoveryFunction.LIVES,
              RecoveryFunction.PLANS,
              RecoveryFunction.CHAIN,
              RecoveryFunction.WAITING,
              RecoveryFunction.EARLY)
          .mapToLong(state -> backend.getKeys(state.getName(), VoidNamespace.INSTANCE).count())
          .sum();
    }

    void take(RecoveryInput input) throws Exception {
      processElement(new StreamRecord<>(input));
    }
  }

  private static Harness started(OperatorSubtaskState state) throws Exception {
    return started(new EmbeddedRocksDBStateBackend(), state);
  }

  private static Harness started(StateBackend backend, OperatorSubtaskState state)
      throws Exception {
    Harness harness = new Harness(backend);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness.ready();
  }

  private static Left straight() throws Exception {
    Left left = new Left();
    try (Harness harness = started(null)) {
      for (RecoveryInput input : story()) {
        harness.take(input);
      }
      left.takeFrom(harness);
    }
    return left;
  }

  @Test
  void anUpheldAppealMakesTheBankReleaseAHoldAndTheAuditHasWhatPersonsDecided() throws Exception {
    Left left = straight();

    assertThat(left.ids())
        .containsExactly(
            "appeal-1:1 SUBMITTED",
            "appeal-1:2 UPHELD",
            "hold-1:1 REQUESTED",
            "hold-1:2 APPLIED",
            "hold-1:3 LIFTING",
            "hold-1:4 RELEASED");
    assertThat(left.transitions).extracting(LifeTransition::getCaseId).containsOnly(HOLD);
    assertThat(left.notices).singleElement();
    assertThat(left.notices.get(0).getInForce()).isFalse();
    assertThat(left.alarms).extracting(RecoveryAlarm::getAlarm).containsExactly("LIFT_AT_ONCE");
    assertThat(left.audit)
        .extracting(AuditEntry::getObjectId, AuditEntry::getState)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(APPEAL, "SUBMITTED"),
            org.assertj.core.groups.Tuple.tuple(APPEAL, "UPHELD"),
            org.assertj.core.groups.Tuple.tuple(HOLD, "LIFTING"));
    AuditVerifier verifier = new AuditVerifier(root -> new SignatureCheck(true, ""));
    left.audit.forEach(verifier::entry);
    assertThat(verifier.findings()).isEmpty();
  }

  /** Restored at every point, with the inputs since the checkpoint played again. */
  @Test
  void noTransitionOfAHoldIsLostOrDoubledAcrossRestarts() throws Exception {
    TreeSet<String> expected = straight().ids();
    List<RecoveryInput> story = story();
    for (int cut = 0; cut <= story.size(); cut++) {
      Left left = new Left();
      OperatorSubtaskState snapshot;
      try (Harness first = started(null)) {
        for (RecoveryInput input : story.subList(0, cut)) {
          first.take(input);
        }
        snapshot = first.snapshot(1, 1);
        left.takeFrom(first);
      }
      try (Harness second = started(snapshot)) {
        for (RecoveryInput input : story.subList(Math.max(0, cut - 2), story.size())) {
          second.take(input);
        }
        left.takeFrom(second);
      }
      assertThat(left.ids()).as("cut at " + cut).isEqualTo(expected);
      assertThat(left.transitions).as("cut at " + cut).hasSize(expected.size());
    }
  }

  @Test
  void aHoldEndsByTheClockAndIsForgottenAnHourLater() throws Exception {
    Left left = new Left();
    OperatorSubtaskState snapshot;
    try (Harness first = started(new HashMapStateBackend(), null)) {
      first.take(hold(HoldAction.PLACE, 1));
      first.take(outcome(HoldResult.APPLIED));
      snapshot = first.snapshot(1, 1);
      left.takeFrom(first);
    }
    try (Harness second = started(new HashMapStateBackend(), snapshot)) {
      second.tick(T0.plus(DAY).minusMillis(1));
      assertThat(second.extractOutputValues()).isEmpty();
      second.tick(T0.plus(DAY));
      left.takeFrom(second);
      assertThat(left.ids()).contains("hold-1:3 EXPIRED");
      assertThat(left.audit).as("no person decided anything").isEmpty();
      assertThat(second.entries()).isPositive();

      second.tick(T0.plus(DAY).plus(Duration.ofHours(1)).minusMillis(1));
      assertThat(second.entries()).isPositive();
      second.tick(T0.plus(DAY).plus(Duration.ofHours(1)));
      assertThat(second.entries()).isZero();

      for (LifeTransition written : List.copyOf(left.transitions)) {
        second.take(RecoveryInput.record(written));
      }
      second.take(hold(HoldAction.PLACE, 1));
      second.tick(T0.plus(DAY.multipliedBy(3)));
      assertThat(second.entries()).as("read back late").isZero();
      assertThat(second.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void anAppealKeepsAHoldUntilItIsAnswered() throws Exception {
    try (Harness harness = started(new HashMapStateBackend(), null)) {
      harness.take(hold(HoldAction.PLACE, 1));
      harness.take(appeal("SUBMITTED", "HOLDER", "HOLDER"));
      harness.tick(T0.plus(DAY.multipliedBy(4)));
      assertThat(harness.entries()).isPositive();
      harness.take(appeal("UPHELD", "DUTY_OFFICER", "MODEL_FP"));
      harness.tick(T0.plus(DAY.multipliedBy(4)).plus(Duration.ofHours(1)));
      assertThat(harness.entries()).as("the head of its chain").isEqualTo(1);
      assertThat(harness.extractOutputValues())
          .extracting(LifeTransition::getState)
          .contains("EXPIRED")
          .endsWith("UPHELD");
    }
  }

  @Test
  void anAnswerReadBeforeItsHoldWaitsForItAndNotForEver() throws Exception {
    Left left = new Left();
    OperatorSubtaskState snapshot;
    try (Harness first = started(new HashMapStateBackend(), null)) {
      first.take(outcome(HoldResult.RELEASED));
      first.take(outcome(HoldResult.RELEASED));
      left.takeFrom(first);
      snapshot = first.snapshot(1, 1);
    }
    assertThat(left.transitions).isEmpty();
    assertThat(left.alarms).isEmpty();
    try (Harness heard = started(new HashMapStateBackend(), snapshot)) {
      heard.take(hold(HoldAction.PLACE, 1));
      left.takeFrom(heard);
      assertThat(left.ids()).containsExactly("hold-1:1 REQUESTED", "hold-1:2 RELEASED");
    }
    try (Harness unheard = started(new HashMapStateBackend(), snapshot)) {
      unheard.tick(T0.plus(Duration.ofHours(25)).plusSeconds(1));
      assertThat(unheard.entries()).isPositive();
      unheard.tick(T0.plus(Duration.ofHours(25)).plusSeconds(2));
      assertThat(unheard.entries()).isZero();
    }
  }
}
