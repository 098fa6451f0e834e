package dev.zhifu.oracle;

import dev.zhifu.rules.matching.MatchStateStore;
import java.util.HashMap;
import java.util.Map;

/** Match state of one key in memory, which can be copied as a snapshot copies it. */
final class KeyState implements MatchStateStore {
  private final Map<Integer, byte[]> bases = new HashMap<>();
  private byte[] record;

  KeyState copy() {
    KeyState copy = new KeyState();
    copy.record = record;
    copy.bases.putAll(bases);
    return copy;
  }

  boolean isEmpty() {
    return record == null && bases.isEmpty();
  }

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
}
