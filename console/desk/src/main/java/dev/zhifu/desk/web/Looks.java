package dev.zhifu.desk.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who has looked at what lately. Safe for use by several threads. */
final class Looks {
  private final Duration within;
  private final Map<String, Instant> begun;

  /**
   * @param within how long a look lasts
   * @param most looks that are remembered; of more the oldest are new again
   */
  Looks(Duration within, int most) {
    this.within = within;
    this.begun =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > most;
          }
        };
  }

  /** True when no look of this name has begun within the time; one begins now then. */
  synchronized boolean isNew(String look, Instant now) {
    Instant before = begun.get(look);
    if (before != null && now.isBefore(before.plus(within))) {
      return false;
    }
    begun.remove(look);
    begun.put(look, now);
    return true;
  }
}
