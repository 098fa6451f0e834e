package dev.zhifu.jobs.match;

/**
 * Counts, by hash, the keys that have match state. It may say yes for a key that has none, never no
 * for one that has: an event of a key it denies reads no state. A counter that reaches its top
 * stays there.
 */
final class KeyFilter {
  private static final int SLOTS = 1 << 20;
  private static final byte TOP = (byte) 0xFF;

  private final byte[] counts = new byte[SLOTS];
  private long keys;

  void add(Object key) {
    int slot = slot(key);
    if (counts[slot] != TOP) {
      counts[slot]++;
    }
    keys++;
  }

  void remove(Object key) {
    int slot = slot(key);
    if (counts[slot] != TOP && counts[slot] != 0) {
      counts[slot]--;
    }
    keys--;
  }

  boolean mayContain(Object key) {
    return counts[slot(key)] != 0;
  }

  /** Number of keys with match state. */
  long keys() {
    return keys;
  }

  private static int slot(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 16) & SLOTS - 1;
  }
}
