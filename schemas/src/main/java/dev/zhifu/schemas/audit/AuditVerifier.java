package dev.zhifu.schemas.audit;

import dev.zhifu.schemas.audit.AuditFinding.Kind;
import dev.zhifu.schemas.crypto.SignatureCheck;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.ChainHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Checks the audit from entries and roots alone: give it all entries (chains may be mixed; each in
 * any order), then all roots, then ask for the findings. Holds 32 bytes an entry.
 */
public final class AuditVerifier {

  /** Chain name under which faults of the roots themselves are reported. */
  public static final String ROOTS = "roots";

  private final Function<AuditRoot, SignatureCheck> signature;
  private final Map<String, Chain> chains = new TreeMap<>();
  private final List<AuditRoot> roots = new ArrayList<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private long entries;

  /**
   * @param signature says whether a root's signature holds
   */
  public AuditVerifier(Function<AuditRoot, SignatureCheck> signature) {
    this.signature = signature;
  }

  /** What one chain showed. */
  private static final class Chain {
    private final TreeMap<Long, byte[]> hashes = new TreeMap<>();
    private final TreeMap<Long, byte[]> previous = new TreeMap<>();
    private long covered;
    private boolean reported;
  }

  /** Takes an entry. */
  public void entry(AuditEntry entry) {
    entries++;
    Chain chain = chains.computeIfAbsent(entry.getChain(), name -> new Chain());
    String must = Signatures.hashOf(entry);
    if (!must.equals(entry.getHash())) {
      find(
          Kind.CHANGED_ENTRY,
          entry.getChain(),
          entry.getSequence(),
          "its content hashes to "
              + must
              + ", it says "
              + entry.getHash()
              + "; object "
              + entry.getObjectId()
              + " transition "
              + entry.getTransition());
    }
    // The hash of the content counts: what an entry says of itself proves nothing.
    byte[] hash = HexFormat.of().parseHex(must);
    byte[] known = chain.hashes.putIfAbsent(entry.getSequence(), hash);
    if (known == null) {
      chain.previous.put(entry.getSequence(), parse(entry.getPreviousHash()));
    } else {
      boolean same = Arrays.equals(known, hash);
      find(
          same ? Kind.DOUBLED : Kind.FORK,
          entry.getChain(),
          entry.getSequence(),
          same ? "the same entry stands twice" : "two different entries stand at this place");
    }
  }

  private static byte[] parse(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Takes a root. */
  public void root(AuditRoot root) {
    roots.add(root);
  }

  /** Entries taken. */
  public long entries() {
    return entries;
  }

  /** Chains seen. */
  public int chains() {
    return chains.size();
  }

  /** Roots taken. */
  public int roots() {
    return roots.size();
  }

  /** Entries that no root covers yet: those of the last minute, or of a truncated list of roots. */
  public long uncovered() {
    return chains.values().stream()
        .mapToLong(chain -> chain.hashes.tailMap(chain.covered, false).size())
        .sum();
  }

  /** All faults, each once, in order of chain and place. */
  public List<AuditFinding> findings() {
    chains.forEach(this::links);
    checkRoots();
    List<AuditFinding> all = new ArrayList<>(findings);
    all.sort(
        Comparator.comparing(AuditFinding::chain)
            .thenComparingLong(AuditFinding::sequence)
            .thenComparing(AuditFinding::kind));
    return all.stream().distinct().toList();
  }

  private void links(String name, Chain chain) {
    long expected = 1;
    byte[] before = HexFormat.of().parseHex(AuditChain.NOTHING);
    for (Map.Entry<Long, byte[]> entry : chain.hashes.entrySet()) {
      long sequence = entry.getKey();
      if (sequence != expected) {
        find(
            Kind.GAP,
            name,
            expected,
            "entries " + expected + " to " + (sequence - 1) + " are missing");
      } else if (!Arrays.equals(before, chain.previous.get(sequence))) {
        find(
            Kind.BROKEN_LINK,
            name,
            sequence,
            "it does not follow from the entry before: one of both was changed");
      }
      before = entry.getValue();
      expected = sequence + 1;
    }
  }

  private void checkRoots() {
    roots.sort(Comparator.comparingLong(AuditRoot::getSequence));
    MerkleHeads heads = new MerkleHeads();
    String before = AuditChain.NOTHING;
    long expected = 1;
    for (AuditRoot root : roots) {
      checkRoot(root, expected, before);
      heads.putAll(root.getChanged());
      if (!heads.root().equals(root.getMerkleRoot()) || heads.size() != root.getChains()) {
        find(
            Kind.BAD_ROOT,
            ROOTS,
            root.getSequence(),
            "it is not over the heads listed up to it ("
                + heads.size()
                + " chains, it says "
                + root.getChains()
                + "): heads were changed or a root is missing");
      }
      root.getChanged().forEach(head -> checkHead(head, root));
      before = Signatures.hashOf(root);
      expected = root.getSequence() + 1;
    }
  }

  private void checkRoot(AuditRoot root, long expected, String before) {
    SignatureCheck check = signature.apply(root);
    if (!check.holds()) {
      find(Kind.BAD_SIGNATURE, ROOTS, root.getSequence(), check.sentence());
    }
    if (root.getSequence() != expected) {
      find(
          Kind.ROOT_GAP,
          ROOTS,
          expected,
          "the next root has number " + root.getSequence() + ": roots are missing or doubled");
    } else if (!before.equals(root.getPreviousRoot())) {
      find(
          Kind.ROOT_GAP,
          ROOTS,
          root.getSequence(),
          "it does not follow from the root before: one of both was changed");
    }
  }

  /** What a signed root says of a chain must be there, and be the same. */
  private void checkHead(ChainHead head, AuditRoot root) {
    Chain chain = chains.get(head.getChain());
    if (chain == null) {
      find(
          Kind.MISSING_CHAIN,
          head.getChain(),
          1,
          "root " + root.getSequence() + " signed " + head.getSequence() + " entries of it");
      return;
    }
    byte[] there = chain.hashes.get(head.getSequence());
    if (there == null) {
      long last = chain.hashes.isEmpty() ? 0 : chain.hashes.lastKey();
      if (last < head.getSequence()) {
        find(
            Kind.TRUNCATED,
            head.getChain(),
            last + 1,
            "root " + root.getSequence() + " signed it up to " + head.getSequence());
      }
    } else if (HexFormat.of().formatHex(there).equals(head.getHash())) {
      chain.covered = Math.max(chain.covered, head.getSequence());
    } else if (!chain.reported) {
      // Every later head differs too: the first one bounds the place.
      chain.reported = true;
      find(
          Kind.FORK,
          head.getChain(),
          chain.covered + 1,
          "it is not the chain that root "
              + root.getSequence()
              + " signed: entries "
              + (chain.covered + 1)
              + " to "
              + head.getSequence()
              + " were written anew");
    }
  }

  private void find(Kind kind, String chain, long sequence, String words) {
    findings.add(new AuditFinding(kind, chain, sequence, words));
  }
}
