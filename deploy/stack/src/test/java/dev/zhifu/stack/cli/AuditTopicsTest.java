package dev.zhifu.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.schemas.audit.AuditVerifier;
import dev.zhifu.schemas.audit.MerkleHeads;
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
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTopicsTest {
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private final Job job = new Job();
  private final AuditVerifier verifier =
      new AuditVerifier(
          root ->
              new Signatures(DemoKeys.directory(), Environment.DEMO)
                  .verify(root, root.getTickAt()));

  /** At each step of the reader the job begins a chain and signs a root over it. */
  @Test
  void aChainThatBeginsWhileTheAuditIsReadIsNoFinding() {
    job.begins("before");

    new AuditTopics(job).read(verifier::entry, verifier::root);

    assertThat(verifier.findings()).isEmpty();
    assertThat(verifier.roots()).isEqualTo(1);
    assertThat(verifier.uncovered()).as("begun since").isPositive();
  }

  /** The two writers commit one checkpoint in either order. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRootCommittedBeforeItsEntriesIsNoFinding(boolean rootsFirst) {
    job.begins("before");
    job.rootsFirst = rootsFirst;
    job.begins("now");

    new AuditTopics(job).read(verifier::entry, verifier::root);

    assertThat(verifier.findings()).isEmpty();
    assertThat(verifier.roots()).isEqualTo(rootsFirst ? 2 : 1);
    assertThat(verifier.entries()).isGreaterThanOrEqualTo(2);
  }

  /** What a job has committed, and what it is committing. */
  private static final class Job implements AuditTopics.Source {
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<AuditRoot> roots = new ArrayList<>();
    private final List<AuditEntry> committing = new ArrayList<>();
    private final MerkleHeads tree = new MerkleHeads();
    private AuditRoot last;
    private AuditRoot lastCommitting;
    private boolean rootsFirst;
    private int step;

    void begins(String chain) {
      AuditEntry entry = AuditChain.next(null, transition(chain));
      ChainHead head = AuditChain.headOf(entry);
      tree.put(head);
      AuditRoot draft = new AuditRoot();
      draft.setSequence(last == null ? 1L : last.getSequence() + 1);
      draft.setTickAt(T0.plusSeconds(60L * draft.getSequence()));
      draft.setChanged(List.of(head));
      draft.setChains(tree.size());
      draft.setMerkleRoot(tree.root());
      draft.setPreviousRoot(last == null ? AuditChain.NOTHING : Signatures.hashOf(last));
      last = Signatures.sign(draft, DemoKeys.engine());
      if (entries.isEmpty()) {
        entries.add(entry);
        roots.add(last);
      } else if (rootsFirst) {
        roots.add(last);
        committing.add(entry);
      } else {
        entries.add(entry);
        lastCommitting = last;
      }
    }

    @Override
    public void awaitCommitted(String topic) {
      if (topic.equals(AuditTopics.ENTRIES)) {
        entries.addAll(committing);
        committing.clear();
      }
    }

    @Override
    public <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<T> sink) {
      List<? extends SpecificRecord> all = topic.equals(AuditTopics.ROOTS) ? roots : entries;
      List.copyOf(all).forEach(record -> sink.accept(type.cast(record)));
      rootsFirst = false;
      commitRoots();
      begins("meanwhile-" + step++);
      commitRoots();
    }

    private void commitRoots() {
      if (lastCommitting != null) {
        roots.add(lastCommitting);
        lastCommitting = null;
      }
    }

    private static LifeTransition transition(String chain) {
      return LifeTransition.newBuilder()
          .setObjectId(chain)
          .setKind(LifeKind.CASE)
          .setCaseId(chain)
          .setSequence(1)
          .setFromState("ALERT")
          .setState("REPORTED")
          .setEvent("VICTIM_REPORTED")
          .setRole("VICTIM")
          .setActor("officer-1")
          .setReason("reason")
          .setDocuments(List.of())
          .setAuthorisation("act-1")
          .setCause("act-1")
          .setTickAt(T0)
          .setDetail(
              CaseDetail.newBuilder().setSubjectKind(SubjectKind.HOLDER).setSubject("v").build())
          .build();
    }
  }
}
