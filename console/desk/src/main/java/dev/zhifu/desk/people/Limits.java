package dev.zhifu.desk.people;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often somebody may do something; the least recently seen are forgotten beyond a bound. */
public final class Limits {
  private static final int KEYS_MAX = 10_000;

  private final long times;
  private final Duration per;
  private final Map<String, Bucket> buckets =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
              return size() > KEYS_MAX;
            }
          });

  /**
   * @param times at once, and then again over {@code per}
   * @param per span
   */
  public Limits(long times, Duration per) {
    this.times = times;
    this.per = per;
  }

  /** Whether {@code key} may once more now. */
  public boolean allow(String key) {
    return buckets
        .computeIfAbsent(
            key,
            unseen ->
                Bucket.builder()
                    .addLimit(limit -> limit.capacity(times).refillGreedy(times, per))
                    .build())
        .tryConsume(1);
  }
}
