package dev.zhifu.rules.lives.calendar;

/** The calendar cannot say; the message names file, year and way out. */
public final class CalendarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CalendarException(String message) {
    super(message);
  }
}
