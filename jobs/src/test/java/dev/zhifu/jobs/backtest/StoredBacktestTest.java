package dev.zhifu.jobs.backtest;

import static dev.zhifu.jobs.backtest.CsvText.BANK_HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.schemas.stored.EventSorter;
import dev.zhifu.schemas.stored.StoredFile;
import dev.zhifu.schemas.stored.StoredHistory;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what was enriched before gives the hits that enriching it gives. The comparison with a live
 * job's own hits is an integration test of the stack.
 */
class StoredBacktestTest {
  private static final Instant START = Instant.parse("2024-03-01T16:00:00Z");

  @TempDir private Path folder;

  @Test
  void enrichedEventsGiveTheHitsOfTheFilesTheyCameFrom() throws IOException {
    Path file = CsvText.write(folder, "town.csv", mules(6));
    Path history = store(file, Instant.MAX, RulesUnderTest.of(rules("M03")).told());

    JsonNode plain = run("--bank", file.toString(), "--rules", rule("M03"));
    JsonNode named = run("--stored", history.toString(), "--rules", rule("M03"));
    JsonNode published = run("--stored", history.toString(), "--parallelism", "2");

    assertThat(plain.get("hits").asInt()).isGreaterThan(5);
    assertThat(named.get("hitsSha256")).isEqualTo(plain.get("hitsSha256"));
    assertThat(published.get("hitsSha256")).isEqualTo(plain.get("hitsSha256"));
    assertThat(named.get("agreement").isNull()).as("not the rules that the job had").isTrue();
    assertThat(published.at("/agreement/onlyAgain")).hasSize(plain.get("hits").asInt());
    assertThat(published.at("/agreement/job").asInt()).isZero();
  }

  @Test
  void whatTheJobHadNotDecidedYetDoesNotCount() throws IOException {
    Path file = CsvText.write(folder, "town.csv", mules(6));
    Path history = store(file, START.plusSeconds(3 * 3600), RulesUnderTest.of(rules("M03")).told());

    JsonNode early = run("--stored", history.toString());
    JsonNode all = run("--bank", file.toString(), "--rules", rule("M03"));

    assertThat(early.get("hits").asInt()).isPositive().isEqualTo(all.get("hits").asInt() / 2);
  }

  @Test
  void eventsOutOfOrderAndAFolderWithoutHistoryAreNamed() throws IOException {
    assertThat(refused("--stored", folder.resolve("none").toString())).contains("rules.avro");
    Path file = CsvText.write(folder, "town.csv", mules(1));
    StoredHistory history =
        new StoredHistory(store(file, Instant.MAX, RulesUnderTest.of(rules("M03")).told()));
    List<EnrichedEvent> turned = new ArrayList<>();
    try (var rows = history.readEvents()) {
      rows.forEachRemaining(event -> turned.add(0, event));
    }
    StoredFile.write(history.events(), EnrichedEvent.class, turned.iterator(), Map.of());
    assertThat(refused("--stored", history.folder().toString()))
        .contains("stands behind", "export again");
    assertThat(refused("--stored", "x", "--bank", file.toString())).contains("beside --bank");
  }

  private Path store(Path csv, Instant decidedTo, List<RulePublication> rules) throws IOException {
    StoredHistory history =
        new StoredHistory(java.nio.file.Files.createTempDirectory(folder, "stored"));
    FeaturePipeline pipeline = new FeaturePipeline(limit -> {});
    try (EventSorter sorter = new EventSorter()) {
      HistoryStates.events(List.of(csv), List.of(), null)
          .forEachRemaining(
              event -> {
                pipeline.enrich(event);
                sorter.add(event);
              });
      sorter.write(
          history.events(),
          Set.of(),
          Map.of(
              StoredHistory.DECIDED_TO, decidedTo.equals(Instant.MAX) ? "" : decidedTo.toString()));
    }
    StoredFile.write(history.rules(), RulePublication.class, rules.iterator(), Map.of());
    StoredFile.write(history.lists(), ListEntry.class, List.<ListEntry>of().iterator(), Map.of());
    StoredFile.write(history.hits(), RuleHit.class, List.<RuleHit>of().iterator(), Map.of());
    return history.folder();
  }

  private static List<Path> rules(String id) {
    return List.of(Path.of(rule(id)));
  }

  private static String rule(String id) {
    return "../rules/catalogue/" + id;
  }

  /** One mule an hour takes 60,000 yuan and passes it on in eight slices at once. */
  private static String[] mules(int count) {
    List<String> lines = new ArrayList<>(List.of(BANK_HEADER));
    for (int mule = 0; mule < count; mule++) {
      long second = mule * 3_600L;
      lines.add(line(second, "credit-" + mule, "payer" + mule, "mule" + mule, 60_000));
      for (int slice = 0; slice < 8; slice++) {
        lines.add(
            line(
                second + 60L * (slice + 1),
                "slice-" + mule + "-" + slice,
                "mule" + mule,
                "drop" + mule + "x" + slice,
                7_000));
      }
    }
    return lines.toArray(String[]::new);
  }

  private static String line(long second, String id, String payer, String payee, int yuan) {
    return String.join(
        ",",
        id,
        START.plusSeconds(second).toString(),
        payer,
        "B01",
        payee,
        "B02",
        yuan + ".00",
        "CNY",
        "ONLINE",
        "TRANSFER");
  }

  private JsonNode run(String... words) throws IOException {
    Path json = folder.resolve("result.json");
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--json", json.toString()));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        BacktestMain.run(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err),
            all.toArray(String[]::new));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static String refused(String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = BacktestMain.run(System.out, new PrintStream(err), words);
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(2);
    return err.toString(StandardCharsets.UTF_8);
  }
}
