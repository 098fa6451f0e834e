package dev.zhifu.rules.features;

/**
 * Windows and calendar of the features, in milliseconds of event time. A window of {@code w} at
 * event time {@code t} is the half open interval (t − w, t]: what happened exactly {@code w} ago is
 * out, what happened at {@code t} and was seen is in.
 */
final class Windows {
  static final long SECOND = 1_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /**
   * How long lists keep more than their window, so that an event this late still finds what it
   * needs. Twice the largest default lateness of a source (telecom, 60 s) and then rounded up.
   */
  static final long SLACK = 5 * MINUTE;

  /** China has one time zone and no summer time. */
  private static final long CHINA_OFFSET = 8 * HOUR;

  private static final long NIGHT_END = 6 * HOUR;

  private Windows() {}

  /** Day number since 1970-01-01 on the Chinese calendar. */
  static long chinaDay(long time) {
    return Math.floorDiv(time + CHINA_OFFSET, DAY);
  }

  /** True between 00:00 and 06:00 China time, 06:00 not included. */
  static boolean isNight(long time) {
    return Math.floorMod(time + CHINA_OFFSET, DAY) < NIGHT_END;
  }

  /** Whole days from {@code from} to {@code to}. */
  static long wholeDays(long from, long to) {
    return (to - from) / DAY;
  }
}
