package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MatchOperatorTest {
  private static final long T0 = 1_000_000;
  private static final String PLAIN = "T02 1 call-transfer";
  private static final String NEGATED = "T03 1 call-no-end-transfer";

  private KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness;

  @BeforeEach
  void open() throws Exception {
    harness = MatchFixture.open(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void liveKeysFillAPartOfTheHeapWhateverTheNumberOfSubtasks() {
    long gigabyte = 1L << 30;
    assertThat(MatchOperator.liveKeysFor(3 * gigabyte, 2)).isEqualTo(12_582);
    assertThat(MatchOperator.liveKeysFor(gigabyte / 4, 8)).isEqualTo(1_000);
    assertThat(MatchOperator.liveKeysFor(256 * gigabyte, 1)).isEqualTo(50_000);
  }

  @Test
  void aHitLeavesAtOnceAndBecomesFinalWithTheWatermark() throws Exception {
    start(PLAIN);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.AWAITING, T0 + 1000));
    List<MatchOutput> outputs = outputs();
    assertThat(outputs).hasSize(2);
    RuleHit hit = outputs.get(0).hit();
    assertThat(hit.getRuleId()).isEqualTo("T02");
    assertThat(hit.getRevision()).isEqualTo(1);
    assertThat(hit.getIsFinal()).isFalse();
    assertThat(hit.getMonotone()).isTrue();
    assertThat(hit.getEvidence())
        .extracting(e -> e.getEventId())
        .containsExactly("c1", "B01:x1:AWAITING");
    assertThat(hit.getTransaction().getTransactionId()).isEqualTo("x1");
    assertThat(outputs.get(1).part()).as("the part follows its hits").isNotNull();
    watermark(T0 + 1000);
    assertThat(outputs().get(2).hit().getIsFinal()).isTrue();
    assertThat(side(MatchOperator.FINAL_HITS)).hasSize(1);
  }

  @Test
  void everyAwaitingElementIsReportedEvenWithoutRules() throws Exception {
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.AWAITING, T0));
    assertThat(outputs()).hasSize(1);
    assertThat(outputs().get(0).part().eventId()).isEqualTo("B01:x1:AWAITING");
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aLateEventInsideTheTailRetractsAHit() throws Exception {
    start(NEGATED);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 2000));
    assertThat(hits()).hasSize(1);
    send(MatchFixture.call("h", "c2", TelecomKind.CALL_END, T0 + 1000));
    assertThat(hits()).hasSize(2);
    RuleHit retraction = hits().get(1);
    assertThat(retraction.getHolds()).isFalse();
    assertThat(retraction.getRevision()).isEqualTo(2);
    assertThat(retraction.getHitId()).isEqualTo(hits().get(0).getHitId());
    assertThat(retraction.getCauseEventId()).isEqualTo("c2");
    watermark(T0 + 10_000);
    assertThat(side(MatchOperator.FINAL_HITS)).isEmpty();
  }

  @Test
  void anAbsenceDecidedWhileASourceIsSilentNamesIt() throws Exception {
    start("T04 1 call-no-transfer");
    send(MatchFixture.call("told", "c1", TelecomKind.CALL_START, T0));
    watermark(T0 + MatchFixture.WINDOW_MS);
    assertThat(hits()).as("every source spoke").hasSize(1);
    assertThat(hits().get(0).getIdleSources()).isEmpty();

    silent("bank.transactions");
    long later = T0 + 2 * MatchFixture.WINDOW_MS;
    send(MatchFixture.call("untold", "c2", TelecomKind.CALL_START, later));
    watermark(later + MatchFixture.WINDOW_MS);
    assertThat(hits().get(1).getKey()).isEqualTo("untold");
    assertThat(hits().get(1).getIsFinal()).isTrue();
    assertThat(hits().get(1).getIdleSources()).containsExactly("bank.transactions");

    silent();
    long last = later + 2 * MatchFixture.WINDOW_MS;
    send(MatchFixture.call("again", "c3", TelecomKind.CALL_START, last));
    watermark(last + MatchFixture.WINDOW_MS);
    assertThat(hits().get(2).getIdleSources()).as("it speaks again").isEmpty();
  }

  @Test
  void anAbsenceBeforeAStepNamesASilentSourceTooAndWhatRestsOnNoneDoesNot() throws Exception {
    start(PLAIN, NEGATED);
    silent("telecom.events");
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 1000));
    watermark(T0 + 1000);

    assertThat(hits()).filteredOn(hit -> hit.getRuleId().equals("T03")).hasSize(2);
    assertThat(hits())
        .filteredOn(hit -> hit.getRuleId().equals("T03"))
        .allMatch(hit -> hit.getIdleSources().equals(List.of("telecom.events")));
    assertThat(hits())
        .filteredOn(hit -> hit.getRuleId().equals("T02"))
        .isNotEmpty()
        .allMatch(hit -> hit.getIdleSources().isEmpty());
  }

  @Test
  void whatWasAnnouncedInTimeNamesTheSourceThatFellSilentBeforeItBecameFinal() throws Exception {
    start(NEGATED);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 1000));
    assertThat(hits().get(0).getIdleSources()).isEmpty();
    silent("telecom.events");
    watermark(T0 + 1000);

    assertThat(side(MatchOperator.FINAL_HITS))
        .singleElement()
        .satisfies(hit -> assertThat(hit.getIdleSources()).containsExactly("telecom.events"));
  }

  @Test
  void anEventNotAfterTheWatermarkIsLateAndMakesNoHit() throws Exception {
    start(PLAIN);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    watermark(T0 + 5000);
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 5000));
    assertThat(hits()).isEmpty();
    assertThat(side(MatchOperator.LATE_EVENTS)).hasSize(1);
  }

  @Test
  void holdsEverythingBackUntilTheRulesAreRead() throws Exception {
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 1));
    watermark(T0 + 100);
    assertThat(harness.getOutput()).isEmpty();
    restore();
    publish(PLAIN, PublicationStatus.LIVE, 0);
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    assertThat(hits()).hasSize(1);
    watermark(T0 + 100);
    assertThat(side(MatchOperator.FINAL_HITS)).hasSize(1);
  }

  @Test
  void aRuleTakesEffectAtItsEventTimeWithoutARestart() throws Exception {
    start(PLAIN);
    publish(NEGATED, PublicationStatus.LIVE, T0 + 1000);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0 + 999));
    send(MatchFixture.call("g", "c2", TelecomKind.CALL_START, T0 + 1000));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 2000));
    send(MatchFixture.transfer("g", "x2", TransactionPhase.COMPLETED, T0 + 2000));
    assertThat(hits())
        .extracting(RuleHit::getRuleId)
        .containsExactlyInAnyOrder("T02", "T02", "T03");
  }

  @Test
  void anEndedVersionTakesItsMatchesWithItAndTheNextStartsWithNone() throws Exception {
    start(PLAIN);
    publish("T02 2 call-transfer", PublicationStatus.LIVE, T0 + 1000);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 1500));
    assertThat(hits()).isEmpty();
    publish("T02 2 call-transfer", PublicationStatus.WITHDRAWN, T0 + 9000);
    send(MatchFixture.call("h", "c2", TelecomKind.CALL_START, T0 + 2000));
    send(MatchFixture.transfer("h", "x2", TransactionPhase.COMPLETED, T0 + 3000));
    send(MatchFixture.transfer("h", "x3", TransactionPhase.COMPLETED, T0 + 9000));
    assertThat(hits()).hasSize(1);
    assertThat(hits().get(0).getRuleVersion()).isEqualTo(2);
    watermark(T0 + 10 * MatchFixture.WINDOW_MS);
    assertNothingIsLeft();
  }

  @Test
  void answersLateRefusedAndQuarantined() throws Exception {
    start(PLAIN);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    publish(NEGATED, PublicationStatus.LIVE, T0);
    assertThat(lastStatus().getStatus()).isEqualTo(RuleStatusKind.LATE);
    publish("T09 1 no-such-pattern", PublicationStatus.LIVE, T0 + 1000);
    assertThat(lastStatus().getStatus()).isEqualTo(RuleStatusKind.REFUSED);
    RulePublication forged =
        MatchFixture.publication("T10 1 call-transfer", PublicationStatus.LIVE, T0 + 1000);
    forged.setDocumentSha256("00");
    harness.processElement2(new StreamRecord<>(RuleInput.of(forged)));
    assertThat(lastStatus().getStatus()).isEqualTo(RuleStatusKind.REFUSED);
    assertThat(lastStatus().getReason()).contains("SHA-256");
    publish("T11 1 broken", PublicationStatus.LIVE, T0 + 1000);
    send(MatchFixture.call("h", "c2", TelecomKind.CALL_START, T0 + 1000));
    assertThat(lastStatus().getStatus()).isEqualTo(RuleStatusKind.QUARANTINED);
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 2000));
    assertThat(hits()).as("the other rules go on").hasSize(2);
  }

  @Test
  void anAnnulledPublicationWasNeverThere() throws Exception {
    start(PLAIN);
    publish("T02 2 call-transfer", PublicationStatus.LIVE, T0 + 1000);
    RuleStatus late = lastStatus();
    assertThat(late.getSubtasks()).isEqualTo(1);
    assertThat(late.getEffectiveFrom().toEpochMilli()).isEqualTo(T0 + 1000);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0 + 2000));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 3000));
    assertThat(hits()).extracting(RuleHit::getRuleVersion).containsExactly(2);
    harness.processElement2(new StreamRecord<>(RuleInput.annul(late)));
    send(MatchFixture.call("g", "c2", TelecomKind.CALL_START, T0 + 4000));
    send(MatchFixture.transfer("g", "x2", TransactionPhase.COMPLETED, T0 + 5000));
    assertThat(hits().get(1).getRuleVersion()).as("the version before goes on").isEqualTo(1);
    watermark(T0 + 10_000);
    RuleHit orphan =
        hits().stream()
            .filter(hit -> hit.getRuleVersion() == 2)
            .reduce((one, next) -> next)
            .orElseThrow();
    assertThat(orphan.getHolds()).isFalse();
    assertThat(orphan.getRetractedBecause()).contains("annulled");
    assertThat(side(MatchOperator.FINAL_HITS)).extracting(RuleHit::getRuleVersion).containsOnly(1);
    restore();
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    watermark(T0 + 10 * MatchFixture.WINDOW_MS);
    assertNothingIsLeft();
  }

  @Test
  void versionsThatEndedAreForgottenAndTheNewestStays() throws Exception {
    start(PLAIN);
    for (int version = 2; version <= 50; version++) {
      publish("T02 " + version + " call-transfer", PublicationStatus.LIVE, T0 + version * 1000L);
    }
    assertThat(publications()).isEqualTo(50);
    watermark(T0 + 50_000 + Places.REMEMBERED_MS);
    assertThat(publications()).isEqualTo(1);
    long later = T0 + 51_000 + Places.REMEMBERED_MS;
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, later));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, later + 1));
    assertThat(hits()).extracting(RuleHit::getRuleVersion).containsExactly(50);
    restore();
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    assertThat(publications()).isEqualTo(1);
  }

  private long publications() throws Exception {
    long count = 0;
    for (var entry :
        harness
            .getOperator()
            .getOperatorStateBackend()
            .getBroadcastState(MatchOperator.PUBLICATIONS)
            .entries()) {
      count++;
    }
    return count;
  }

  @Test
  void aShadowRuleBearsNoWeight() throws Exception {
    publish(PLAIN, PublicationStatus.SHADOW, 0);
    publish(PLAIN, PublicationStatus.LIVE, T0 + 2000);
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 1000));
    send(MatchFixture.call("g", "c2", TelecomKind.CALL_START, T0));
    send(MatchFixture.transfer("g", "x2", TransactionPhase.COMPLETED, T0 + 2000));
    assertThat(hits()).extracting(RuleHit::getWeight).containsExactly(0.0, 0.5);
    assertThat(hits()).extracting(RuleHit::getShadow).containsExactly(true, false);
  }

  @Test
  void aRestoredOperatorGoesOnWhereItStoodAndOutranksWhatItSaid() throws Exception {
    start(PLAIN, NEGATED);
    send(MatchFixture.call("h", "c1", TelecomKind.CALL_START, T0));
    watermark(T0 + 100);
    send(MatchFixture.transfer("h", "x1", TransactionPhase.COMPLETED, T0 + 2000));
    assertThat(hits()).hasSize(2);
    restore();
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    send(MatchFixture.call("h", "c0", TelecomKind.CALL_END, T0 + 100));
    assertThat(side(MatchOperator.LATE_EVENTS)).as("what was decided stays decided").hasSize(1);
    send(MatchFixture.call("h", "c2", TelecomKind.CALL_END, T0 + 1000));
    assertThat(hits()).hasSize(1);
    assertThat(hits().get(0).getHolds()).isFalse();
    assertThat(hits().get(0).getRevision()).isGreaterThan(1000);
    watermark(T0 + 2000);
    assertThat(side(MatchOperator.FINAL_HITS)).hasSize(1);
    watermark(T0 + 2 * MatchFixture.WINDOW_MS);
    assertNothingIsLeft();
  }

  @Test
  void nothingThatTravelsOrIsKeptIsSerializedByKryo() {
    for (Class<?> type :
        List.of(Routed.class, RuleInput.class, MatchOutput.class, RulePublication.class)) {
      assertNoGeneric(TypeInformation.of(type), type);
    }
  }

  private static void assertNoGeneric(TypeInformation<?> type, Class<?> within) {
    assertThat(type).as("%s within %s", type, within).isNotInstanceOf(GenericTypeInfo.class);
    if (type instanceof AvroTypeInfo) {
      return; // one Avro record, whatever its unions
    }
    type.getGenericParameters().values().forEach(part -> assertNoGeneric(part, within));
    if (type instanceof PojoTypeInfo<?> pojo) {
      for (int i = 0; i < pojo.getArity(); i++) {
        assertNoGeneric(pojo.getPojoFieldAt(i).getTypeInformation(), within);
      }
    }
  }

  private void start(String... documents) throws Exception {
    for (String document : documents) {
      publish(document, PublicationStatus.LIVE, 0);
    }
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
  }

  private void publish(String document, PublicationStatus status, long fromMs) throws Exception {
    harness.processElement2(
        new StreamRecord<>(RuleInput.of(MatchFixture.publication(document, status, fromMs))));
  }

  private void send(Routed routed) throws Exception {
    harness.processElement1(new StreamRecord<>(routed));
  }

  private void silent(String... sources) throws Exception {
    harness.processElement2(new StreamRecord<>(RuleInput.idle(List.of(sources))));
  }

  private void watermark(long timeMs) throws Exception {
    harness.processWatermark1(new Watermark(timeMs));
    harness.processWatermark2(new Watermark(timeMs));
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = MatchFixture.open(snapshot);
  }

  private void assertNothingIsLeft() throws Exception {
    MatchOperator operator = (MatchOperator) harness.getOperator();
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(operator.keysUnderWay()).isZero();
    for (String state : List.of("match.record.v1", "match.bases.v1", "match.held.v1")) {
      assertThat(operator.getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE))
          .as(state)
          .isEmpty();
    }
  }

  private List<MatchOutput> outputs() {
    List<MatchOutput> outputs = new ArrayList<>();
    for (Object output : harness.getOutput()) {
      if (output instanceof StreamRecord<?> record) {
        outputs.add((MatchOutput) record.getValue());
      }
    }
    return outputs;
  }

  private List<RuleHit> hits() {
    return outputs().stream().map(MatchOutput::hit).filter(hit -> hit != null).toList();
  }

  private RuleStatus lastStatus() {
    List<RuleStatus> all = side(MatchOperator.RULE_STATUS);
    return all.get(all.size() - 1);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }
}
