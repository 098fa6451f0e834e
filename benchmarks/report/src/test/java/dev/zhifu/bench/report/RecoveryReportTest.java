package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryReportTest {
  private static final String POINT =
      """
      {"config": "%s", "round": %d, "rules": true, "authorisation": %s, "officerSeconds": %d,
       "bankP50Seconds": 5, "bankP99Seconds": 60, "connectedBanks": %d, "seed": %d, "stories": 2,
       "lossWithoutFen": 100000, "paidFen": 60000, "rebateFen": 1000, "heldWithVictimFen": 30000,
       "heldOnMulesFen": 5000, "stoppedFen": 9000, "ceilingFen": 15000, "preventedFen": 8000,
       "heldAtEndFen": 0, "lostWhy": {"OUT_BEFORE_REPORT": 40000, "NOT_SIGNED": 6000},
       "paidHow": {"PASSED": 60000}, "lostAs": {"COINS": 46000},
       "signedByOrigin": {"REPORT": 3, "HOP": 2}, "signedByOfficers": 1,
       "typologies": {"TASK_REBATE": {"stories": 2, "lossWithoutFen": 100000,
         "heldWithVictimFen": 30000, "heldOnMulesFen": 5000, "stoppedFen": 9000, "ceilingFen": 15000,
         "lostWhy": {"OUT_BEFORE_REPORT": 40000, "NOT_SIGNED": 6000}}},
       "perStory": [["TASK_REBATE", 60000, 35000, 0, 5000, 5000, 0, 5000],
         ["TASK_REBATE", 40000, 0, 9000, 10000, 0, 1500, 38500]],
       "loadAverage": 3}
      """;

  private static Runs runs() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Runs runs = Runs.about(Map.of("command", "zhifu bench recovery"));
    for (int round = 1; round <= 2; round++) {
      runs.add(json.readTree(POINT.formatted("headline-on", round, true, 60, 11, round)));
      runs.add(json.readTree(POINT.formatted("headline-off", round, false, 60, 11, round)));
      runs.add(json.readTree(POINT.formatted("officer600-on", round, true, 600, 11, round)));
      runs.add(json.readTree(POINT.formatted("banks6-on", round, true, 60, 6, round)));
    }
    return runs;
  }

  @Test
  void heldBackAndStoppedStandApartOverTheLossWithoutTheEngine() throws Exception {
    RecoveryReport report = RecoveryReport.of(runs());

    assertThat(report.kept(RecoveryReport.ON).value()).isCloseTo(0.44, within(1e-9));
    assertThat(report.kept(RecoveryReport.ON).low()).isLessThan(0.44);
    assertThat(report.kept(RecoveryReport.ON).high()).isGreaterThan(0.44);
    assertThat(report.ofCeiling(RecoveryReport.ON).value()).isCloseTo(0.6, within(1e-9));
    assertThat(report.onMulesOfCeiling(RecoveryReport.ON).value())
        .isCloseTo(15.5 / 15.0, within(1e-9));
    assertThat(report.lostOfLoss(RecoveryReport.ON).value()).isCloseTo(0.435, within(1e-9));
    assertThat(report.text())
        .contains("| (a) + (b) of the loss, authorisation on | 44.0 % |")
        .contains("| ≥ 85.0 % | missed |")
        .contains("| lost: out before report | 800 | 40.0 % |")
        .contains("| less what came back as bait | -20 | -1.0 % |");
  }

  @Test
  void thePartsOfTheLossAddUpToIt() throws Exception {
    // 100000 = 30000 + 5000 + 9000 + 8000 + 46000 − 1000 + the rest.
    assertThat(RecoveryReport.of(runs()).text())
        .contains("| otherwise: stories that went another way | 60 | 3.0 % |")
        .contains("| together | 2,000 | 100.0 % |");
  }

  @Test
  void aCurveHoldsOnlyPointsThatDifferInItsOwnFactor() throws Exception {
    String page = RecoveryReport.of(runs()).html();

    assertThat(page).contains("10 minutes").contains("11 of 12 banks").contains("class=missed");
  }
}
