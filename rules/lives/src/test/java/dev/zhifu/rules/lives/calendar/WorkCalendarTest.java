package dev.zhifu.rules.lives.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {

  private static final WorkCalendar CALENDAR = WorkCalendar.official();

  @Test
  void aMakeUpSundayIsAWorkingDayAndAHolidayMondayIsNot() {
    assertThat(CALENDAR.isWorkingDay(day("2026-02-14"))).isTrue();
    assertThat(CALENDAR.isWorkingDay(day("2026-02-16"))).isFalse();
    assertThat(CALENDAR.isWorkingDay(day("2026-02-24"))).isTrue();
    assertThat(CALENDAR.isWorkingDay(day("2026-02-22"))).isFalse();
  }

  /**
   * Working days of each year by count: 365 or 366 days less weekends and holidays plus made up.
   */
  @Test
  void theWorkingDaysOfEachYearAddUp() {
    assertThat(workingDays(2024)).isEqualTo(251);
    assertThat(workingDays(2025)).isEqualTo(248);
    assertThat(workingDays(2026)).isEqualTo(248);
    assertThat(CALENDAR.notices()).containsOnlyKeys(2024, 2025, 2026);
  }

  private static long workingDays(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(CALENDAR::isWorkingDay)
        .count();
  }

  @Test
  void threeWorkingDaysRunAcrossTheNationalDay() {
    assertThat(CALENDAR.plusWorkingDays(day("2026-09-30"), 3)).isEqualTo(day("2026-10-10"));
    assertThat(CALENDAR.plusWorkingDays(day("2026-11-27"), 3)).isEqualTo(day("2026-12-02"));
    assertThat(CALENDAR.plusWorkingDays(day("2026-09-18"), 1)).isEqualTo(day("2026-09-20"));
  }

  @Test
  void aYearThatIsNotInTheFileIsAnErrorWithItsWayOut() {
    assertThatThrownBy(() -> CALENDAR.plusWorkingDays(day("2026-12-31"), 1))
        .isInstanceOf(CalendarException.class)
        .hasMessageContaining("holidays.yaml has no year 2027")
        .hasMessageContaining("[2024, 2025, 2026]")
        .hasMessageContaining("State Council's notice");
  }

  @Test
  void aFileThatContradictsItselfIsRefused() {
    Map.of(
            "- {year: 2030, notice: n, off: [2030-01-01], work: [2030-01-05, 2030-01-01]}",
            "2030-01-01 is both off and work",
            "- {year: 2030, notice: n, off: [2029-01-01], work: []}",
            "2029-01-01 stands under 2030",
            "- {year: 2030, notice: n, off: [spring], work: []}",
            "spring under 2030 is no day",
            "- {year: 2030, notice: n, off: [], work: [2030-01-02]}",
            "2030-01-02 is a WEDNESDAY",
            "- {year: 2030, off: [], work: []}",
            "with its number and its notice",
            "- {year: 2030, notice: n, off: 2030-01-01, work: []}",
            "off of 2030 must be a list")
        .forEach(
            (text, complaint) ->
                assertThatThrownBy(() -> read(text))
                    .isInstanceOf(CalendarException.class)
                    .hasMessageContaining("test.yaml")
                    .hasMessageContaining(complaint));
  }

  private static WorkCalendar read(String text) {
    return WorkCalendar.read(
        "test.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }
}
