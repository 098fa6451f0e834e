package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.schemas.audit.AuditVerifier;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.SubjectKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AuditRootFunctionTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:30Z");

  private final Map<String, ChainHead> heads = new HashMap<>();
  private final List<AuditEntry> entries = new ArrayList<>();
  private final List<AuditRoot> roots = new ArrayList<>();

  private AuditEntry next(String chain) {
    ChainHead head = heads.get(chain);
    AuditEntry entry =
        AuditChain.next(
            head,
            LifeTransition.newBuilder()
                .setObjectId(chain)
                .setKind(LifeKind.CASE)
                .setCaseId(chain)
                .setSequence(head == null ? 1 : head.getSequence() + 1)
                .setState("ALERT")
                .setEvent("SCORE_REACHED")
                .setRole("ENGINE")
                .setCause("cause")
                .setTickAt(T0)
                .setDetail(
                    CaseDetail.newBuilder()
                        .setSubjectKind(SubjectKind.HOLDER)
                        .setSubject("holder")
                        .build())
                .build());
    heads.put(chain, AuditChain.headOf(entry));
    entries.add(entry);
    return entry;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, AuditEntry, Long, AuditRoot>
      started(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new AuditRootFunction(RecoveryKeys.ofDemo())),
            entry -> AuditRootFunction.KEY,
            tick -> AuditRootFunction.KEY,
            Types.STRING);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void tick(
      KeyedTwoInputStreamOperatorTestHarness<String, AuditEntry, Long, AuditRoot> harness,
      long secondsAfter)
      throws Exception {
    harness.processElement2(new StreamRecord<>(T0.plusSeconds(secondsAfter).toEpochMilli()));
  }

  private List<?> findings() {
    Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
    AuditVerifier verifier = new AuditVerifier(root -> signatures.verify(root, root.getTickAt()));
    entries.forEach(verifier::entry);
    roots.forEach(verifier::root);
    List<?> findings = verifier.findings();
    assertThat(verifier.uncovered()).isZero();
    return findings;
  }

  @Test
  void oneSignedRootAMinuteInWhichSomethingChanged() throws Exception {
    try (var harness = started(null)) {
      tick(harness, 0);
      harness.processElement1(new StreamRecord<>(next("case-1")));
      tick(harness, 10);
      assertThat(harness.extractOutputValues()).as("within the minute").isEmpty();
      tick(harness, 30);
      tick(harness, 45);
      assertThat(harness.extractOutputValues()).hasSize(1);
      tick(harness, 90);
      assertThat(harness.extractOutputValues()).as("nothing changed").hasSize(1);
      harness.processElement1(new StreamRecord<>(next("case-2")));
      harness.processElement1(new StreamRecord<>(next("case-1")));
      tick(harness, 150);
      roots.addAll(harness.extractOutputValues());
    }

    assertThat(roots).extracting(AuditRoot::getSequence).containsExactly(1L, 2L);
    assertThat(roots.get(1).getChanged())
        .extracting(ChainHead::getChain)
        .containsExactly("case-1", "case-2");
    assertThat(roots.get(1).getChains()).isEqualTo(2);
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRestoredTaskGoesOnWithTheSameTreeAndTheNextNumber() throws Exception {
    OperatorSubtaskState saved;
    try (var harness = started(null)) {
      tick(harness, 0);
      harness.processElement1(new StreamRecord<>(next("case-1")));
      tick(harness, 30);
      harness.processElement1(new StreamRecord<>(next("case-2")));
      saved = harness.snapshot(1, 1);
      roots.addAll(harness.extractOutputValues());
    }
    try (var harness = started(saved)) {
      // A tick that was heard before the failure comes again and sets nothing back.
      tick(harness, 30);
      tick(harness, 90);
      harness.processElement1(new StreamRecord<>(next("case-1")));
      tick(harness, 150);
      roots.addAll(harness.extractOutputValues());
    }

    assertThat(roots).extracting(AuditRoot::getSequence).containsExactly(1L, 2L, 3L);
    assertThat(roots.get(2).getChains()).isEqualTo(2);
    assertThat(findings()).isEmpty();
  }

  @Test
  void anOlderEntryThatComesAgainDoesNotSetItsChainBack() throws Exception {
    AuditEntry first = next("case-1");
    AuditEntry second = next("case-1");
    try (var harness = started(null)) {
      tick(harness, 0);
      harness.processElement1(new StreamRecord<>(first));
      harness.processElement1(new StreamRecord<>(second));
      harness.processElement1(new StreamRecord<>(first));
      tick(harness, 30);
      roots.addAll(harness.extractOutputValues());
    }

    assertThat(roots.get(0).getChanged()).extracting(ChainHead::getSequence).containsExactly(2L);
    assertThat(findings()).isEmpty();
  }
}
