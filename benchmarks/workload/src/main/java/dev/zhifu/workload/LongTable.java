package dev.zhifu.workload;

import java.util.Arrays;

/**
 * Numbers by long keys, open addressing, nothing removed: sixteen bytes a slot where a map of
 * objects takes eighty.
 */
final class LongTable {
  private static final int ABSENT = -1;

  private long[] keys;
  private int[] values;
  private int size;

  LongTable() {
    clear(1 << 12);
  }

  private void clear(int capacity) {
    keys = new long[capacity];
    values = new int[capacity];
    Arrays.fill(values, ABSENT);
  }

  /** The value put under this key, or -1. */
  int get(long key) {
    return values[slot(key)];
  }

  /**
   * Keeps a value of 0 or more.
   *
   * @return false when the key was there already; its value is replaced
   */
  boolean put(long key, int value) {
    int slot = slot(key);
    boolean fresh = values[slot] == ABSENT;
    keys[slot] = key;
    values[slot] = value;
    if (fresh && ++size > keys.length / 4 * 3) {
      grow();
    }
    return fresh;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) Draws.mix(key) & mask;
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    clear(oldKeys.length * 2);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  int size() {
    return size;
  }
}
