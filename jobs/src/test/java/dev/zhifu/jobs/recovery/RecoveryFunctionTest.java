package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.schemas.audit.AuditVerifier;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopDetail;
import dev.zhifu.wire.SubjectKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class RecoveryFunctionTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final int GROUPS = 128;

  // ---- the story: one freeze from report to expiry, for each of several cases

  static List<RecoveryInput> story(String caseId) {
    List<RecoveryInput> inputs = new ArrayList<>();
    inputs.add(RecoveryInput.record(emergency(caseId)));
    inputs.add(RecoveryInput.record(stopped(caseId)));
    inputs.add(act(caseId, caseId, LifeKind.CASE, "FILED", "COUNTY_HEAD", null));
    String freeze = caseId + "-freeze";
    FreezeDetail detail = freeze();
    inputs.add(act(caseId, freeze, LifeKind.FREEZE, "PROPOSED", "CASE_OFFICER", detail));
    inputs.add(act(caseId, freeze, LifeKind.FREEZE, "SUBMITTED", "CASE_OFFICER", null));
    inputs.add(act(caseId, freeze, LifeKind.FREEZE, "REVIEWED", "LEGAL_REVIEWER", null));
    inputs.add(act(caseId, freeze, LifeKind.FREEZE, "APPROVED", "COUNTY_HEAD", detail));
    inputs.add(act(caseId, freeze, LifeKind.FREEZE, "SENT", "CASE_OFFICER", null));
    inputs.add(RecoveryInput.answer(froze(caseId, freeze)));
    inputs.add(
        act(caseId, freeze, LifeKind.FREEZE, "VERIFIED_ALL", "CASE_OFFICER", null, 4_000_000L));
    return inputs;
  }

  static LifeTransition emergency(String caseId) {
    return LifeTransition.newBuilder()
        .setObjectId(caseId)
        .setKind(LifeKind.CASE)
        .setCaseId(caseId)
        .setSequence(3)
        .setFromState("ACCEPTED")
        .setState("EMERGENCY")
        .setEvent("LOSS_ENTERED")
        .setRole("DUTY_OFFICER")
        .setCause("act-0")
        .setTickAt(T0)
        .setDetail(
            CaseDetail.newBuilder()
                .setSubjectKind(SubjectKind.HOLDER)
                .setSubject("victim")
                .setVictim("victim")
                .build())
        .build();
  }

  /** The stop of the account that is frozen; it has run out. */
  private static LifeTransition stopped(String caseId) {
    return LifeTransition.newBuilder()
        .setObjectId(caseId + "-stop")
        .setKind(LifeKind.STOP_ORDER)
        .setCaseId(caseId)
        .setSequence(6)
        .setFromState("ACTIVE")
        .setState("EXPIRED")
        .setEvent("STATE")
        .setRole("CLOCK")
        .setCause("tick")
        .setTickAt(T0)
        .setDetail(
            StopDetail.newBuilder()
                .setAccountToken("mule")
                .setBank("B01")
                .setTracedFen(4_000_000L)
                .build())
        .build();
  }

  static FreezeDetail freeze() {
    return FreezeDetail.newBuilder()
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setTarget(
            AccountRef.newBuilder()
                .setAccountToken("mule")
                .setCipher(ByteBuffer.wrap(new byte[] {1}))
                .setBank("B01")
                .setHolderToken("mule-holder")
                .setKind(AccountKind.PERSONAL)
                .build())
        .setAuthority("county")
        .setChannel(OrderChannel.PLATFORM)
        .setMode(FreezeMode.AMOUNT)
        .setAmountFen(4_000_000L)
        .setTracedFen(4_000_000L)
        .setTraceId("trace")
        .setTermMonths(6)
        .setScope("the amount")
        .setFruits(false)
        .build();
  }

  private static RecoveryInput act(
      String caseId, String object, LifeKind kind, String event, String role, FreezeDetail detail) {
    return act(caseId, object, kind, event, role, detail, null);
  }

  private static RecoveryInput act(
      String caseId,
      String object,
      LifeKind kind,
      String event,
      String role,
      FreezeDetail detail,
      Long fen) {
    String officer =
        role.endsWith("HEAD")
            ? DemoKeys.AUTHORISER
            : role.equals("LEGAL_REVIEWER") ? DemoKeys.LEGAL : DemoKeys.FIRST_OFFICER;
    RecoveryAct draft = new RecoveryAct();
    draft.setActId(object + ":" + event);
    draft.setKind(kind);
    draft.setCaseId(caseId);
    draft.setObjectId(object);
    draft.setEvent(event);
    draft.setOfficerId(officer);
    draft.setRole(role);
    draft.setAt(T0);
    draft.setReason("reason");
    draft.setDocuments(List.of());
    draft.setAmountFen(fen);
    draft.setDetail(encoded(detail));
    return RecoveryInput.act(Signatures.sign(draft, DemoKeys.person(officer)));
  }

  private static ByteBuffer encoded(FreezeDetail detail) {
    try {
      return detail == null ? null : detail.toByteBuffer();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ChannelAnswer froze(String caseId, String freeze) {
    return ChannelAnswer.newBuilder()
        .setAnswerId(freeze + ":answer")
        .setCode("100202")
        .setChannel(OrderChannel.PLATFORM)
        .setKind(LifeKind.FREEZE)
        .setObjectId(freeze)
        .setCaseId(caseId)
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setBank("B01")
        .setEvent("BANK_FROZE")
        .setAmountFen(4_000_000L)
        .setStartTime(T0)
        .setAt(T0)
        .build();
  }

  // ---- the harness

  /** What left, over all incarnations. */
  private static final class Left {
    private final List<LifeTransition> transitions = new ArrayList<>();
    private final List<ChannelRequest> requests = new ArrayList<>();
    private final List<RecoveryAlarm> alarms = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final List<FraudCase> states = new ArrayList<>();

    void takeFrom(Harness harness) {
      transitions.addAll(harness.extractOutputValues());
      take(harness, RecoveryFunction.REQUESTS, requests);
      take(harness, RecoveryFunction.ALARMS, alarms);
      take(harness, RecoveryFunction.AUDIT, audit);
      take(harness, RecoveryFunction.STATES, states);
    }

    private static <T> void take(Harness harness, OutputTag<T> tag, List<T> into) {
      var side = harness.getSideOutput(tag);
      if (side != null) {
        side.forEach(record -> into.add(record.getValue()));
      }
    }

    Set<String> ids() {
      Set<String> ids = new TreeSet<>();
      transitions.forEach(
          t -> ids.add(t.getObjectId() + ":" + t.getSequence() + " " + t.getState()));
      return ids;
    }
  }

  private static final class Harness
      extends KeyedBroadcastOperatorTestHarness<
          String, RecoveryInput, RecoveryControl, LifeTransition> {
    Harness(int parallelism, int index) throws Exception {
      super(
          new CoBroadcastWithKeyedOperator<>(
              new RecoveryFunction(
                  RecoveryKeys.ofDemo(), new BankChannels(List.of("B01"), List.of())),
              List.of(RecoveryFunction.BROADCAST)),
          RecoveryInput::caseId,
          Types.STRING,
          GROUPS,
          parallelism,
          index);
      setStateBackend(new EmbeddedRocksDBStateBackend());
    }

    Harness ready() throws Exception {
      processWatermark(Watermark.MAX_WATERMARK);
      processBroadcastElement(RecoveryControl.readBack(Map.of()), 0);
      return this;
    }

    void tick(Instant at) throws Exception {
      processBroadcastElement(RecoveryControl.tick(at.toEpochMilli()), 0);
      processBroadcastWatermark(new Watermark(at.toEpochMilli()));
    }

    /** Past every warning, then past the end. */
    void toTheEnd() throws Exception {
      tick(T0.plus(Duration.ofDays(182)));
      tick(T0.plus(Duration.ofDays(200)));
    }

    void take(RecoveryInput input) throws Exception {
      processElement(new StreamRecord<>(input));
    }
  }

  private static Harness started(OperatorSubtaskState state, int parallelism, int index)
      throws Exception {
    Harness harness = new Harness(parallelism, index);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static Left straight(String caseId) throws Exception {
    Left left = new Left();
    try (Harness harness = started(null, 1, 0).ready()) {
      harness.tick(T0);
      for (RecoveryInput input : story(caseId)) {
        harness.take(input);
      }
      harness.toTheEnd();
      left.takeFrom(harness);
    }
    return left;
  }

  @Test
  void aFreezeLivesFromTheFilingToItsEndByLaw() throws Exception {
    Left left = straight("case-1");

    assertThat(left.transitions)
        .extracting(LifeTransition::getState)
        .containsSubsequence("FILED", "DRAFT", "LEGAL_REVIEW", "APPROVED", "SENT", "ACTIVE")
        .endsWith("EXPIRED");
    assertThat(left.requests).extracting(ChannelRequest::getCode).containsExactly("100201");
    assertThat(left.alarms)
        .extracting(RecoveryAlarm::getAlarm)
        .containsExactly("END_NEAR", "END_NEAR", "END_NEAR", "END_NEAR");
    assertThat(left.transitions.get(left.transitions.size() - 1).getTickAt())
        .isEqualTo(T0.plus(Duration.ofDays(200)));
    assertThat(verify(left)).isEmpty();
  }

  @Test
  void theStateOfACaseIsSaidOnceForEachOfItsTransitions() throws Exception {
    Left left = straight("case-1");

    assertThat(left.states).hasSize(1);
    FraudCase filed = left.states.get(0);
    assertThat(filed.getChange()).isEqualTo(CaseChangeKind.STATE);
    assertThat(filed.getCaseId()).isEqualTo("case-1");
    assertThat(filed.getState()).isEqualTo(CaseState.FILED);
    assertThat(filed.getSequence())
        .as("the number in recovery.lives")
        .isEqualTo(left.transitions.get(0).getSequence())
        .isEqualTo(4);
    assertThat(filed.getSubject()).isEqualTo("victim");
  }

  @Test
  void aStateThatMayNotHaveLeftBeforeAFailureIsSaidAgain() throws Exception {
    OperatorSubtaskState before;
    try (Harness first = started(null, 1, 0).ready()) {
      first.tick(T0);
      first.take(story("case-1").get(0));
      before = first.snapshot(1, 1);
    }
    Left left = new Left();
    try (Harness again = started(before, 1, 0).ready()) {
      again.tick(T0);
      again.take(
          RecoveryInput.record(
              LifeTransition.newBuilder(emergency("case-1"))
                  .setSequence(4)
                  .setState("FILED")
                  .build()));
      left.takeFrom(again);
    }

    assertThat(left.states)
        .extracting(FraudCase::getSequence, FraudCase::getState)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, CaseState.FILED));
  }

  private static List<?> verify(Left left) {
    AuditVerifier verifier = new AuditVerifier(root -> new SignatureCheck(true, ""));
    left.audit.forEach(verifier::entry);
    assertThat(verifier.entries()).isPositive();
    return verifier.findings();
  }

  @Test
  void anOfficerWhoCallsHimselfHeadFilesNothing() throws Exception {
    Left left = new Left();
    RecoveryAct forged =
        RecoveryAct.newBuilder(story("case-1").get(2).act())
            .setOfficerId(DemoKeys.FIRST_OFFICER)
            .build();
    try (Harness harness = started(null, 1, 0).ready()) {
      harness.tick(T0);
      harness.take(story("case-1").get(0));
      harness.take(
          RecoveryInput.act(Signatures.sign(forged, DemoKeys.person(DemoKeys.FIRST_OFFICER))));
      left.takeFrom(harness);
    }

    assertThat(left.transitions).isEmpty();
    assertThat(left.alarms).singleElement();
    assertThat(left.alarms.get(0).getWords()).contains("ACT_VERIFIED");
  }

  @Test
  void aHeadOfTheCountyIsNoHeadOfTheCityAndTheCitysHeadMayActForTheCounty() throws Exception {
    assertThat(filedBy(DemoKeys.AUTHORISER, "CITY_HEAD")).isEmpty();
    assertThat(filedBy(DemoKeys.CITY_HEAD, "CITY_HEAD")).containsExactly("FILED");
    assertThat(filedBy(DemoKeys.CITY_HEAD, "COUNTY_HEAD")).containsExactly("FILED");
  }

  @Test
  void whatTheLegalOfficeSaysNeedsItsKeyAndItsKeySaysNothingElse() {
    Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
    for (String role : List.of("LEGAL_REVIEWER", "CASE_OFFICER", "COUNTY_HEAD", "CITY_HEAD")) {
      for (String person :
          List.of(
              DemoKeys.FIRST_OFFICER, DemoKeys.AUTHORISER, DemoKeys.CITY_HEAD, DemoKeys.LEGAL)) {
        RecoveryAct act =
            Signatures.sign(
                RecoveryAct.newBuilder(story("case-1").get(2).act())
                    .setOfficerId(person)
                    .setRole(role)
                    .build(),
                DemoKeys.person(person));
        if (person.equals(DemoKeys.LEGAL) || role.equals("LEGAL_REVIEWER")) {
          assertThat(signatures.verify(act, T0).holds())
              .as("%s as %s", person, role)
              .isEqualTo(person.equals(DemoKeys.LEGAL) && role.equals("LEGAL_REVIEWER"));
        }
      }
    }
  }

  private static List<String> filedBy(String officer, String role) throws Exception {
    RecoveryAct act =
        RecoveryAct.newBuilder(story("case-1").get(2).act())
            .setOfficerId(officer)
            .setRole(role)
            .build();
    try (Harness harness = started(null, 1, 0).ready()) {
      harness.tick(T0);
      harness.take(story("case-1").get(0));
      harness.take(RecoveryInput.act(Signatures.sign(act, DemoKeys.person(officer))));
      return harness.extractOutputValues().stream().map(LifeTransition::getState).toList();
    }
  }

  /** Restored at every point, with inputs since the checkpoint played again. */
  @Test
  void noTransitionOrClockIsLostOrDoubledAcrossRestarts() throws Exception {
    Set<String> expected = straight("case-1").ids();
    List<RecoveryInput> story = story("case-1");
    for (int cut = 0; cut <= story.size(); cut++) {
      Left left = new Left();
      OperatorSubtaskState snapshot;
      try (Harness first = started(null, 1, 0).ready()) {
        first.tick(T0);
        for (RecoveryInput input : story.subList(0, cut)) {
          first.take(input);
        }
        snapshot = first.snapshot(1, 1);
        left.takeFrom(first);
      }
      try (Harness second = started(snapshot, 1, 0).ready()) {
        second.tick(T0);
        for (RecoveryInput input : story.subList(Math.max(0, cut - 3), story.size())) {
          second.take(input);
        }
        second.toTheEnd();
        second.toTheEnd();
        left.takeFrom(second);
      }
      assertThat(left.ids()).as("cut at " + cut).isEqualTo(expected);
      assertThat(left.transitions).as("cut at " + cut).hasSize(expected.size());
      assertThat(verify(left)).as("audit, cut at " + cut).isEmpty();
    }
  }

  @Test
  void noCaseIsLostOrDoubledWhenTheJobIsRescaled() throws Exception {
    Set<String> expected = new LinkedHashSet<>();
    List<List<RecoveryInput>> stories = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      expected.addAll(straight("case-" + i).ids());
      stories.add(story("case-" + i));
    }
    Left left = new Left();
    OperatorSubtaskState snapshot;
    try (Harness one = started(null, 1, 0).ready()) {
      one.tick(T0);
      for (List<RecoveryInput> story : stories) {
        for (RecoveryInput input : story.subList(0, 5)) {
          one.take(input);
        }
      }
      snapshot = one.snapshot(1, 1);
      left.takeFrom(one);
    }
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, GROUPS, 1, 2, subtask);
      try (Harness harness = started(part, 2, subtask).ready()) {
        harness.tick(T0);
        for (List<RecoveryInput> story : stories) {
          if (subtaskOf(story.get(0).caseId(), 2) == subtask) {
            for (RecoveryInput input : story.subList(4, story.size())) {
              harness.take(input);
            }
          }
        }
        two.add(harness.snapshot(2, 2));
        left.takeFrom(harness);
      }
    }
    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(two.toArray(new OperatorSubtaskState[0]));
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(both, GROUPS, 2, 1, 0);
    try (Harness harness = started(whole, 1, 0).ready()) {
      harness.toTheEnd();
      left.takeFrom(harness);
    }

    assertThat(new TreeSet<>(left.ids())).isEqualTo(new TreeSet<>(expected));
    assertThat(left.transitions).hasSize(expected.size());
    assertThat(verify(left)).isEmpty();
  }

  private static int subtaskOf(String caseId, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(caseId, GROUPS, parallelism);
  }

  @Test
  void answersAndActsDoubledLateOrOutOfOrderChangeNothingTwice() throws Exception {
    Set<String> expected = straight("case-1").ids();
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Left left = new Left();
      try (Harness harness = started(null, 1, 0).ready()) {
        harness.tick(T0);
        List<RecoveryInput> sent = new ArrayList<>();
        for (RecoveryInput input : story("case-1")) {
          sent.add(input);
          harness.take(input);
          harness.take(sent.get(random.nextInt(sent.size())));
        }
        harness.toTheEnd();
        left.takeFrom(harness);
      }
      assertThat(left.ids()).as("seed " + seed).isEqualTo(expected);
      assertThat(left.transitions).as("seed " + seed).hasSize(expected.size());
      assertThat(left.requests).as("seed " + seed).hasSize(1);
    }
  }

  @Test
  void nothingHappensBeforeTheFirstTickAndBeforeTheRecordIsRead() throws Exception {
    List<RecoveryInput> story = story("case-1");
    Left left = new Left();
    try (Harness harness = started(null, 1, 0)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);
      harness.take(story.get(2));
      harness.tick(T0);
      harness.take(story.get(3));
      harness.processBroadcastElement(
          RecoveryControl.readBack(
              Map.of(KeyGroupRangeAssignment.assignToKeyGroup("case-1", GROUPS), 2L)),
          0);
      harness.tick(T0.plusSeconds(1));
      assertThat(harness.extractOutputValues()).as("one record is still on its way").isEmpty();
      harness.take(story.get(0));
      harness.take(story.get(1));
      harness.tick(T0.plusSeconds(2));
      left.takeFrom(harness);
    }

    assertThat(left.transitions)
        .extracting(LifeTransition::getState)
        .containsExactly("FILED", "DRAFT");
  }

  @Test
  void whatTheRecordSaysIsAdoptedAndGoesIntoTheAuditWithAnAlarm() throws Exception {
    List<RecoveryInput> story = story("case-1");
    Left first = new Left();
    OperatorSubtaskState snapshot;
    try (Harness harness = started(null, 1, 0).ready()) {
      harness.tick(T0);
      for (RecoveryInput input : story.subList(0, 7)) {
        harness.take(input);
      }
      snapshot = harness.snapshot(1, 1);
      harness.take(story.get(7));
      first.takeFrom(harness);
    }
    LifeTransition sent = first.transitions.get(first.transitions.size() - 1);
    Left second = new Left();
    try (Harness harness = started(snapshot, 1, 0).ready()) {
      harness.tick(T0);
      harness.take(RecoveryInput.record(sent));
      harness.take(story.get(7));
      harness.take(story.get(8));
      second.takeFrom(harness);
    }

    assertThat(sent.getState()).isEqualTo("SENT");
    assertThat(second.transitions).extracting(LifeTransition::getState).containsExactly("ACTIVE");
    assertThat(second.alarms).extracting(RecoveryAlarm::getAlarm).containsExactly("ADOPTED");
    assertThat(second.audit).extracting(AuditEntry::getState).containsExactly("SENT", "ACTIVE");
  }

  @Test
  void theEndOfABoundedRunIsNoTime() throws Exception {
    Left left = new Left();
    try (Harness harness = started(null, 1, 0).ready()) {
      harness.tick(T0);
      for (RecoveryInput input : story("case-1")) {
        harness.take(input);
      }
      harness.processBroadcastWatermark(Watermark.MAX_WATERMARK);
      left.takeFrom(harness);
    }

    assertThat(left.transitions).extracting(LifeTransition::getState).doesNotContain("EXPIRED");
    assertThat(LegalTerms.freezeEnd(T0, 6, null)).isAfter(T0);
  }
}
