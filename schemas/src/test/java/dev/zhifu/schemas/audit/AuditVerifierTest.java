package dev.zhifu.schemas.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.audit.AuditFinding.Kind;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.EngineSigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.SubjectKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AuditVerifierTest {

  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final EngineSigner ENGINE = DemoKeys.engine();
  private static final Signatures KEYS = new Signatures(DemoKeys.directory(), Environment.DEMO);

  /** 20 chains, 400 entries, a root after every 50. */
  private final List<AuditEntry> entries = new ArrayList<>();

  private final List<AuditRoot> roots = new ArrayList<>();

  AuditVerifierTest() {
    Random random = new Random(5);
    Map<String, ChainHead> heads = new HashMap<>();
    MerkleHeads tree = new MerkleHeads();
    Map<String, ChainHead> changed = new LinkedHashMap<>();
    for (int i = 1; i <= 400; i++) {
      String chain = "case-" + random.nextInt(20);
      AuditEntry entry = AuditChain.next(heads.get(chain), transition(chain, i));
      entries.add(entry);
      heads.put(chain, AuditChain.headOf(entry));
      changed.put(chain, AuditChain.headOf(entry));
      if (i % 50 == 0) {
        tree.putAll(changed.values());
        roots.add(rootOver(tree, changed));
        changed.clear();
      }
    }
  }

  private AuditRoot rootOver(MerkleHeads tree, Map<String, ChainHead> changed) {
    AuditRoot draft = new AuditRoot();
    draft.setSequence(roots.size() + 1L);
    draft.setTickAt(T0.plusSeconds(60L * (roots.size() + 1)));
    draft.setChanged(new ArrayList<>(changed.values()));
    draft.setChains(tree.size());
    draft.setMerkleRoot(tree.root());
    draft.setPreviousRoot(
        roots.isEmpty() ? AuditChain.NOTHING : Signatures.hashOf(roots.get(roots.size() - 1)));
    return Signatures.sign(draft, ENGINE);
  }

  static LifeTransition transition(String chain, long i) {
    return LifeTransition.newBuilder()
        .setObjectId(chain)
        .setKind(LifeKind.CASE)
        .setCaseId(chain)
        .setSequence(i)
        .setFromState("ALERT")
        .setState("REPORTED")
        .setEvent("VICTIM_REPORTED")
        .setRole("VICTIM")
        .setActor("officer-1")
        .setSecondActor("officer-2")
        .setReason("reason")
        .setDocuments(List.of("d1", "d2"))
        .setAuthorisation("act-" + i)
        .setCause("cause-" + i)
        .setTickAt(T0.plusSeconds(i))
        .setDetail(
            CaseDetail.newBuilder().setSubjectKind(SubjectKind.HOLDER).setSubject("v").build())
        .build();
  }

  /** On one thread, and the same on several. */
  private List<AuditFinding> verify() {
    List<AuditFinding> onOne = verify(1);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(verify(threads)).as("on %d threads", threads).isEqualTo(onOne);
    }
    return onOne;
  }

  /** On one thread entry by entry; on several in small portions, which come out of step. */
  private List<AuditFinding> verify(int threads) {
    AuditVerifier verifier =
        new AuditVerifier(root -> KEYS.verify(root, root.getTickAt()), threads);
    if (threads == 1) {
      entries.forEach(verifier::entry);
      roots.forEach(verifier::root);
    } else {
      for (int from = 0; from < entries.size(); from += 7) {
        List<AuditEntry> portion = entries.subList(from, Math.min(from + 7, entries.size()));
        verifier.entries(() -> portion);
      }
      roots.forEach(root -> verifier.roots(() -> List.of(root)));
    }
    List<AuditFinding> findings = verifier.findings();
    assertThat(verifier.entries()).isEqualTo(entries.size());
    assertThat(verifier.roots()).isEqualTo(roots.size());
    return findings;
  }

  @Test
  void anUntouchedAuditHasNoFindingInWhateverOrderItIsRead() {
    assertThat(verify()).isEmpty();
    Collections.shuffle(entries, new Random(7));
    Collections.shuffle(roots, new Random(8));
    assertThat(verify()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aChangedBitInAnyFieldIsFoundAtItsPlace() {
    return AuditEntry.getClassSchema().getFields().stream()
        .map(field -> DynamicTest.dynamicTest(field.name(), () -> changed(field)));
  }

  private void changed(Schema.Field field) {
    AuditVerifierTest fresh = new AuditVerifierTest();
    AuditEntry entry = AuditEntry.newBuilder(fresh.entries.get(123)).build();
    entry.put(field.pos(), other(entry.get(field.pos())));
    fresh.entries.set(123, entry);

    List<AuditFinding> findings = fresh.verify();

    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.CHANGED_ENTRY);
              assertThat(finding.chain()).isEqualTo(entry.getChain());
              assertThat(finding.sequence()).isEqualTo(entry.getSequence());
            });
  }

  private static Object other(Object value) {
    if (value instanceof String text) {
      char first = (char) (text.charAt(0) ^ 1);
      return first + text.substring(1);
    }
    if (value instanceof Long number) {
      return number ^ 1L;
    }
    if (value instanceof Instant at) {
      return at.plusMillis(1);
    }
    if (value instanceof LifeKind) {
      return LifeKind.FREEZE;
    }
    return List.of("d1", "d3");
  }

  @Test
  void aChainWrittenAnewFromAnEntryOnIsAForkOfTheSignedOne() {
    AuditEntry old = entries.get(123);
    String chain = old.getChain();
    ChainHead head = null;
    for (int i = 0; i < entries.size(); i++) {
      AuditEntry entry = entries.get(i);
      if (entry.getChain().equals(chain)) {
        LifeTransition transition = transition(chain, entry.getTransition());
        transition.setReason(i >= 123 ? "another reason" : "reason");
        AuditEntry anew = AuditChain.next(head, transition);
        head = AuditChain.headOf(anew);
        entries.set(i, anew);
      }
    }

    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.FORK);
              assertThat(finding.chain()).isEqualTo(chain);
              assertThat(finding.sequence()).isLessThanOrEqualTo(old.getSequence());
              assertThat(finding.words()).contains("root 3 signed");
            });
  }

  @Test
  void twoEntriesAtOnePlaceAreAForkAndTheSameTwiceIsDoubled() {
    AuditEntry entry = entries.get(200);
    entries.add(entry);
    assertThat(verify()).extracting(AuditFinding::kind).containsExactly(Kind.DOUBLED);

    AuditEntry branch = AuditEntry.newBuilder(entry).setReason("another").build();
    branch.setHash(Signatures.hashOf(branch));
    entries.set(entries.size() - 1, branch);
    assertThat(verify())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.FORK);
              assertThat(finding.sequence()).isEqualTo(entry.getSequence());
            });
  }

  @Test
  void aTruncatedChainIsFoundWithTheFirstMissingPlace() {
    String chain = entries.get(0).getChain();
    long last =
        entries.stream()
            .filter(entry -> entry.getChain().equals(chain))
            .mapToLong(AuditEntry::getSequence)
            .max()
            .orElseThrow();
    entries.removeIf(entry -> entry.getChain().equals(chain) && entry.getSequence() > last - 3);

    assertThat(verify())
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(finding.chain()).isEqualTo(chain);
              assertThat(finding.sequence()).isEqualTo(last - 2);
            });
  }

  @Test
  void aMissingChainIsFound() {
    String chain = entries.get(0).getChain();
    entries.removeIf(entry -> entry.getChain().equals(chain));

    assertThat(verify())
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.MISSING_CHAIN);
              assertThat(finding.chain()).isEqualTo(chain);
            });
  }

  @Test
  void aRemovedEntryInTheMiddleIsAGap() {
    String chain = entries.get(0).getChain();
    entries.removeIf(entry -> entry.getChain().equals(chain) && entry.getSequence() == 5);

    assertThat(verify())
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.GAP);
              assertThat(finding.chain()).isEqualTo(chain);
              assertThat(finding.sequence()).isEqualTo(5);
            });
  }

  @Test
  void aRemovedChangedOrForgedRootIsFound() {
    AuditRoot removed = roots.remove(3);
    assertThat(verify()).extracting(AuditFinding::kind).contains(Kind.ROOT_GAP, Kind.BAD_ROOT);

    AuditRoot changed = AuditRoot.newBuilder(removed).build();
    changed.setChains(changed.getChains() + 1);
    roots.add(3, changed);
    assertThat(verify())
        .extracting(AuditFinding::kind)
        .contains(Kind.BAD_SIGNATURE, Kind.BAD_ROOT, Kind.ROOT_GAP);

    AuditRoot forged = AuditRoot.newBuilder(removed).build();
    forged.setSignature(ByteBuffer.wrap(new byte[70]));
    roots.set(3, forged);
    assertThat(verify()).extracting(AuditFinding::kind).contains(Kind.BAD_SIGNATURE);

    roots.set(3, removed);
    assertThat(verify()).isEmpty();
  }

  /** Several faults at once, at random places: every kind, alike on any number of threads. */
  @Test
  void everyKindOfDamageIsFoundAlikeOnAnyNumberOfThreads() {
    Set<Kind> found = EnumSet.noneOf(Kind.class);
    for (long seed = 1; seed <= 40; seed++) {
      AuditVerifierTest fresh = new AuditVerifierTest();
      SplittableRandom random = new SplittableRandom(seed);
      for (int fault = 0; fault < 4; fault++) {
        fresh.damage(random);
      }
      List<AuditFinding> findings = fresh.verify();
      assertThat(findings).as("seed %d", seed).isNotEmpty();
      findings.forEach(finding -> found.add(finding.kind()));
    }
    assertThat(found).containsExactlyInAnyOrder(Kind.values());
  }

  private void damage(SplittableRandom random) {
    int at = random.nextInt(entries.size());
    AuditEntry entry = entries.get(at);
    int root = random.nextInt(roots.size());
    switch (random.nextInt(9)) {
      case 0 -> entries.set(at, AuditEntry.newBuilder(entry).setReason("another").build());
      case 1 -> entries.add(random.nextInt(entries.size()), entry);
      case 2 -> {
        AuditEntry branch = AuditEntry.newBuilder(entry).setReason("another").build();
        branch.setHash(Signatures.hashOf(branch));
        entries.add(random.nextInt(entries.size()), branch);
      }
      case 3 -> entries.remove(at);
      case 4 ->
          entries.removeIf(
              of ->
                  of.getChain().equals(entry.getChain())
                      && of.getSequence() >= entry.getSequence());
      case 5 -> entries.removeIf(of -> of.getChain().equals(entry.getChain()));
      case 6 -> {
        AuditEntry cut = AuditEntry.newBuilder(entry).setPreviousHash("no hash").build();
        cut.setHash(Signatures.hashOf(cut));
        entries.set(at, cut);
      }
      case 7 -> roots.remove(root);
      default -> {
        AuditRoot changed = AuditRoot.newBuilder(roots.get(root)).build();
        changed.setMerkleRoot(AuditChain.NOTHING);
        roots.set(root, changed);
      }
    }
  }

  /** What cannot be parsed fails as it would on one thread: the first of it, in order. */
  @Test
  void theFirstPortionThatCannotBeParsedIsToldOnAnyNumberOfThreads() {
    for (int threads : new int[] {1, 2, 8}) {
      AuditVerifier verifier =
          new AuditVerifier(root -> KEYS.verify(root, root.getTickAt()), threads);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  int portion = i;
                  verifier.entries(
                      () -> {
                        if (portion % 30 == 29) {
                          throw new IllegalStateException("portion " + portion);
                        }
                        return entries.subList(portion, portion + 1);
                      });
                }
                verifier.finish();
              })
          .as("on %d threads", threads)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("portion 29");
      assertThat(verifier.entries()).as("on %d threads", threads).isEqualTo(29);
    }
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    assertThatThrownBy(() -> new AuditVerifier(root -> KEYS.verify(root, root.getTickAt()), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on 0 threads");
  }

  @Test
  void aTreeInPartsIsTheSameTreeAfterEachStep() {
    SplittableRandom random = new SplittableRandom(9);
    MerkleHeads whole = new MerkleHeads();
    MerkleParts parts = new MerkleParts();
    InOrder crew = new InOrder(3);
    for (int window = 0; window < 3; window++) {
      List<List<ChainHead>> steps = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int step = 0; step < 5; step++) {
        List<ChainHead> changed = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
          changed.add(
              new ChainHead(
                  "chain-" + random.nextInt(200), random.nextLong(9), "%064x".formatted(i)));
        }
        steps.add(changed);
        whole.putAll(changed);
        expected.add(whole.root() + " " + whole.size());
      }
      assertThat(parts.after(steps, steps.stream().map(MerkleHeads::leavesOf).toList(), crew))
          .extracting(stand -> stand.root() + " " + stand.chains())
          .isEqualTo(expected);
    }
  }

  @Test
  void theTreeIsTheSameInWhateverOrderAndStepsItsHeadsCome() {
    MerkleHeads stepwise = new MerkleHeads();
    MerkleHeads atOnce = new MerkleHeads();
    List<ChainHead> heads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      heads.add(new ChainHead("chain-" + i, 1L, "%064x".formatted(i)));
    }
    heads.forEach(
        head -> {
          stepwise.put(new ChainHead(head.getChain(), 0L, AuditChain.NOTHING));
          stepwise.root();
          stepwise.put(head);
        });
    Collections.shuffle(heads, new Random(3));
    atOnce.putAll(heads);

    assertThat(atOnce.root()).isEqualTo(stepwise.root());
    assertThat(atOnce.size()).isEqualTo(300);
    atOnce.put(new ChainHead("chain-7", 2L, AuditChain.NOTHING));
    assertThat(atOnce.root()).isNotEqualTo(stepwise.root());
  }
}
