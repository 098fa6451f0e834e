package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final int CASES = 40;

  @TempDir private Path folder;

  /** Illicit transfers are of 40,000 yuan, ordinary ones of 9,000; the rule begins at 5,000. */
  @Test
  void aThresholdMovesToWhereItTellsTheCasesFromTheRest() throws Exception {
    Calibration calibration = calibration("5000", 40_000);

    List<Calibration.Step> steps = calibration.tune();

    assertThat(steps).singleElement().satisfies(step -> assertThat(step.taken()).isTrue());
    assertThat(steps.get(0).best()).isEqualTo("10000");
    assertThat(calibration.value()).isEqualTo(new Calibration.Value(1.0, 1.0));
    assertThat(calibration.texts().get("M91")).contains("default: 10000");
  }

  @Test
  void aThresholdThatDoesWellStays() throws Exception {
    Calibration calibration = calibration("20000", 40_000);

    assertThat(calibration.tune())
        .singleElement()
        .satisfies(step -> assertThat(step.taken()).isFalse());
    assertThat(calibration.texts().get("M91")).contains("default: 20000");
  }

  @Test
  void theSameFilesGiveTheSameSteps() throws Exception {
    assertThat(calibration("5000", 40_000).tune()).isEqualTo(calibration("5000", 40_000).tune());
  }

  @Test
  void bothHalvesHoldCases() {
    List<CalibrationScore.Half> halves =
        java.util.stream.IntStream.range(0, CASES)
            .mapToObj(i -> CalibrationScore.half("fan:c" + i))
            .toList();

    assertThat(halves).contains(CalibrationScore.Half.TUNED, CalibrationScore.Half.JUDGED);
  }

  @Test
  void aCityThatJudgesAloneIsRefused() throws Exception {
    write(40_000);
    Files.writeString(folder.resolve("town_judges.txt"), "judges");

    assertThatThrownBy(() -> CalibrationSet.read(folder, "town"))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining("nothing is tuned on it");
  }

  private Calibration calibration(String least, int illicitYuan) throws IOException {
    write(illicitYuan);
    RuleResult rule = RuleParser.parse("M91", rule(least));
    assertThat(rule.problems()).isEmpty();
    return new Calibration(List.of(CalibrationSet.read(folder, "town")), List.of(rule), line -> {});
  }

  private void write(int illicitYuan) throws IOException {
    StringBuilder txns =
        new StringBuilder(
            "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type\n");
    StringBuilder labels = new StringBuilder("txnId,illicit,typology,caseId,role\n");
    for (int i = 0; i < 400; i++) {
      boolean illicit = i % (400 / CASES) == 0;
      txns.append(
          String.format(
              "t%d,2024-03-01T%02d:%02d:00.000Z,p%d,B01,q%d,B02,%d.00,CNY,MOBILE,TRANSFER%n",
              i, i / 60, i % 60, i, i, illicit ? illicitYuan : 9_000));
      if (illicit) {
        labels.append("t").append(i).append(",1,fan,c").append(i).append(",main\n");
      }
    }
    Files.writeString(folder.resolve("town_txns.csv"), txns);
    Files.writeString(folder.resolve("town_labels.csv"), labels);
  }

  private static String rule(String least) {
    return """
        id: M91
        version: 1
        status: live
        name: {zh: 试验, en: Trial}
        plain: {zh: 大额, en: Large.}
        family: M
        key: account
        subject: account
        strength: stepUp
        basis:
          - {source: engineering default}
        parameters:
          least: {default: %s, unit: yuan, grade: default}
        over: [transfer.in]
        pattern:
          - step: credit
            on: transfer.in
            where: event.amountFen >= params.least
        afterMatch: noSkip
        reason: PASS_THROUGH
        signals:
          credit: {signal: bank.transactions TRANSFER, source: "payer's bank; art. 18(1)"}
        """
        .formatted(least);
  }
}
