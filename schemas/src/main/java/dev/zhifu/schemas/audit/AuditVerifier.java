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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks the audit from entries and roots alone: give it all entries (chains may be mixed; each in
 * any order) and all roots, then ask for the findings. Holds a list of 64 bytes an entry, its hash
 * and the one before, and the roots.
 *
 * <p>Entries are parsed and hashed, and roots checked, on as many threads as it is given; chains
 * are linked on the one that gives the entries, in the order in which it gives them. The findings
 * are the same on any number of threads. Not for use by two threads.
 */
public final class AuditVerifier {

  /** Chain name under which faults of the roots themselves are reported. */
  public static final String ROOTS = "roots";

  /** Entries that one thread looks at at a time, when they come one by one. */
  private static final int PORTION = 256;

  /** Roots looked at together: what is held of them beside themselves stays below some MB. */
  private static final int ROOTS_AT_A_TIME = 4_096;

  private static final int CHAINS_AT_A_TIME = 512;
  private static final int HASH = 32;

  private final Function<AuditRoot, SignatureCheck> signature;
  private final InOrder crew;
  private final Map<String, Chain> chains = new HashMap<>();
  private final List<AuditRoot> roots = new ArrayList<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private List<AuditEntry> portion = new ArrayList<>(PORTION);
  private long entries;

  /**
   * On one thread.
   *
   * @param signature says whether a root's signature holds
   */
  public AuditVerifier(Function<AuditRoot, SignatureCheck> signature) {
    this(signature, 1);
  }

  /**
   * On several threads.
   *
   * @param signature says whether a root's signature holds; asked by several threads at once
   * @param threads at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  public AuditVerifier(Function<AuditRoot, SignatureCheck> signature, int threads) {
    this.signature = signature;
    this.crew = new InOrder(threads);
  }

  /** What one chain showed: of each place the hash, then the hash before if it is one. */
  private static final class Chain {
    private final TreeMap<Long, byte[]> links = new TreeMap<>();
    private long covered;
    private boolean reported;
  }

  /**
   * What an entry shows by itself.
   *
   * @param link its hash, then what it says of the one before: that is left out when it is no hash
   * @param changed null when it says of itself what it is
   */
  private record Seen(String chain, long sequence, byte[] link, AuditFinding changed) {}

  /** Takes an entry. */
  public void entry(AuditEntry entry) {
    portion.add(entry);
    if (portion.size() == PORTION) {
      giveOn();
    }
  }

  /**
   * Takes entries that have yet to be parsed.
   *
   * @param parse gives them; called on any thread
   */
  public void entries(Supplier<List<AuditEntry>> parse) {
    giveOn();
    crew.give(
        () -> {
          List<AuditEntry> parsed = parse.get();
          List<Seen> seen = new ArrayList<>(parsed.size());
          parsed.forEach(entry -> seen.add(see(entry)));
          return seen;
        },
        seen -> seen.forEach(this::take));
  }

  private void giveOn() {
    if (!portion.isEmpty()) {
      List<AuditEntry> full = portion;
      portion = new ArrayList<>(PORTION);
      entries(() -> full);
    }
  }

  private static Seen see(AuditEntry entry) {
    byte[] hash = Signatures.hashBytesOf(entry);
    AuditFinding changed = null;
    if (!HexFormat.of().formatHex(hash).equals(entry.getHash())) {
      changed =
          new AuditFinding(
              Kind.CHANGED_ENTRY,
              entry.getChain(),
              entry.getSequence(),
              "its content hashes to "
                  + HexFormat.of().formatHex(hash)
                  + ", it says "
                  + entry.getHash()
                  + "; object "
                  + entry.getObjectId()
                  + " transition "
                  + entry.getTransition());
    }
    // The hash of the content counts: what an entry says of itself proves nothing.
    byte[] previous = parse(entry.getPreviousHash());
    byte[] link = Arrays.copyOf(hash, previous.length == HASH ? 2 * HASH : HASH);
    if (previous.length == HASH) {
      System.arraycopy(previous, 0, link, HASH, HASH);
    }
    return new Seen(entry.getChain(), entry.getSequence(), link, changed);
  }

