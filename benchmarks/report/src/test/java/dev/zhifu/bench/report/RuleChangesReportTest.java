package dev.zhifu.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleChangesReportTest {
  private static final String RUN =
      """
      {"config": "%s", "round": %d, "changes": %d, "rate": 7000, "loadAverage": 3,
       "publicationToInForceMs": {"p50": 750, "p99": %d, "max": 1500, "count": 1000},
       "answers": {"IN_FORCE": 1000}, "keptUpBefore": %s,
       "answered": {"asked": 21000, "unanswered": %d, "repeated": %d, "answeredOtherwise": 0},
       "before": %s, "during": %s, "after": %s}
      """;

  private static String stretch(long checkpoint, int families, int p50, int p99) {
    return """
        {"seconds": 60, "eventsPerSecond": 7000, "checkpointBytes": %d, "tableBytes": 40000000,
         "columnFamilies": %d, "decisionLatencyMs": {"p50": %d, "p99": %d, "max": 900, "count": 9}}
        """
        .formatted(checkpoint, families, p50, p99);
  }

  private static RuleChangesReport report(
      int inForce, String controlBefore, String controlAfter, String before, String after)
      throws Exception {
    ObjectMapper json = new ObjectMapper();
    Runs runs = Runs.about(Map.of("command", "zhifu bench rule-changes --rate full"));
    runs.add(
        json.readTree(
            RUN.formatted(
                "control", 1, 0, 0, "true", 0, 0, controlBefore, controlAfter, controlAfter)));
    runs.add(
        json.readTree(
            RUN.formatted("changes", 1, 1000, inForce, "false", 3, 2, before, after, after)));
    return RuleChangesReport.of(runs);
  }

  private static Map<String, String> verdicts(RuleChangesReport report) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    report.rows().forEach(row -> verdicts.put(row.name(), row.verdict()));
    return verdicts;
  }

  @Test
  void whatTheControlGrowsByTooIsNotTheChangesDoing() throws Exception {
    RuleChangesReport report =
        report(
            756,
            stretch(13_000_000, 110, 9, 330),
            stretch(160_000_000, 110, 10, 460),
            stretch(13_100_000, 110, 9, 334),
            stretch(161_000_000, 110, 10, 465));

    assertThat(verdicts(report).values()).containsOnly("left where it was");
    assertThat(report.text())
        .contains("command: zhifu bench rule-changes --rate full")
        .contains("1,000 changes at 7,000 events a second")
        .contains("within 756 ms of publication (99th percentile; at most 1,000): met")
        .contains("- checkpoint, MB: left where it was; 161 after the changes, 160 after as long")
        .contains("|1|control|before|60|7000|13|40|110|9|9|330|900|")
        .contains(
            "control, round 1: of 21,000 transfers that asked, 0 have no answer, 0 were answered twice")
        .contains(
            "changes, round 1: of 21,000 transfers that asked, 3 have no answer, 2 were answered twice")
        .contains("changes, round 1: the job did not keep up with its load before any change")
        .doesNotContain("control, round 1: the job did not keep up")
        .doesNotContain("behind its load");
  }

  @Test
  void moreThanTheControlAndThanChanceIsSaidWithItsSize() throws Exception {
    RuleChangesReport report =
        report(
            1_200,
            stretch(13_000_000, 110, 9, 330),
            stretch(160_000_000, 110, 1_500, 460),
            stretch(13_000_000, 110, 9, 630),
            stretch(200_000_000, 112, 1_500, 700));

    assertThat(verdicts(report))
        .containsEntry("checkpoint, MB", "moved")
        .containsEntry("column families", "moved")
        .containsEntry("decision p50, ms", "left where it was")
        .containsEntry("decision p99, ms", "not told apart from chance");
    assertThat(report.text())
        .contains("at most 1,000): missed")
        .contains("|checkpoint, MB|160|200|+25.0 %|0|16|moved|")
        .contains("The job was behind its load (median decision after 1,500 ms)");
  }

  @Test
  void aRunThatIsMissingIsNoGoodNews() {
    RuleChangesReport report = RuleChangesReport.of(Runs.about(Map.of()));

    assertThat(verdicts(report).values()).containsOnly("not measured");
    assertThat(report.text()).contains("at most 1,000): not measured");
  }
}
