package dev.zhifu.bench;

import dev.zhifu.wire.RuleHit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the running job tells the program that measures it: both live in one JVM, so that counting
 * costs an addition.
 */
final class Meter {
  /** Events that the sources handed over. */
  static final LongAdder EVENTS = new LongAdder();

  /** Elements that reached the last step. */
  static final LongAdder OUT = new LongAdder();

  /** Newest event time handed over. */
  static final AtomicLong NEWEST = new AtomicLong(Long.MIN_VALUE);

  /** Ids of final hits. */
  static final Set<String> HITS = ConcurrentHashMap.newKeySet();

  private Meter() {}

  static void begin() {
    EVENTS.reset();
    OUT.reset();
    NEWEST.set(Long.MIN_VALUE);
    HITS.clear();
  }

  static void newest(long timeMs) {
    NEWEST.accumulateAndGet(timeMs, Math::max);
  }

  static void hit(RuleHit hit) {
    HITS.add(hit.getHitId());
  }
}
