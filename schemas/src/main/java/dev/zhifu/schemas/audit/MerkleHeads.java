package dev.zhifu.schemas.audit;

import dev.zhifu.wire.ChainHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Merkle root over the heads of all chains. A tree of fixed depth: the first 16 bits of
 * SHA-256(chain) choose one of 65,536 leaves, a leaf hashes its heads sorted by chain, an inner
 * node its two children. A changed head costs its leaf and 16 nodes. Not for use by two threads.
 */
public final class MerkleHeads {
  private static final int DEPTH = 16;
  private static final int LEAVES = 1 << DEPTH;
  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private final MessageDigest digest = digest();
  private final Map<Integer, TreeMap<String, ChainHead>> leaves = new TreeMap<>();

  /** Nodes as in a heap: 1 is the root, LEAVES + i is leaf i; null: as {@link #empty}. */
  private final byte[][] nodes = new byte[2 * LEAVES][];

  /** Hash of a subtree without heads, by height. */
  private final byte[][] empty = new byte[DEPTH + 1][];

  private final BitSet dirty = new BitSet(LEAVES);
  private long size;

  public MerkleHeads() {
    digest.update(LEAF);
    empty[0] = digest.digest();
    for (int height = 1; height <= DEPTH; height++) {
      empty[height] = inner(empty[height - 1], empty[height - 1]);
    }
  }

  /** Puts heads in the place of older ones of their chains. */
  public void putAll(Collection<ChainHead> heads) {
    heads.forEach(this::put);
  }

  /** Puts a head in the place of an older one of its chain. */
  public void put(ChainHead head) {
    put(leafOf(digest, head.getChain()), head);
  }

  /**
   * As {@link #put(ChainHead)}.
   *
   * @param leaf that of its chain
   */
  void put(int leaf, ChainHead head) {
    if (leaves.computeIfAbsent(leaf, i -> new TreeMap<>()).put(head.getChain(), head) == null) {
      size++;
    }
    dirty.set(leaf);
  }

  /** Number of chains. */
  public long size() {
    return size;
  }

  /** The head of a chain; null when there is none. */
  public ChainHead get(String chain) {
    TreeMap<String, ChainHead> leaf = leaves.get(leafOf(digest, chain));
    return leaf == null ? null : leaf.get(chain);
  }

  /** The root, hex. */
  public String root() {
    update();
    return HexFormat.of().formatHex(node(1, DEPTH));
  }

  /**
   * The node above the leaves of one part of the tree.
   *
   * @param depth below the root at which the tree is parted
   * @param part from 0, from the left
   */
  byte[] part(int depth, int part) {
    update();
    return node((1 << depth) + part, DEPTH - depth);
  }

  /** The part of the tree in which a leaf lies, parted at {@code depth}; from 0, from the left. */
  static int partOf(int leaf, int depth) {
    return leaf >>> DEPTH - depth;
  }

  /** The root above all parts, hex. */
  static String join(byte[][] parts) {
    MessageDigest digest = digest();
    byte[][] nodes = parts;
    while (nodes.length > 1) {
      byte[][] above = new byte[nodes.length / 2][];
      for (int i = 0; i < above.length; i++) {
        above[i] = inner(digest, nodes[2 * i], nodes[2 * i + 1]);
      }
      nodes = above;
    }
    return HexFormat.of().formatHex(nodes[0]);
  }

  /** Hashes anew what was put since. */
  private void update() {
    BitSet parents = new BitSet(LEAVES);
    for (int leaf = dirty.nextSetBit(0); leaf >= 0; leaf = dirty.nextSetBit(leaf + 1)) {
      nodes[LEAVES + leaf] = leaf(leaves.get(leaf).values());
      parents.set((LEAVES + leaf) / 2);
    }
    dirty.clear();
    for (int height = 1; height <= DEPTH; height++) {
      BitSet above = new BitSet(LEAVES);
      for (int node = parents.nextSetBit(0); node >= 0; node = parents.nextSetBit(node + 1)) {
        nodes[node] = inner(node(2 * node, height - 1), node(2 * node + 1, height - 1));
        above.set(node / 2);
      }
      parents = above;
    }
  }

  private byte[] node(int index, int height) {
    return nodes[index] == null ? empty[height] : nodes[index];
  }

  private byte[] leaf(Collection<ChainHead> heads) {
    digest.update(LEAF);
    for (ChainHead head : heads) {
      byte[] chain = head.getChain().getBytes(StandardCharsets.UTF_8);
      digest.update(
          ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
              .putInt(chain.length)
              .putLong(head.getSequence())
              .array());
      digest.update(chain);
      digest.update(head.getHash().getBytes(StandardCharsets.US_ASCII));
    }
    return digest.digest();
  }

  private byte[] inner(byte[] left, byte[] right) {
    return inner(digest, left, right);
  }

  private static byte[] inner(MessageDigest digest, byte[] left, byte[] right) {
    digest.update(INNER);
    digest.update(left);
    digest.update(right);
    return digest.digest();
  }

  /** The leaf of each head's chain. */
  static int[] leavesOf(List<ChainHead> heads) {
    MessageDigest digest = digest();
    return heads.stream().mapToInt(head -> leafOf(digest, head.getChain())).toArray();
  }

  private static int leafOf(MessageDigest digest, String chain) {
    byte[] hash = digest.digest(chain.getBytes(StandardCharsets.UTF_8));
    return (hash[0] & 0xff) << Byte.SIZE | hash[1] & 0xff;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
