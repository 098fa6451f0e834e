package dev.zhifu.rules.lives.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * When each term ends, from the instant it began. All ends are exclusive: at the end the term is
 * over. Days are those of Beijing. Nothing here rolls an end past a holiday: what restricts a
 * person never lasts longer because of one.
 */
public final class LegalTerms {

  /** Where days begin. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A stop, from the moment that it took effect at the bank (银发〔2016〕86号). */
  public static final Duration STOP = Duration.ofHours(48);

  /** Most effective stops on one account (银发〔2016〕86号). */
  public static final int STOPS_MAX = 2;

  /** A risk hold at the bank; our own. */
  public static final Duration RISK_HOLD = Duration.ofHours(24);

  /** From report to entry of the first account (2016 platform notice). */
  public static final Duration ENTRY = Duration.ofMinutes(30);

  /**
   * From a bank's own stop to the order that follows it (types 04 and 05); not read in any text,
   * our own: the default of the setting paperwork.hours.
   */
  public static final Duration LATE_PAPERWORK = Duration.ofHours(24);

  /**
   * That order is warned of so long before it is owed, at half of its time at the latest; our own.
   */
  public static final Duration PAPERWORK_AHEAD = Duration.ofHours(4);

  /** To hand a case over (程序规定 art. 175). */
  public static final Duration TRANSFER = Duration.ofHours(24);

  /** To release what is not case money (art. 247); counted as 72 h, never longer than the law's. */
  public static final Duration RELEASE = Duration.ofDays(3);

  /** Renewal is due this long before the end (公通字〔2024〕22号). */
  public static final Duration RENEWAL_AHEAD = Duration.ofDays(10);

  /** A renewal comes up so long before the end, three weeks before its last day; our own. */
  public static final Duration RENEWAL_IN_SIGHT = Duration.ofDays(30);

  /** Longest freeze and renewal, months; with the city head's approval {@link #LONG_FREEZE}. */
  public static final int FREEZE = 6;

  /** Longest freeze and renewal of a serious case, months (art. 243). */
  public static final int LONG_FREEZE = 12;

  /** Verification of a whole account or a related one, months (公通字〔2024〕22号). */
  public static final int VERIFY_WHOLE = 1;

  /** Verification of all others, and the most of all, months (公通字〔2024〕22号). */
  public static final int VERIFY = 3;

  /** Accounts of one batch from which the city head decides: 200 is included (以上). */
  public static final int BATCH_FOR_CITY_HEAD = 200;

  /** Accounts of one case from which the city head decides: 500 is included (以上). */
  public static final int CASE_FOR_CITY_HEAD = 500;

  /** Public notice of a pro-rata refund, days (返还规定 art. 8). */
  public static final int NOTICE_DAYS = 30;

  /** For the bank to pay a refund, working days from its receipt of the notice (返还规定 art. 12). */
  public static final int EXECUTION_DAYS = 3;

  /** To accept an appeal, working days; our own. */
  public static final int APPEAL_DAYS = 1;

  /** To answer an appeal, after 反洗钱法 art. 39; our own for other measures. */
  public static final Duration APPEAL_CHECK = Duration.ofDays(15);

  /** Longest victim hold; our own. */
  public static final Duration VICTIM_HOLD = Duration.ofDays(30);

  /** When an unanswered order goes up: bank's duty desk, banner, city. Our own service level. */
  public static final List<Duration> ESCALATION =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(3), Duration.ofMinutes(5));

  /** To print a request that goes on paper; our own service level. */
  public static final Duration PAPER_PRINT = Duration.ofMinutes(10);

  /** To serve it once printed; our own service level. */
  public static final Duration PAPER_SERVE = Duration.ofHours(4);

  /** For the institution to answer once served; our own service level. */
  public static final Duration PAPER_ANSWER = Duration.ofHours(24);

  /** Warnings ahead of the end of a stop; our own. */
  public static final List<Duration> STOP_WARNINGS =
      List.of(Duration.ofHours(12), Duration.ofHours(4), Duration.ofHours(1));

  /**
   * Warnings ahead of the end of a freeze; our own. Three leave time to renew, the last says that
   * it is too late.
   */
  public static final List<Duration> FREEZE_WARNINGS =
      List.of(
          Duration.ofDays(20), Duration.ofDays(13), RENEWAL_AHEAD.plusDays(1), Duration.ofDays(3));

  /** Warnings ahead of the end of a victim hold; our own. */
  public static final List<Duration> VICTIM_HOLD_WARNINGS =
      List.of(Duration.ofDays(3), Duration.ofDays(1));

  private final WorkCalendar calendar;

  /**
   * @param calendar the official calendar
   */
  public LegalTerms(WorkCalendar calendar) {
    this.calendar = calendar;
  }

  /** End of a stop: 48 h from the bank's own start time, never from ours; no roll. */
  public static Instant stopEnd(Instant bankStart) {
    return bankStart.plus(STOP);
  }

  /**
   * End of a term of months (刑诉法 art. 105: the first day is not counted): the end of the
   * corresponding day, of the last day of the month where there is none.
   */
  public static Instant monthsEnd(Instant start, int months) {
    return endOf(dayOf(start).plusMonths(months));
  }

  /**
   * End of a freeze: the earlier of the end of the corresponding day and what the bank gives.
   *
   * @param bankExpires null when the bank gives none
   */
  public static Instant freezeEnd(Instant start, int months, Instant bankExpires) {
    Instant byLaw = monthsEnd(start, months);
    return bankExpires != null && bankExpires.isBefore(byLaw) ? bankExpires : byLaw;
  }

  /** True while a renewal is in time. */
  public static boolean renewalInTime(Instant now, Instant end) {
    return !now.isAfter(end.minus(RENEWAL_AHEAD));
  }

  /** End of a public notice: the end of the 30th day after its day, so that none comes too late. */
  public static Instant noticeEnd(Instant published) {
    return endOf(dayOf(published).plusDays(NOTICE_DAYS));
  }

  /**
   * End of a term of working days; the day it began is not counted.
   *
   * @throws CalendarException if a year on the way is not in the file
   */
  public Instant workingDaysEnd(Instant start, int days) {
    return endOf(calendar.plusWorkingDays(dayOf(start), days));
  }

  /**
   * As {@link #workingDaysEnd}, and when a year is missing the end as if every day were one: alarms
   * then come early, never late. {@link #knows} says whether that happened.
   */
  public Instant workingDaysEndOrEarlier(Instant start, int days) {
    try {
      return workingDaysEnd(start, days);
    } catch (CalendarException e) {
      return endOf(dayOf(start).plusDays(days));
    }
  }

  /** The calendar's complaint about a term of working days; null when it knows the years. */
  public String knows(Instant start, int days) {
    try {
      workingDaysEnd(start, days);
      return null;
    } catch (CalendarException e) {
      return e.getMessage();
    }
  }

  /** The instants of {@code ahead} before {@code end} that are not before {@code start}. */
  public static List<Instant> warnings(Instant start, Instant end, List<Duration> ahead) {
    return ahead.stream().map(end::minus).filter(at -> at.isAfter(start)).sorted().toList();
  }

  /** The day of an instant, in Beijing. */
  public static LocalDate dayOf(Instant at) {
    return at.atZone(ZONE).toLocalDate();
  }

  private static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZONE).toInstant();
  }
}
