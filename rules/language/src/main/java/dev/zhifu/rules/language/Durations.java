package dev.zhifu.rules.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as rule files write them: 30s, 10m, 2h, 3d. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(s|m|h|d)");
  private static final long SECOND = 1000;

  private Durations() {}

  /** Milliseconds, or -1 when the text is no duration. */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return -1;
    }
    return Long.parseLong(matcher.group(1)) * unit(matcher.group(2).charAt(0));
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 's' -> SECOND;
      case 'm' -> 60 * SECOND;
      case 'h' -> 3600 * SECOND;
      default -> 86400 * SECOND;
    };
  }

  /** Milliseconds in the largest unit that divides them, as a file would write it. */
  static String format(long ms) {
    for (char letter : new char[] {'d', 'h', 'm', 's'}) {
      if (ms % unit(letter) == 0) {
        return ms / unit(letter) + String.valueOf(letter);
      }
    }
    return ms + " ms";
  }
}
