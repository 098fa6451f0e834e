package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.wire.LifeTransition;
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

  private static List<LifeTransition> lives() {
    return List.of(TallyTest.freeze("F1", 1, 200_000), TallyTest.refund("R1", 1, 120_000));
  }

  private static CitySummary city(String text) throws JsonProcessingException {
    return new ObjectMapper().readValue(text, CitySummary.class);
  }
}
