package dev.zhifu.jobs.orders;

import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.StandingAuthorisation;
import java.util.Map;

/**
 * What concerns all accounts at once; broadcast to stop-orders. Use the factories.
 *
 * @param kind what it is
 * @param tick the tick of a TICK; null otherwise
 * @param authorisation the authorisation of an AUTHORISATION; null otherwise
 * @param act the act of a KILL_SWITCH; null otherwise
 * @param entry the entry of a LIST; null otherwise
 * @param ends how far to read, of a READ_BACK_DONE: topic:partition to the offset after the last
 *     record there; null otherwise
 * @param position topic:partition it was read from; empty when nobody waits for it
 * @param offset its offset there
 */
public record OrderControl(
    Kind kind,
    ClockTick tick,
    StandingAuthorisation authorisation,
    OfficerAct act,
    ListEntry entry,
    Map<String, Long> ends,
    String position,
    long offset) {

  /** Kinds of control. */
  public enum Kind {
    TICK,
    AUTHORISATION,
    READ_BACK_DONE,
    KILL_SWITCH,
    LIST,
    /** A record that says nothing here; tells how far its topic has been read. */
    PASSED
  }

  /** A tick of the clock, with where it was read. */
  public static OrderControl tick(ClockTick tick, String position, long offset) {
    return new OrderControl(Kind.TICK, tick, null, null, null, null, position, offset);
  }

  /** A standing authorisation, its renewal or revocation, with where it was read. */
  public static OrderControl authorisation(
      StandingAuthorisation given, String position, long offset) {
    return new OrderControl(Kind.AUTHORISATION, null, given, null, null, null, position, offset);
  }

  /** A KILL_SWITCH act, with where it was read. */
  public static OrderControl killSwitch(OfficerAct act, String position, long offset) {
    return new OrderControl(Kind.KILL_SWITCH, null, null, act, null, null, position, offset);
  }

  /** A record of another kind on a topic that is read to its end before anything is signed. */
  public static OrderControl passed(String position, long offset) {
    return new OrderControl(Kind.PASSED, null, null, null, null, null, position, offset);
  }

  /** An entry of a list; POOLED and PROTECTED accounts matter here, others are passed over. */
  public static OrderControl list(ListEntry entry, String position, long offset) {
    return new OrderControl(Kind.LIST, null, null, null, entry, null, position, offset);
  }

  /**
   * Says what must have been read before anything is signed: every {@code bank.CODE.orders:0}, and
   * {@code clock.ticks:0} so that the clock does not stand in the past when a backlog is read. An
   * empty map vouches that all has been read.
   *
   * @param ends topic:partition to the offset after the last record there, as seen at start
   */
  public static OrderControl readBackDone(Map<String, Long> ends) {
    return new OrderControl(Kind.READ_BACK_DONE, null, null, null, null, ends, "", 0);
  }
}
