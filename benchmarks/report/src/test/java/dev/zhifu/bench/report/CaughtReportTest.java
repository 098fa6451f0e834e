package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaughtReportTest {
  @Test
  void countsOfFraudAreDividedByTheirDensityAndInnocentsAreNot() throws Exception {
    CaughtReport report = CaughtReport.of(runs());

    assertThat(line(report, "stories caught").rate().value()).isEqualTo(0.95);
    assertThat(line(report, "stories caught").verdict()).isEqualTo("met");
    assertThat(line(report, "stories caught before the last payment").verdict())
        .isEqualTo("missed");
    // 220,000 lived days of one resident are a tenth of a city-day; fraud is 50 times as dense.
    assertThat(line(report, "wrong orders a day").rate().value())
        .isCloseTo(1 * 10 / 50.0, within(1e-9));
    assertThat(line(report, "precision of orders").rate().value()).isEqualTo(0.98);
    assertThat(line(report, "wrong holds a day").rate().value()).isEqualTo(60);
    assertThat(line(report, "wrong holds a day").verdict()).isEqualTo("missed");
    assertThat(line(report, "cases behind wrong holds a day").rate().value()).isEqualTo(30);
    assertThat(line(report, "warnings a day").rate().value())
        .isCloseTo(100 * 10 / 50.0 + 70, within(1e-9));
    assertThat(line(report, "of these urgent").rate().value())
        .isCloseTo(20 * 10 / 50.0 + 10, within(1e-9));
    assertThat(report.factor()).isEqualTo(50);
    assertThat(report.text())
        .contains("divided by 50.0")
        .contains("| TASK_REBATE | 100 | 0.950")
        .contains("| FAMILY_SUPPORT | 6 | 60.0")
        .contains("| payee's V15 | 4 | 40.0")
        .contains("| risk hold lifted within a minute, on a hit that was retracted | 1 | 10.0");
    assertThat(report.html()).contains("<td class=missed>missed");
  }

  @Test
  void theMetricsOfCalibrationSetsAreToldOfTheCityToo() throws Exception {
    Runs runs = runs();
    assertThat(CaughtReport.of(runs).text()).as("runs of before").doesNotContain("calibration");
    runs.add(
        new ObjectMapper()
            .readTree(
                """
                {"config": "dense", "round": 2, "seed": 9, "residents": 220000, "days": 1, "enrichment": 50,
                 "metrics": {"transactions": 5000, "accounts": 2000, "all": {
                    "transactions": {"illicit": 40, "precision": 0.5, "recall": 0.25, "f1": 0.333333},
                    "cases": {"illicit": 8, "precision": 0.25, "precisionDecoysAside": 0.75, "recall": 0.875},
                    "accounts": {"illicit": 20, "recall": null},
                    "caseRecallInTime": 0.625, "moneyRecall": 0.9, "alertsPer10kAccounts": 62.5,
                    "alertsPer10kTransactions": 31.25, "medianMinutesToAlert": 12.5, "p95MinutesToAlert": 300.0,
                    "budgets": [{"cases": {"precision": 1.0, "recall": 0.125}},
                      {"cases": {"precision": 0.75, "recall": 0.5}}],
                    "decoys": {"transactionRate": 0.001, "caseRate": 0.004}},
                  "byTypology": {"SIM_BANK": {"cases": {"illicit": 3, "recall": 0.5}, "caseRecallInTime": 0.25}}}}
                """));

    assertThat(CaughtReport.of(runs).text())
        .contains("|  | dense, seed 9 |")
        .contains("| transactions | 5,000 |")
        .contains("| transactions, F1 | 0.333 |")
        .contains("| cases, precision, look-alikes aside | 0.750 |")
        .contains("| accounts, recall | - |")
        .contains("| cases found before their last transaction | 0.625 |")
        .contains("| alerts per 10,000 accounts | 62.5 |")
        .contains("| the same, 95th percentile | 300.0 |")
        .contains("| cases at 10 alerts per 10,000 accounts, recall | 0.125 |")
        .contains("| cases at 50 alerts per 10,000 accounts, precision | 0.750 |")
        .contains("| look-alikes' cases alerted, share | 0.004 |")
        .contains("| SIM_BANK | 9 | 3 | 0.500 | 0.250 | - |");
  }

  @Test
  void intervalsAreWilsonsAndByars() {
    Rate share = Rate.share(0, 2);
    assertThat(share.low()).isZero();
    assertThat(share.high()).isCloseTo(3.841459 / 5.841459, within(1e-6));
    assertThat(Rate.share(0, 0).value()).isNaN();
    // The exact interval of a Poisson count of 10 is 4.80 to 18.39, of none 0 to 3.69.
    assertThat(Rate.count(10, 1).low()).isCloseTo(4.80, within(0.05));
    assertThat(Rate.count(10, 1).high()).isCloseTo(18.39, within(0.05));
    assertThat(Rate.count(0, 2).value()).isZero();
    assertThat(Rate.count(0, 2).high()).isCloseTo(7.38, within(0.3));
  }

  private static CaughtReport.Line line(CaughtReport report, String what) {
    return report.lines().stream().filter(one -> one.what().equals(what)).findFirst().orElseThrow();
  }

  private static Runs runs() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Runs runs = Runs.about(Map.of("command", "zhifu bench caught"));
    runs.add(
        json.readTree(
            """
            {"config": "dense", "round": 1, "seed": 1, "residents": 220000, "days": 1, "enrichment": 50,
             "caught": {"stories": 100, "caught": 95, "inTime": 79, "lossFen": 100, "lossCaughtFen": 90},
             "typologies": {"TASK_REBATE": {"stories": 100, "caught": 95, "inTime": 79}},
             "warningsToVictims": 90, "warningsToMules": 10, "urgentToFraud": 20,
             "orders": 50, "ordersWrongOfFraud": {"LANDLORD": 1}, "ordersWrong": {},
             "rules": {"V01": {"hits": 3, "right": 3, "stories": 2}}}
            """));
    runs.add(
        json.readTree(
            """
            {"config": "prevalence", "round": 1, "seed": 1, "residents": 220000, "days": 1, "enrichment": 1,
             "holdsWrong": {"FAMILY_SUPPORT": 6}, "holdsWrongByRule": {"payee's V15": 4, "payer's T07": 2},
             "holdsWrongByFate": {"answer HOLD": 5, "risk hold lifted within a minute, on a hit that was retracted": 1},
             "casesBehindWrongHolds": 3,
             "needlessByRule": {"T07": 7}, "needless": {"ORDINARY": 7},
             "urgentNeedlessByRule": {"T07": 1}, "ordersWrong": {}, "casesFalse": {"ORDINARY": 3},
             "rules": {"V01": {"hits": 1, "right": 0, "stories": 0}}}
            """));
    return runs;
  }
}
