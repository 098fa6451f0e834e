package dev.zhifu.rules.lives.order;

import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an account has to be watched for that its bank has stopped itself (100401, applicationType
 * 02): that the order which supplies the paperwork goes out (100101, types 04 and 05). Within what
 * time was not read in any text; it is our own service level. Pure; public for Flink's serializer.
 *
 * @param caseId first case of the newest request on the account; empty before there is one
 * @param out whether an order on the account is out, and neither refused nor rejected
 * @param reportId the bank's report; empty while it has made none
 * @param bank the bank
 * @param startMs start of the bank's own stop, UTC milliseconds
 * @param dueMs when the order is owed
 * @param rungMs up to when has been rung, tick time; 0: never
 */
public record PaperworkClock(
    String caseId,
    boolean out,
    String reportId,
    String bank,
    long startMs,
    long dueMs,
    long rungMs) {

  /** An account of which nothing is known. */
  public static final PaperworkClock NONE = new PaperworkClock("", false, "", "", 0, 0, 0);

  /** The order comes near. */
  public static final String NEAR = "PAPERWORK_NEAR";

  /** The order is overdue. */
  public static final String OVERDUE = "PAPERWORK_OVERDUE";

  private static final Set<OrderState> NOT_OUT =
      EnumSet.of(
          OrderState.DRAFT,
          OrderState.REJECTED,
          OrderState.WITHDRAWN,
          OrderState.MISMATCH,
          OrderState.NOT_FOUND,
          OrderState.REJECTED_FORMAT);

  /** The end of an order's life says nothing of the next one. */
  private static final Set<OrderState> SAYS_NOTHING =
      EnumSet.of(
          OrderState.DRAFT,
          OrderState.WITHDRAWN,
          OrderState.RELEASED,
          OrderState.EXPIRED,
          OrderState.CONVERTED);

  /** True when an order in this state has gone out and its bank has not refused it. */
  public static boolean hasGoneOut(OrderState state) {
    return !NOT_OUT.contains(state);
  }

  /**
   * When the order is owed: {@code within} after the bank's own start, and never later than the end
   * of its own stop, when the money can leave.
   */
  public static Instant due(Instant start, Instant expire, Duration within) {
    Instant due = start.plus(within);
    return due.isAfter(expire) ? expire : due;
  }

  /** The clock after a transition of an order on the account. */
  public PaperworkClock told(OrderState state, List<String> caseIds) {
    return new PaperworkClock(
        caseIds.isEmpty() ? caseId : caseIds.get(0),
        SAYS_NOTHING.contains(state) ? out : hasGoneOut(state),
        reportId,
        bank,
        startMs,
        dueMs,
        rungMs);
  }

  /** The clock after a bank's report of its own stop; one that began before a known one is old. */
  public PaperworkClock reported(String report, String by, OwnStop stop, Duration within) {
    long start = stop.getStartTime().toEpochMilli();
    return start <= startMs
        ? this
        : new PaperworkClock(
            caseId,
            out,
            report,
            by,
            start,
            due(stop.getStartTime(), stop.getExpireTime(), within).toEpochMilli(),
            0);
  }

  /**
   * Something that is due.
   *
   * @param at when, tick time
   * @param alarm {@link #NEAR} or {@link #OVERDUE}
   * @param words what to do
   */
  public record Due(Instant at, String alarm, String words) {}

  /** What is due at {@code nowMs} and was not rung before: the last of it alone. */
  public Optional<Due> due(long nowMs) {
    return out
        ? Optional.empty()
        : all().stream()
            .filter(due -> due.at().toEpochMilli() > rungMs && due.at().toEpochMilli() <= nowMs)
            .reduce((one, later) -> later);
  }

  /** The clock once all that is due at {@code nowMs} was rung. */
  public PaperworkClock rung(long nowMs) {
    return new PaperworkClock(caseId, out, reportId, bank, startMs, dueMs, Math.max(rungMs, nowMs));
  }

  /** When something is due next; empty when nothing will be. */
  public Optional<Instant> next() {
    return all().stream().map(Due::at).filter(at -> at.toEpochMilli() > rungMs).findFirst();
  }

  private List<Due> all() {
    List<Due> all = new ArrayList<>();
    if (!reportId.isEmpty()) {
      Instant due = Instant.ofEpochMilli(dueMs);
      long ahead = Math.min(LegalTerms.PAPERWORK_AHEAD.toMillis(), (dueMs - startMs) / 2);
      all.add(new Due(due.minusMillis(ahead), NEAR, words("is owed by " + due)));
      all.add(new Due(due, OVERDUE, words("was owed by " + due)));
    }
    return all;
  }

  private String words(String when) {
    return bank
        + " has stopped the account itself since "
        + Instant.ofEpochMilli(startMs)
        + " (report "
        + reportId
        + "); the order that follows (100101, type 04 or 05) "
        + when
        + " (our own service level): accept the report and sign, or tell the bank";
  }
}
