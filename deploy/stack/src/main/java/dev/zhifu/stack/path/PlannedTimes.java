package dev.zhifu.stack.path;

import java.nio.charset.StandardCharsets;

/**
 * When each record was to be sent, by a 64-bit hash of its id: the newest {@code capacity} to twice
 * as many. For one writer and several readers.
 */
final class PlannedTimes {
  /** Answered for an id that is not known, or no longer. */
  static final long UNKNOWN = 0;

  private final int capacity;
  private Table now;
  private Table before;

  /**
   * @param capacity ids kept at least, 1 or more
   */
  PlannedTimes(int capacity) {
    this.capacity = capacity;
    this.now = new Table(capacity);
    this.before = new Table(1);
  }

  /** Notes an id with a time after 1970; its first planned time counts as long as it is known. */
  synchronized void note(String id, long plannedMs) {
    long hash = hash(id);
    if (before.get(hash) == UNKNOWN && now.get(hash) == UNKNOWN) {
      if (now.size == capacity) {
        before = now;
        now = new Table(capacity);
      }
      now.put(hash, plannedMs);
    }
  }

  /** Planned time, UTC milliseconds, or {@link #UNKNOWN}. */
  synchronized long of(String id) {
    long hash = hash(id);
    long found = now.get(hash);
    return found == UNKNOWN ? before.get(hash) : found;
  }

  /** FNV-1a with a final mix; two of ten million ids share one with a chance of 1 in 300,000. */
  static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (byte one : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ one) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0x9E3779B97F4A7C15L;
    return hash ^ hash >>> 29;
  }

  private static final class Table {
    private final long[] keys;
    private final long[] values;
    private int size;

    Table(int capacity) {
      int slots = Math.max(2, Integer.highestOneBit(Math.max(1, capacity)) << 2);
      keys = new long[slots];
      values = new long[slots];
    }

    long get(long hash) {
      return values[slot(hash)];
    }

    void put(long hash, long value) {
      int slot = slot(hash);
      keys[slot] = hash;
      values[slot] = value;
      size++;
    }

    private int slot(long hash) {
      int mask = keys.length - 1;
      int slot = (int) hash & mask;
      while (values[slot] != UNKNOWN && keys[slot] != hash) {
        slot = slot + 1 & mask;
      }
      return slot;
    }
  }
}
