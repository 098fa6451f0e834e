package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimStatus;
import dev.zhifu.workload.CitySummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo tells money lost, kept, stopped, frozen and refunded, with the engine and without. */
class DemoReportTest {
  private static final String WITH =
      """
      {"victimLossFen": 900000, "heldBackFen": 250000, "heldBackOnMulesFen": 50000,
       "stoppedFen": 300000, "balanceStoppedFen": 700000}\
      """;
  private static final String WITHOUT = "{\"victimLossFen\": 1100000}";

  @Test
  void moneyIsToldWithTheEngineAndWithout() throws JsonProcessingException {
    Tally tally = new Tally(Instant.EPOCH);
    lives().forEach(tally::life);
    DemoReport report =
        new DemoReport(
            new DemoPlan("small", 1, 100, 60, 0, 0, 1, true),
            tally,
            new CityTruth("a", "b", city(WITH), city(WITHOUT), List.of(), List.of()));
    Map<String, Object> json = report.json(List.of(), 0, 0, 0);

    assertThat(json).containsEntry("frozenFen", 200_000L).containsEntry("refundedFen", 120_000L);
    assertThat(json.get("moneyFen"))
        .isEqualTo(
            Map.of(
                "withEngine",
                Map.of(
                    "lost", 550_000L,
                    "kept", 550_000L,
                    "balanceStopped", 700_000L,
                    "frozen", 200_000L,
                    "refunded", 120_000L),
                "withoutEngine",
                Map.of(
                    "lost", 1_100_000L,
                    "kept", 0L,
                    "balanceStopped", 0L,
                    "frozen", 0L,
                    "refunded", 0L)));
    assertThat(report.lines(json))
        .anyMatch(
            line ->
                line.contains("with the engine: ")
                    && line.contains("frozen " + Yuan.of(200_000))
                    && line.contains("refunded " + Yuan.of(120_000)))
        .anyMatch(line -> line.contains("without it: " + Yuan.of(1_100_000) + " lost"));
  }

  @Test
  void eachPaidVictimsShareIsTold() throws JsonProcessingException {
    Tally tally = new Tally(Instant.EPOCH);
    lives().forEach(tally::life);
    tally.victim(victim("a", 400_000, 0));
    tally.victim(victim("a", 400_000, 100_000));
    tally.victim(victim("b", 300_000, 0));
    tally.alarm(alarm("ACT_REFUSED"));
    tally.alarm(alarm("RELEASE_DUE"));
    DemoReport report =
        new DemoReport(
            new DemoPlan("small", 1, 100, 60, 0, 0, 1, true),
            tally,
            new CityTruth("a", "b", city(WITH), city(WITHOUT), List.of(), List.of()));
    Map<String, Object> json = report.json(List.of(), 0, 0, 0);

    assertThat(json.get("recovery"))
        .isEqualTo(
            Map.of(
                "cases",
                Map.of(),
                "freezes",
                Map.of("S", 1L),
                "refunds",
                Map.of("S", 1L),
                "papers",
                Map.of(),
                "actsRefused",
                1,
                "refusedWhy",
                List.of("words"),
                "victims",
                2,
                "victimsPaid",
                1,
                "reportedLossFen",
                700_000L,
                "victimsPaidFen",
                List.of(Map.of("lossFen", 400_000L, "refundedFen", 100_000L))));
    assertThat(report.lines(json))
        .anyMatch(
            line ->
                line.contains(
                        "1 of 2, "
                            + Yuan.of(100_000)
                            + " of their "
                            + Yuan.of(400_000)
                            + " reported")
                    && line.contains("25.0 %"));
  }

  private static VictimFile victim(String holder, long loss, long refunded) {
    return VictimFile.newBuilder()
        .setVictim(holder)
        .setClaims(List.of("r-" + holder))
        .setStatus(refunded > 0 ? VictimStatus.PAID_IN_PART : VictimStatus.REPORTED)
        .setLossFen(loss)
        .setRefundedFen(refunded)
        .setOpenFen(loss - refunded)
        .build();
  }

  private static RecoveryAlarm alarm(String kind) {
    return new RecoveryAlarm(
        kind, kind, LifeKind.FREEZE, "F1", "c", "words", "cause", Instant.EPOCH);
  }

  private static List<LifeTransition> lives() {
    return List.of(TallyTest.freeze("F1", 1, 200_000), TallyTest.refund("R1", 1, 120_000));
  }

  private static CitySummary city(String text) throws JsonProcessingException {
    return new ObjectMapper().readValue(text, CitySummary.class);
  }
}
