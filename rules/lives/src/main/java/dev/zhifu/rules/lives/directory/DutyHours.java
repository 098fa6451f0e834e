package dev.zhifu.rules.lives.directory;

import dev.zhifu.rules.lives.calendar.LegalTerms;
import java.time.Instant;
import java.time.LocalTime;

/**
 * When somebody answers, each day, Beijing time; hours may run past midnight.
 *
 * @param fromMinute minute of the day, 0 to 1,439
 * @param toMinute minute of the day, 1 to 1,440
 */
public record DutyHours(int fromMinute, int toMinute) {
  private static final int DAY = 24 * 60;

  /** Hours from a text such as {@code 08:00-20:00}; null when it is none. */
  static DutyHours parse(String text) {
    if (text == null || !text.matches("\\d\\d:\\d\\d-\\d\\d:\\d\\d")) {
      return null;
    }
    int from = minute(text.substring(0, 5));
    int to = minute(text.substring(6));
    return from < 0 || to < 0 || from == DAY || from == to ? null : new DutyHours(from, to);
  }

  private static int minute(String time) {
    int minute = Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    boolean real = Integer.parseInt(time.substring(3)) < 60 && minute <= DAY;
    return real ? minute : -1;
  }

  /** True when somebody answers at {@code at}. */
  public boolean covers(Instant at) {
    LocalTime time = at.atZone(LegalTerms.ZONE).toLocalTime();
    int minute = time.getHour() * 60 + time.getMinute();
    return fromMinute < toMinute
        ? minute >= fromMinute && minute < toMinute
        : minute >= fromMinute || minute < toMinute;
  }

  /** True when somebody answers at every time of the day. */
  public boolean always() {
    return fromMinute == 0 && toMinute == DAY;
  }
}