  private void take(Seen seen) {
    entries++;
    if (seen.changed() != null) {
      findings.add(seen.changed());
    }
    Chain chain = chains.computeIfAbsent(seen.chain(), name -> new Chain());
    byte[] known = chain.links.putIfAbsent(seen.sequence(), seen.link());
    if (known != null) {
      boolean same = Arrays.equals(known, 0, HASH, seen.link(), 0, HASH);
      find(
          same ? Kind.DOUBLED : Kind.FORK,
          seen.chain(),
          seen.sequence(),
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
    roots(() -> List.of(root));
  }

  /**
   * Takes roots that have yet to be parsed.
   *
   * @param parse gives them; called on any thread
   */
  public void roots(Supplier<List<AuditRoot>> parse) {
    crew.give(parse, roots::addAll);
  }

  /** Works on what was given and not yet looked at; what could not be parsed fails here at last. */
  public void finish() {
    giveOn();
    crew.finish();
  }

  /** Entries taken. */
  public long entries() {
    finish();
    return entries;
  }

  /** Chains seen. */
  public int chains() {
    finish();
    return chains.size();
  }

  /** Roots taken. */
  public int roots() {
    finish();
    return roots.size();
  }

  /** Entries that no root covers yet: those of the last minute, or of a truncated list of roots. */
  public long uncovered() {
    finish();
    return chains.values().stream()
        .mapToLong(chain -> chain.links.tailMap(chain.covered, false).size())
        .sum();
  }

  /** All faults, each once, in order of chain and place. */
  public List<AuditFinding> findings() {
    finish();
    checkChains();
    checkRoots();
    List<AuditFinding> all = new ArrayList<>(findings);
    all.sort(
        Comparator.comparing(AuditFinding::chain)
            .thenComparingLong(AuditFinding::sequence)
            .thenComparing(AuditFinding::kind));
    return all.stream().distinct().toList();
  }

  private void checkChains() {
    List<String> names = chains.keySet().stream().sorted().toList();
    for (int from = 0; from < names.size(); from += CHAINS_AT_A_TIME) {
      List<String> some = names.subList(from, Math.min(from + CHAINS_AT_A_TIME, names.size()));
      crew.give(
          () -> {
            List<AuditFinding> found = new ArrayList<>();
            some.forEach(name -> checkLinks(name, chains.get(name), found));
            return found;
          },
          findings::addAll);
    }
    crew.finish();
  }

  private static void checkLinks(String name, Chain chain, List<AuditFinding> found) {
    long expected = 1;
    byte[] before = HexFormat.of().parseHex(AuditChain.NOTHING);
    for (Map.Entry<Long, byte[]> entry : chain.links.entrySet()) {
      long sequence = entry.getKey();
      byte[] link = entry.getValue();
      if (sequence != expected) {
        found.add(
            new AuditFinding(
                Kind.GAP,
                name,
                expected,
                "entries " + expected + " to " + (sequence - 1) + " are missing"));
      } else if (!Arrays.equals(before, 0, HASH, link, HASH, Math.max(HASH, link.length))) {
        found.add(
            new AuditFinding(
                Kind.BROKEN_LINK,
                name,
                sequence,
                "it does not follow from the entry before: one of both was changed"));
      }
      before = link;
      expected = sequence + 1;
    }
  }

  /**
   * What a root shows by itself.
   *
   * @param hash what the next root must name
   * @param leaves of the tree, of each head that it lists
   */
  private record SeenRoot(SignatureCheck check, String hash, int[] leaves) {}

  private SeenRoot see(AuditRoot root) {
    return new SeenRoot(
        signature.apply(root), Signatures.hashOf(root), MerkleHeads.leavesOf(root.getChanged()));
  }

  private void checkRoots() {
    roots.sort(Comparator.comparingLong(AuditRoot::getSequence));
    MerkleParts tree = new MerkleParts();
    String before = AuditChain.NOTHING;
    long expected = 1;
    for (int from = 0; from < roots.size(); from += ROOTS_AT_A_TIME) {
      List<AuditRoot> some = roots.subList(from, Math.min(from + ROOTS_AT_A_TIME, roots.size()));
      List<SeenRoot> seen = new ArrayList<>(some.size());
      some.forEach(root -> crew.give(() -> see(root), seen::add));
      crew.finish();
      List<MerkleParts.Stand> stands =
          tree.after(
              some.stream().map(AuditRoot::getChanged).toList(),
              seen.stream().map(SeenRoot::leaves).toList(),
              crew);
      for (int i = 0; i < some.size(); i++) {
        AuditRoot root = some.get(i);
        checkRoot(root, seen.get(i).check(), expected, before);
        checkTree(root, stands.get(i));
        root.getChanged().forEach(head -> checkHead(head, root));
        before = seen.get(i).hash();
        expected = root.getSequence() + 1;
      }
    }
  }

  private void checkTree(AuditRoot root, MerkleParts.Stand heads) {
    if (!heads.root().equals(root.getMerkleRoot()) || heads.chains() != root.getChains()) {
      find(
          Kind.BAD_ROOT,
          ROOTS,
          root.getSequence(),
          "it is not over the heads listed up to it ("
              + heads.chains()
              + " chains, it says "
              + root.getChains()
              + "): heads were changed or a root is missing");
    }
  }

  private void checkRoot(AuditRoot root, SignatureCheck check, long expected, String before) {
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
    byte[] there = chain.links.get(head.getSequence());
    if (there == null) {
      long last = chain.links.isEmpty() ? 0 : chain.links.lastKey();
      if (last < head.getSequence()) {
        find(
            Kind.TRUNCATED,
            head.getChain(),
            last + 1,
            "root " + root.getSequence() + " signed it up to " + head.getSequence());
      }
    } else if (HexFormat.of().formatHex(there, 0, HASH).equals(head.getHash())) {
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
