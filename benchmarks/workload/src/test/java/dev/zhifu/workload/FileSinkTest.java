package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FileSinkTest {
  @TempDir Path folder;

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static int execute(StringWriter errors, String... arguments) {
    return new CommandLine(new WorkloadCommand())
        .setErr(new PrintWriter(errors))
        .setOut(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  @Test
  void writesSortedTransactionsWithLabelsBeside() throws IOException {
    Path json = folder.resolve("summary.json");
    int code =
        execute(
            new StringWriter(),
            "--residents",
            "600",
            "--enrichment",
            "10",
            "--seed",
            "5",
            "--out",
            folder.toString(),
            "--json",
            json.toString());
    assertThat(code).isZero();

    List<String> transactions = lines(folder.resolve("city_txns.csv.gz"));
    assertThat(transactions.get(0))
        .isEqualTo(
            "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type");
    List<String> times = transactions.stream().skip(1).map(line -> line.split(",", -1)[1]).toList();
    assertThat(times).isSorted().hasSizeGreaterThan(2000);
    assertThat(transactions.get(1).split(",", -1)).hasSize(10);

    assertThat(lines(folder.resolve("city_labels.csv.gz")))
        .anyMatch(line -> line.contains(",1,"))
        .anyMatch(line -> line.contains(",0,"));
    assertThat(lines(folder.resolve("city_acctlabels.csv.gz")))
        .anyMatch(line -> line.endsWith("mule-l1"));
    ObjectMapper mapper = new ObjectMapper();
    JsonNode signal = mapper.readTree(lines(folder.resolve("city_telecom.jsonl.gz")).get(0));
    assertThat(signal.get("numberToken").asText()).matches("[0-9a-f]{32}");
    JsonNode transfer = mapper.readTree(lines(folder.resolve("city_bank.jsonl.gz")).get(0));
    assertThat(transfer.at("/payer/holderToken").asText()).matches("[0-9a-f]{32}");
    assertThat(mapper.readTree(json.toFile()).get("stories").asInt()).isPositive();
  }

  @Test
  void theSameSeedWritesTheSameBytes() throws IOException {
    for (String set : CitySettings.SETS) {
      Path first = folder.resolve(set + 1);
      Path second = folder.resolve(set + 2);
      for (Path out : List.of(first, second)) {
        assertThat(
                execute(
                    new StringWriter(),
                    "--set",
                    set,
                    "--residents",
                    "700",
                    "--out",
                    out.toString()))
            .isZero();
      }
      try (Stream<Path> files = Files.list(first)) {
        for (Path file : files.toList()) {
          assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
      }
    }
  }

  @Test
  void onlyTheHourAskedForIsWritten() throws IOException {
    StringWriter told = new StringWriter();
    int code =
        execute(
            told,
            "--residents",
            "900",
            "--from",
            "9",
            "--minutes",
            "60",
            "--no-history",
            "--prevalence",
            "--out",
            folder.toString());
    assertThat(code).isZero();
    List<String> times =
        lines(folder.resolve("city_txns.csv.gz")).stream()
            .skip(1)
            .map(line -> line.split(",", -1)[1])
            .toList();
    assertThat(times)
        .isNotEmpty()
        .allMatch(time -> time.compareTo("2026-03-02T01:00") >= 0)
        .allMatch(time -> time.compareTo("2026-03-02T02:01") < 0);
    assertThat(told.toString()).contains("times as dense as outside", "a CPU second", "MiB");
  }

  @Test
  void aWrongArgumentIsToldAndGivesExitCodeTwo() {
    StringWriter errors = new StringWriter();
    assertThat(execute(errors, "--residents", "3", "--out", folder.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("residents is 3, must be 500 to 3000000");
    assertThat(execute(new StringWriter(), "--nonsense")).isEqualTo(2);
    StringWriter set = new StringWriter();
    assertThat(execute(set, "--set", "D")).isEqualTo(2);
    assertThat(set.toString()).contains("No set D: there are A, B, C");
  }
}
