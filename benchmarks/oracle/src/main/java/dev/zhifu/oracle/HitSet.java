package dev.zhifu.oracle;

import java.util.Set;

/** Size and hash of a set of hits that is too large to keep. Equal sets have equal ones. */
final class HitSet {
  private long size;
  private long hash;

  void add(Set<String> ids) {
    size += ids.size();
    ids.forEach(id -> hash += Long.parseUnsignedLong(id.substring(0, 16), 16));
  }

  void add(HitSet other) {
    size += other.size;
    hash += other.hash;
  }

  void restore(long formerSize, long formerHash) {
    size = formerSize;
    hash = formerHash;
  }

  long size() {
    return size;
  }

  /** Sum of the first 64 bits of the ids, whatever their order. */
  long hash() {
    return hash;
  }

  @Override
  public String toString() {
    return "%d hits, hash %016x".formatted(size, hash);
  }
}
