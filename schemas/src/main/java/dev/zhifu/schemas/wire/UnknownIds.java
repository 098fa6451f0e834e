package dev.zhifu.schemas.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Schema ids that the registry lately said it does not know, so that a flood of records with one
 * bad id asks once in {@value #FORGET_SECONDS} s and not once a record. Bounded: past {@value
 * #LIMIT} ids the oldest is forgotten. Thread-safe.
 */
final class UnknownIds {

  static final int LIMIT = 1_000;
  static final long FORGET_SECONDS = 30;

  private static final long FORGET_NANOS = FORGET_SECONDS * 1_000_000_000L;

  private final LongSupplier nanoClock;
  private final Map<Integer, Long> askedAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
          return size() > LIMIT;
        }
      };

  /**
   * @param nanoClock elapsed nanoseconds; only differences count
   */
  UnknownIds(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Whether {@code id} was found unknown so lately that it need not be asked again. */
  synchronized boolean contains(int id) {
    Long asked = askedAt.get(id);
    if (asked == null) {
      return false;
    }
    if (nanoClock.getAsLong() - asked < FORGET_NANOS) {
      return true;
    }
    askedAt.remove(id);
    return false;
  }

  synchronized void add(int id) {
    askedAt.put(id, nanoClock.getAsLong());
  }

  synchronized int size() {
    return askedAt.size();
  }
}
