package dev.zhifu.jobs.flow;

import dev.zhifu.wire.RulePublication;
import java.util.List;
import java.util.Map;

/**
 * Looks for publications that ended, only when one may have: a thousand of them need not be gone
 * over at each watermark. Event times asked for must not go back.
 */
public final class Endings {
  private long looksAgainAtMs = Long.MIN_VALUE;

  /** A publication was put or taken away. */
  public void changed() {
    looksAgainAtMs = Long.MIN_VALUE;
  }

  /** Whether any publication took effect, was put or taken away since it was looked last. */
  public boolean mayBe(long untilMs) {
    return untilMs >= looksAgainAtMs;
  }

  /** Keys of publications that no event after {@code untilMs} can use, see {@link Places#ended}. */
  public List<String> upTo(long untilMs, Iterable<Map.Entry<String, RulePublication>> kept) {
    looksAgainAtMs = Long.MAX_VALUE;
    for (Map.Entry<String, RulePublication> entry : kept) {
      long fromMs = entry.getValue().getEffectiveFrom().toEpochMilli();
      if (fromMs > untilMs) {
        looksAgainAtMs = Math.min(looksAgainAtMs, fromMs);
      }
    }
    return Places.ended(kept, untilMs);
  }
}
