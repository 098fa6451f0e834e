package dev.zhifu.schemas.audit;

import dev.zhifu.wire.ChainHead;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of {@link MerkleHeads} in {@value #PARTS} parts, each of which can be hashed on a thread
 * of its own: the heads of one part change no node of another below the few that join them.
 */
final class MerkleParts {
  private static final int DEPTH = 4;
  private static final int PARTS = 1 << DEPTH;

  private final List<MerkleHeads> parts = new ArrayList<>(PARTS);

  MerkleParts() {
    for (int part = 0; part < PARTS; part++) {
      parts.add(new MerkleHeads());
    }
  }

  /**
   * The tree at one moment.
   *
   * @param root hex
   * @param chains that have a head
   */
  record Stand(String root, long chains) {}

  /** A part after each step: its topmost node and its chains. */
  private record Steps(byte[][] nodes, long[] chains) {}

  /**
   * The tree after each step.
   *
   * @param steps heads that change, step by step
   * @param leaves of the heads of each step
   * @param crew works on the parts
   */
  List<Stand> after(List<List<ChainHead>> steps, List<int[]> leaves, InOrder crew) {
    List<Steps> ofParts = new ArrayList<>(PARTS);
    for (int i = 0; i < PARTS; i++) {
      int part = i;
      crew.give(() -> after(part, steps, leaves), ofParts::add);
    }
    crew.finish();
    List<Stand> stands = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      int step = i;
      stands.add(
          new Stand(
              MerkleHeads.join(
                  ofParts.stream().map(part -> part.nodes()[step]).toArray(byte[][]::new)),
              ofParts.stream().mapToLong(part -> part.chains()[step]).sum()));
    }
    return stands;
  }

  private Steps after(int part, List<List<ChainHead>> steps, List<int[]> leaves) {
    MerkleHeads heads = parts.get(part);
    Steps after = new Steps(new byte[steps.size()][], new long[steps.size()]);
    for (int step = 0; step < steps.size(); step++) {
      int[] at = leaves.get(step);
      for (int i = 0; i < at.length; i++) {
        if (MerkleHeads.partOf(at[i], DEPTH) == part) {
          heads.put(at[i], steps.get(step).get(i));
        }
      }
      after.nodes()[step] = heads.part(DEPTH, part);
      after.chains()[step] = heads.size();
    }
    return after;
  }
}
