package dev.zhifu.jobs.backtest;

import static dev.zhifu.jobs.backtest.CsvText.BANK_HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole run, on Flink and RocksDB, over a small invented town. */
class BacktestRunTest {
  private static final long SEED = 20261123;
  private static final Instant START = Instant.parse("2024-03-01T16:00:00Z");
  private static final int NIGHTS = 4;
  private static final int SECONDS_A_NIGHT = 5 * 3600;

  @TempDir private Path folder;

  /** A line with its second, to sort by. */
  private record Line(long second, String text) {}

  @Test
  void parallelismSplittingAndCompressionChangeNoHit() throws IOException {
    List<String> town = town();
    Path whole = CsvText.write(folder, "whole.csv", withHeader(town));
    Path odd = CsvText.gzip(folder, "odd.csv.gz", withHeader(everySecond(town, 1)));
    Path even = CsvText.gzip(folder, "even.csv.gz", withHeader(everySecond(town, 0)));
    Path labels = CsvText.write(folder, "labels.csv", labels(town));
    Path json = folder.resolve("result.json");
    Path html = folder.resolve("result.html");

    Output one =
        run(
            "--bank",
            whole.toString(),
            "--labels",
            labels.toString(),
            "--json",
            json.toString(),
            "--html",
            html.toString());
    Path jsonOfFour = folder.resolve("four.json");
    Output four =
        run(
            "--bank",
            odd.toString(),
            even.toString(),
            "--labels",
            labels.toString(),
            "--json",
            jsonOfFour.toString(),
            "--parallelism",
            "4");

    JsonNode first = new ObjectMapper().readTree(json.toFile());
    JsonNode second = new ObjectMapper().readTree(jsonOfFour.toFile());
    System.out.printf(
        "seed %d: parallelism 1: %s hits, SHA-256 %s; parallelism 4: %s hits, SHA-256 %s%n",
        SEED,
        first.get("hits"),
        first.get("hitsSha256"),
        second.get("hits"),
        second.get("hitsSha256"));
    assertThat(first.get("hits").asInt()).isGreaterThan(100);
    assertThat(hitsOf(first, "M03")).isPositive();
    assertThat(hitsOf(first, "M01")).isPositive();
    // Scoring takes hits as they arrive, so which of a rule's hits stands for it in a case may
    // differ.
    for (String same :
        List.of(
            "/events",
            "/hits",
            "/hitsSha256",
            "/casesOpened",
            "/casesAtHoldScore",
            "/figures/all/cases",
            "/figures/byRule",
            "/missingByRule")) {
      assertThat(second.at(same)).as(same).isEqualTo(first.at(same));
      assertThat(first.at(same).isMissingNode()).as(same + " is there").isFalse();
    }
    assertThat(first.at("/figures/all/cases/recall").asDouble()).isEqualTo(1);
    assertThat(first.get("casesOpened").asInt()).isPositive();
    assertThat(one.out).contains("rule M03").contains("M01 asks for cash.out, payerResidueFen");
    assertThat(one.err).contains("read 100 %").contains("final hits so far");
    assertThat(four.code).isZero();
    assertThat(Files.readString(html))
        .contains("<svg", "案件召回率 case recall", first.get("hitsSha256").asText())
        .doesNotContain("<script", "http://", "https://", "NaN");
  }

  private static int hitsOf(JsonNode result, String rule) {
    return result.at("/figures/byRule/" + rule + "/alerts").asInt();
  }

  /** Exit code and what was printed. */
  private record Output(int code, String out, String err) {}

  private static Output run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--rules", "../rules/catalogue"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        BacktestMain.run(new PrintStream(out), new PrintStream(err), all.toArray(String[]::new));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return new Output(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String[] withHeader(List<String> lines) {
    List<String> all = new ArrayList<>(List.of(BANK_HEADER));
    all.addAll(lines);
    return all.toArray(String[]::new);
  }

  private static List<String> everySecond(List<String> lines, int from) {
    List<String> some = new ArrayList<>();
    for (int i = from; i < lines.size(); i += 2) {
      some.add(lines.get(i));
    }
    return some;
  }

  private static String[] labels(List<String> town) {
    List<String> labels = new ArrayList<>(List.of("txnId,illicit,typology,caseId,role"));
    for (String line : town) {
      String id = line.substring(0, line.indexOf(','));
      if (id.startsWith("slice")) {
        labels.add(id + ",1,fan_out," + id.split("-")[1] + ",slice");
      }
    }
    return labels.toArray(String[]::new);
  }

  /**
   * Nights on which 30 mules each take 60,000 yuan and pass it on in eight slices, among 2,400
   * ordinary transfers. Times are whole minutes, so that many events of one account share a time.
   */
  private static List<String> town() {
    Random random = new Random(SEED);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long second = second(random);
      lines.add(
          line(
              second,
              "noise-" + i,
              "c" + random.nextInt(60),
              "c" + (60 + random.nextInt(60)),
              50 + random.nextInt(900)));
      lines.add(
          line(
              second,
              "back-" + i,
              "c" + (60 + random.nextInt(60)),
              "c" + random.nextInt(60),
              50 + random.nextInt(900)));
    }
    for (int mule = 0; mule < 30; mule++) {
      long second = second(random);
      lines.add(line(second, "credit-" + mule, "c" + random.nextInt(120), "mule" + mule, 60_000));
      for (int slice = 0; slice < 8; slice++) {
        lines.add(
            line(
                second + 60L * (slice / 3),
                "slice-" + mule + "-" + slice,
                "mule" + mule,
                "drop" + mule + "x" + slice,
                7_000));
      }
    }
    lines.sort(Comparator.comparingLong(Line::second));
    return lines.stream().map(Line::text).toList();
  }

  private static long second(Random random) {
    return random.nextInt(NIGHTS) * 86_400L + random.nextInt(SECONDS_A_NIGHT / 60) * 60L;
  }

  private static Line line(long second, String id, String payer, String payee, int yuan) {
    return new Line(
        second,
        id
            + ","
            + START.plusSeconds(second)
            + ","
            + payer
            + ",B01,"
            + payee
            + ",B02,"
            + yuan
            + ".00,CNY,ONLINE,TRANSFER");
  }
}
