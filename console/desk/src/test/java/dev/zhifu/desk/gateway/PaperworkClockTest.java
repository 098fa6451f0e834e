package dev.zhifu.desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.gateway.BankReports.Line;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the order that follows a bank's own stop (100401) is owed: our own service level. */
class PaperworkClockTest {
  private static final Instant STOPPED = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration WITHIN = LegalTerms.LATE_PAPERWORK;
  private static final Instant DUE = STOPPED.plus(Duration.ofHours(24));

  private static Line line(Instant stopStart, String orderState) {
    return new Line(
        "report-1",
        "B02",
        STOPPED.plusSeconds(600),
        "incident",
        "teller",
        stopStart == null ? null : "account",
        stopStart,
        stopStart == null ? null : stopStart.plus(Duration.ofHours(48)),
        100,
        false,
        0,
        orderState);
  }

  @Test
  void itCountsFromTheBanksOwnStopAndNotFromTheReport() {
    assertThat(line(STOPPED, null).paperworkDue(WITHIN)).contains(DUE);
    assertThat(line(STOPPED, null).paperworkLate(WITHIN, DUE.minusMillis(1))).isFalse();
    assertThat(line(STOPPED, null).paperworkLate(WITHIN, DUE)).isTrue();
  }

  @Test
  void aRequestThatNobodySignedIsNoOrderAndAnOrderThatWentOutEndsIt() {
    for (String state : new String[] {"DRAFT", "REJECTED", "WITHDRAWN", "MISMATCH"}) {
      assertThat(line(STOPPED, state).paperworkLate(WITHIN, DUE)).as(state).isTrue();
    }
    for (String state : new String[] {"SENT", "ACTIVE", "EXPIRED", "CONVERTED", "TIMEOUT"}) {
      assertThat(line(STOPPED, state).paperworkDue(WITHIN)).as(state).isEmpty();
    }
  }

  @Test
  void withoutAStopNothingIsOwed() {
    assertThat(line(null, null).paperworkDue(WITHIN)).isEmpty();
    assertThat(line(null, null).paperworkLate(WITHIN, DUE)).isFalse();
  }
}
