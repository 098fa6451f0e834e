package dev.zhifu.jobs.backtest;

import static dev.zhifu.jobs.backtest.CsvText.BANK_HEADER;
import static dev.zhifu.jobs.backtest.CsvText.transfer;
import static dev.zhifu.jobs.backtest.CsvText.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestArgumentsTest {
  private static final String RULES = "../rules/catalogue";

  @TempDir private Path folder;
  private String bank;

  @BeforeEach
  void writeAFile() throws IOException {
    bank = write(folder, "bank.csv", BANK_HEADER, transfer("t1", "00:00:01")).toString();
  }

  @Test
  void filesMayBeRepeatedOrNamedInARow() {
    BacktestArguments arguments =
        BacktestArguments.parse(
            "--bank",
            bank,
            bank,
            "--labels",
            bank,
            "--labels",
            bank,
            "--parallelism",
            "4",
            "--rules",
            RULES,
            "--json",
            "x",
            "--html",
            "y");

    assertThat(arguments.bank()).hasSize(2);
    assertThat(arguments.labels()).hasSize(2);
    assertThat(arguments.parallelism()).isEqualTo(4);
    assertThat(arguments.json()).isEqualTo(Path.of("x"));
    assertThat(arguments.html()).isEqualTo(Path.of("y"));
    assertThat(arguments.accounts()).isNull();
  }

  @Test
  void whatIsNotNamedHasADefault() {
    BacktestArguments arguments = BacktestArguments.parse("--bank", bank);

    assertThat(arguments.rules()).isEqualTo(List.of(Path.of("rules", "catalogue")));
    assertThat(arguments.parallelism()).isEqualTo(1);
    assertThat(arguments.json()).isNull();
  }

  @Test
  void everyWrongArgumentIsNamed() {
    assertWrong(
        "--bank and --telecom are missing; name at least one file of transactions or calls");
    assertWrong("'x' stands before any option", "x");
    assertWrong("--bank has no value", "--bank");
    assertWrong("--json has no value", "--bank", bank, "--json");
    assertWrong("--bank is none.csv, which is no file that can be read", "--bank", "none.csv");
    assertWrong("--telecom is " + folder, "--bank", bank, "--telecom", folder.toString());
    assertWrong("there is no option --speed; there are --bank,", "--bank", bank, "--speed", "2");
    assertWrong("there is no option --speed; there are --bank,", "--bank", bank, "--speed");
    for (String bad : List.of("0", "-1", "two", "129")) {
      assertWrong(
          "--parallelism is " + bad + "; it must be one number from 1 to 128",
          "--bank",
          bank,
          "--parallelism",
          bad);
    }
    assertWrong("--accounts names 2 files; it takes one", "--bank", bank, "--accounts", bank, bank);
  }

  @Test
  void theMainExitsWithTwoAndOneSentenceBeforeAnythingRuns() throws IOException {
    assertRefused("usage: BacktestMain", "--bank");
    assertRefused("--rules is nowhere, which is no folder", "--bank", bank, "--rules", "nowhere");
    assertRefused(
        "which cannot be written",
        "--bank",
        bank,
        "--rules",
        RULES,
        "--json",
        folder.resolve("no/x.json").toString());
    String bad =
        write(folder, "bad.csv", BANK_HEADER, "t,yesterday,a,B01,b,B02,1,CNY,ONLINE,TRANSFER")
            .toString();
    assertRefused("bad.csv:2: ts is 'yesterday'", "--bank", bad, "--rules", RULES);
    assertRefused(
        "bank.csv labels neither", "--bank", bank, "--rules", RULES, "--labels", telecom());
  }

  @Test
  void faultsOfRulesAreAllNamed() throws IOException {
    Path rule = Files.createDirectories(folder.resolve("catalogue/M99"));
    Files.writeString(rule.resolve("rule.yaml"), "id: M99\n");

    assertRefused(
        "M99/rule.yaml", "--bank", bank, "--rules", folder.resolve("catalogue").toString());
    assertRefused("rule.yaml", "--bank", bank, "--rules", rule.toString());
  }

  @Test
  void aCatalogueGivesItsLiveRulesAndARulesOwnFolderAlsoADraft() throws IOException {
    Path catalogue = folder.resolve("catalogue");
    copy("M03", catalogue, "live");
    copy("M13", catalogue, "draft");

    assertThat(RulesUnderTest.of(List.of(catalogue)).rules().keySet()).containsExactly("M03");
    assertThat(RulesUnderTest.of(List.of(catalogue.resolve("M13"))).rules().keySet())
        .containsExactly("M13");
  }

  private static void copy(String id, Path catalogue, String status) throws IOException {
    String text = Files.readString(Path.of(RULES, id, "rule.yaml"));
    assertThat(text).contains("status: live");
    Files.writeString(
        Files.createDirectories(catalogue.resolve(id)).resolve("rule.yaml"),
        text.replace("status: live", "status: " + status));
  }

  private String telecom() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    return write(other, "bank.csv", CsvText.TELECOM_HEADER).toString();
  }

  private static void assertWrong(String message, String... words) {
    assertThatThrownBy(() -> BacktestArguments.parse(words))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining(message);
  }

  private static void assertRefused(String message, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code = BacktestMain.run(new PrintStream(out), new PrintStream(err), words);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    assertThat(code).isEqualTo(2);
    assertThat(out.size()).isZero();
  }
}
