package dev.zhifu.rules.matching;

import java.util.HashMap;
import java.util.Map;

/** Match state of one key in memory: for tests, scenarios and explanations. */
public final class HeapMatchStateStore implements MatchStateStore {
  private final Map<Integer, byte[]> bases = new HashMap<>();
  private byte[] record;

  @Override
  public byte[] record() {
    return record;
  }

  @Override
  public void putRecord(byte[] bytes) {
    record = bytes;
  }

  @Override
  public byte[] base(int ruleNumber) {
    return bases.get(ruleNumber);
  }

  @Override
  public void putBase(int ruleNumber, byte[] bytes) {
    if (bytes == null) {
      bases.remove(ruleNumber);
    } else {
      bases.put(ruleNumber, bytes);
    }
  }

  /** What it keeps now, as a snapshot copies it. */
  public HeapMatchStateStore copy() {
    HeapMatchStateStore copy = new HeapMatchStateStore();
    copy.record = record;
    copy.bases.putAll(bases);
    return copy;
  }

  /** True when nothing is kept. */
  public boolean isEmpty() {
    return record == null && bases.isEmpty();
  }

  /** Bytes kept. */
  public long bytes() {
    long bytes = record == null ? 0 : record.length;
    for (byte[] base : bases.values()) {
      bytes += base.length;
    }
    return bytes;
  }
}
