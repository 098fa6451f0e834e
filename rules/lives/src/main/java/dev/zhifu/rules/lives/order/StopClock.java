package dev.zhifu.rules.lives.order;

import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.wire.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one stop-payment order has to be watched for: an answer that stays out (1, 3, 5 minutes; our
 * own service level) and an end that comes near (12, 4, 1 hours before 48 h from the bank's own
 * start are over). Pure; public for Flink's serializer.
 *
 * @param state its state as stop-orders says; null before it is known
 * @param sequence number of the transition behind it; 0 before
 * @param sentAtMs when it was first sent, tick time, UTC milliseconds; 0 before
 * @param startMs the bank's start time; 0 before it gave one
 * @param rungMs up to when has been rung, tick time; 0: never
 */
public record StopClock(OrderState state, long sequence, long sentAtMs, long startMs, long rungMs) {

  /** An order of which nothing is known. */
  public static final StopClock NONE = new StopClock(null, 0, 0, 0, 0);

  private static final List<String> LEVELS =
      List.of("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");

  /**
   * Something that is due.
   *
   * @param at when, tick time
   * @param event what it is in the order's table
   * @param alarm ESCALATE_BANK, ESCALATE_BANNER, ESCALATE_CITY or END_NEAR
   * @param words what to do
   */
  public record Due(Instant at, OrderEvent event, String alarm, String words) {}

  /** The clock after a transition; an older one than known changes nothing. */
  public StopClock told(OrderState next, long number, long tickMs) {
    if (number <= sequence) {
      return this;
    }
    long sent = sentAtMs == 0 && next == OrderState.SENT ? tickMs : sentAtMs;
    return new StopClock(next, number, sent, startMs, rungMs);
  }

  /** The clock after the bank's answer; only the first start time counts. */
  public StopClock started(long bankStartMs) {
    return startMs > 0 ? this : new StopClock(state, sequence, sentAtMs, bankStartMs, rungMs);
  }

  /** What is due at {@code nowMs} and was not rung before, the earliest first. */
  public List<Due> due(long nowMs) {
    return all().stream()
        .filter(due -> due.at().toEpochMilli() > rungMs && due.at().toEpochMilli() <= nowMs)
        .filter(due -> applies(due, nowMs))
        .toList();
  }

  /** The clock once all that is due at {@code nowMs} was rung. */
  public StopClock rung(long nowMs) {
    return new StopClock(state, sequence, sentAtMs, startMs, Math.max(rungMs, nowMs));
  }

  /** When something is due next; empty when nothing will be. */
  public Optional<Instant> next() {
    return all().stream().map(Due::at).filter(at -> at.toEpochMilli() > rungMs).findFirst();
  }

  private boolean applies(Due due, long nowMs) {
    Set<OrderFact> facts = EnumSet.noneOf(OrderFact.class);
    if (startMs > 0 && nowMs < end().toEpochMilli()) {
      facts.add(OrderFact.BEFORE_EXPIRY);
    }
    return state != null && OrderTable.law().step(state, due.event(), facts).isPresent();
  }

  private Instant end() {
    return LegalTerms.stopEnd(Instant.ofEpochMilli(startMs));
  }

  private List<Due> all() {
    List<Due> all = new ArrayList<>();
    if (sentAtMs > 0) {
      for (int i = 0; i < LEVELS.size(); i++) {
        Duration after = LegalTerms.ESCALATION.get(i);
        all.add(
            new Due(
                Instant.ofEpochMilli(sentAtMs).plus(after),
                OrderEvent.ANSWER_LATE,
                LEVELS.get(i),
                "no answer after " + after.toMinutes() + " min (our own service level)"));
      }
    }
    if (startMs > 0) {
      for (Duration ahead : LegalTerms.STOP_WARNINGS) {
        all.add(
            new Due(
                end().minus(ahead),
                OrderEvent.END_NEAR,
                "END_NEAR",
                "ends in " + ahead.toHours() + " h, at " + end() + ": freeze, extend or let go"));
      }
    }
    all.sort(Comparator.comparing(Due::at));
    return all;
  }
}
