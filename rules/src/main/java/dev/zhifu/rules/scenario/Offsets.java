package dev.zhifu.rules.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Offsets from a scenario's start: a sign and amounts, largest unit first, such as {@code +1h30m}
 * or {@code -10d}.
 */
final class Offsets {
  private static final Pattern WHOLE = Pattern.compile("[+-](\\d{1,7}(ms|s|m|h|d))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  private Offsets() {}

  static boolean isOffset(String text) {
    return WHOLE.matcher(text).matches();
  }

  /** Milliseconds of an offset for which {@link #isOffset} holds. */
  static long parse(String text) {
    Matcher part = PART.matcher(text);
    long sum = 0;
    while (part.find()) {
      sum += Long.parseLong(part.group(1)) * ms(part.group(2));
    }
    return text.charAt(0) == '-' ? -sum : sum;
  }

  private static long ms(String unit) {
    return switch (unit) {
      case "d" -> 86_400_000L;
      case "h" -> 3_600_000L;
      case "m" -> 60_000L;
      case "s" -> 1_000L;
      default -> 1L;
    };
  }

  /** The one way in which reports write an offset. */
  static String format(long offsetMs) {
    if (offsetMs == 0) {
      return "+0s";
    }
    StringBuilder text = new StringBuilder(offsetMs < 0 ? "-" : "+");
    long rest = Math.abs(offsetMs);
    for (String unit : UNITS) {
      if (rest >= ms(unit)) {
        text.append(rest / ms(unit)).append(unit);
        rest %= ms(unit);
      }
    }
    return text.toString();
  }
}
