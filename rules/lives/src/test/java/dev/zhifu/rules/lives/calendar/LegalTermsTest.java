package dev.zhifu.rules.lives.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LegalTermsTest {

  private static final LegalTerms TERMS = new LegalTerms(WorkCalendar.official());

  @Test
  void aStopEnds48HoursAfterTheBanksStartToTheMillisecond() {
    assertThat(LegalTerms.stopEnd(at("2026-09-30T23:59:59.999")))
        .isEqualTo(at("2026-10-02T23:59:59.999"));
  }

  @Test
  void aFreezeEndsWithTheCorrespondingDayAndNeverRollsPastAHoliday() {
    // 1 October is a holiday: the end stays there.
    assertThat(LegalTerms.freezeEnd(at("2026-04-01T09:30:00"), 6, null))
        .isEqualTo(at("2026-10-02T00:00:00"));
    assertThat(LegalTerms.freezeEnd(at("2026-08-31T09:30:00"), 6, null))
        .isEqualTo(at("2027-03-01T00:00:00"));
    assertThat(LegalTerms.freezeEnd(at("2027-08-31T00:00:00"), 6, null))
        .as("29 February in a leap year")
        .isEqualTo(at("2028-03-01T00:00:00"));
  }

  @Test
  void theBanksExpiryCountsWhenItIsEarlierAndNeverWhenItIsLater() {
    Instant start = at("2026-04-01T09:30:00");
    assertThat(LegalTerms.freezeEnd(start, 6, at("2026-10-01T09:30:00")))
        .isEqualTo(at("2026-10-01T09:30:00"));
    assertThat(LegalTerms.freezeEnd(start, 6, at("2027-04-01T09:30:00")))
        .isEqualTo(at("2026-10-02T00:00:00"));
  }

  @Test
  void aRenewalIsInTimeUpToTenDaysBeforeTheEnd() {
    Instant end = at("2026-10-02T00:00:00");
    assertThat(LegalTerms.renewalInTime(at("2026-09-22T00:00:00"), end)).isTrue();
    assertThat(LegalTerms.renewalInTime(at("2026-09-22T00:00:00.001"), end)).isFalse();
  }

  @Test
  void aNoticeRunsThirtyFullDaysAfterTheDayOfItsPublication() {
    assertThat(LegalTerms.noticeEnd(at("2026-06-01T00:00:01")))
        .isEqualTo(at("2026-07-02T00:00:00"));
  }

  @Test
  void threeWorkingDaysEndWithTheThirdOne() {
    assertThat(TERMS.workingDaysEnd(at("2026-09-30T10:00:00"), LegalTerms.EXECUTION_DAYS))
        .isEqualTo(at("2026-10-11T00:00:00"));
    assertThat(TERMS.workingDaysEnd(at("2026-11-27T10:00:00"), LegalTerms.APPEAL_DAYS))
        .isEqualTo(at("2026-12-01T00:00:00"));
  }

  @Test
  void aMissingYearMakesAnAlarmEarlyNeverLate() {
    Instant eve = at("2026-12-31T10:00:00");
    assertThat(TERMS.workingDaysEndOrEarlier(eve, 3)).isEqualTo(at("2027-01-04T00:00:00"));
    assertThat(TERMS.knows(eve, 3)).contains("no year 2027");
    assertThat(TERMS.knows(at("2026-11-27T10:00:00"), 3)).isNull();
  }

  @Test
  void warningsComeAheadOfTheEndAndNoneBeforeTheStart() {
    Instant start = at("2026-06-01T00:00:00");
    assertThat(LegalTerms.warnings(start, LegalTerms.stopEnd(start), LegalTerms.STOP_WARNINGS))
        .containsExactly(
            at("2026-06-02T12:00:00"), at("2026-06-02T20:00:00"), at("2026-06-02T23:00:00"));
    assertThat(
            LegalTerms.warnings(start, start.plus(Duration.ofHours(2)), LegalTerms.STOP_WARNINGS))
        .containsExactly(at("2026-06-01T01:00:00"));
    assertThat(
            LegalTerms.FREEZE_WARNINGS.stream()
                .filter(ahead -> ahead.compareTo(LegalTerms.RENEWAL_AHEAD) > 0))
        .as("warnings that still leave time to renew")
        .hasSize(3);
  }

  /** Beijing time. */
  private static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(LegalTerms.ZONE).toInstant();
  }
}
