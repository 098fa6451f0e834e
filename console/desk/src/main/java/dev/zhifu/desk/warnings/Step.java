package dev.zhifu.desk.warnings;

import java.time.Instant;

/**
 * One thing done about a warning.
 *
 * @param at tick
 * @param personId who says so
 * @param kind what
 * @param contactId who is sent, for SENT; else null
 * @param note in words; may be empty
 */
public record Step(Instant at, String personId, Kind kind, String contactId, String note) {

  /** What can be done. */
  public enum Kind {
    /** Somebody is sent, or told to call. */
    SENT,
    /** The victim was reached and listens; nothing more is paid. */
    REACHED,
    /** Nobody was there. */
    NOT_FOUND,
    /** The victim does not listen. */
    NOT_LISTENING,
    /** The line was busy. */
    LINE_BUSY,
    /** A follow-up visit was made. */
    FOLLOWED_UP,
    /** Ended by an officer without a visit, with a reason. */
    ENDED;

    /** True for a try that did not help. */
    public boolean failed() {
      return this == NOT_FOUND || this == NOT_LISTENING || this == LINE_BUSY;
    }

    /** True for what ends the task, but for follow-ups. */
    public boolean ends() {
      return this == REACHED || this == FOLLOWED_UP || this == ENDED;
    }
  }
}
