package dev.zhifu.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.backtest.HistoryStates;
import dev.zhifu.jobs.features.HolderStep;
import dev.zhifu.jobs.features.Notes;
import dev.zhifu.jobs.features.PayeeAccountStep;
import dev.zhifu.jobs.features.PayerAccountStep;
import dev.zhifu.wire.EnrichedEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History into a savepoint, and the job from it. */
@Tag("landing")
class BootstrapTest {
  private static final long SEED = 20_261_127L;
  private static final Instant CUT = Instant.parse("2026-03-01T16:00:00Z");

  @TempDir private Path folder;

  @Test
  void historyGivesTheStateThatTheJobReachesByStreamingIt() throws Exception {
    Town town = new Town(SEED, 2_000, Duration.ofDays(300));
    Path calls = Town.calls(SEED, CUT.plus(Duration.ofHours(2)), folder.resolve("calls.csv"));
    bootstrap(town, "written", "--telecom", calls.toString());
    List<EnrichedEvent> before =
        events(town, List.of(calls)).stream()
            .filter(event -> event.getOccurredAt().isBefore(CUT))
            .toList();
    String streamed = LiveJob.save(before, CUT, folder.resolve("streamed"), temporary());

    String written = folder.resolve("written").toUri().toString();
    assertEqual(written, streamed, Notes.PAYEE_UID, PayeeAccountStep.STATE);
    assertEqual(written, streamed, Notes.PAYER_UID, PayerAccountStep.STATE);
    assertEqual(written, streamed, Notes.HOLDER_UID, HolderStep.STATE);
  }

  @Test
  void noEventIsInBothHistoryAndStreamOrInNeither() throws Exception {
    Town town =
        new Town(SEED, 1_500, Duration.ofDays(300))
            .and("right-before", CUT.minusMillis(1))
            .and("at", CUT)
            .and("right-after", CUT.plusMillis(1));
    List<EnrichedEvent> all = events(town, List.of());
    long before = all.stream().filter(event -> event.getOccurredAt().isBefore(CUT)).count();
    String said = bootstrap(town, "history");

    // The stream holds everything again, as a topic that is read from its start does.
    List<EnrichedEvent> fromHistory =
        LiveJob.run(all, folder.resolve("history").toUri().toString(), temporary());
    List<EnrichedEvent> fromNothing = LiveJob.run(events(town, List.of()), null, temporary());

    assertThat(said)
        .contains(
            String.format(Locale.ROOT, "%,d events before the cut 2026-03-01T16:00:00Z", before),
            String.format(Locale.ROOT, "%,d at or after it", all.size() - before));
    assertThat(fromNothing).hasSameSizeAs(all);
    assertThat(fromHistory)
        .as("seed %d: events from the cut on, with the features of one uncut stream", SEED)
        .isEqualTo(
            fromNothing.stream().filter(event -> !event.getOccurredAt().isBefore(CUT)).toList());
    assertThat(fromHistory.get(0).getEventId()).contains(":at:");
    assertThat(fromHistory)
        .as("dormant on the first day")
        .anySatisfy(
            event -> assertThat(event.getFeatures().getPayerDaysSinceActivity()).isGreaterThan(0L));
    assertThat(fromHistory)
        .as("a payee known from history")
        .anySatisfy(event -> assertThat(event.getFeatures().getPayeeFirstSeen()).isFalse());
    System.out.printf(
        "seed %d: %d events from history + %d from the stream = %d%n",
        SEED, before, fromHistory.size(), all.size());
  }

  @Test
  void parallelismChangesNoState() throws Exception {
    Town town = new Town(SEED + 1, 600, Duration.ofDays(300));
    String calls =
        Town.calls(SEED + 1, CUT.plus(Duration.ofHours(2)), folder.resolve("calls.csv")).toString();
    bootstrap(town, "one", "--telecom", calls);
    bootstrap(town, "two", "--telecom", calls, "--parallelism", "2");

    for (Map.Entry<String, String> step :
        Map.of(
                Notes.PAYEE_UID, PayeeAccountStep.STATE,
                Notes.PAYER_UID, PayerAccountStep.STATE,
                Notes.HOLDER_UID, HolderStep.STATE)
            .entrySet()) {
      assertEqual(uri("one"), uri("two"), step.getKey(), step.getValue());
    }
  }

  @Test
  void everyWrongArgumentIsNamed() throws Exception {
    String bank = new Town(SEED, 10, Duration.ofDays(1)).write(folder.resolve("b.csv")).toString();
    assertRefused("--bank is missing", "--to", "x", "--until", CUT.toString());
    assertRefused("--to is missing", "--bank", bank, "--until", CUT.toString());
    assertRefused("--until is missing", "--bank", bank, "--to", folder.resolve("x").toString());
    assertRefused("--until is 'noon'", "--bank", bank, "--until", "noon");
    assertRefused("which holds something already", "--bank", bank, "--to", folder.toString());
    assertRefused("--bank is none.csv", "--bank", "none.csv");
    assertRefused("'x' stands behind --speed", "--speed", "x");
    assertRefused("--parallelism is 0", "--parallelism", "0");
  }

  private static void assertRefused(String message, String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code = BootstrapMain.run(System.out, new PrintStream(err), words);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    assertThat(code).isEqualTo(2);
  }

  private void assertEqual(String left, String right, String uid, String state) throws Exception {
    Map<String, String> first = Savepoints.read(left, uid, state);
    Map<String, String> second = Savepoints.read(right, uid, state);
    assertThat(first).as(uid).isNotEmpty().isEqualTo(second);
    System.out.printf("seed %d: %s: %d states, byte for byte equal%n", SEED, uid, first.size());
  }

  private String bootstrap(Town town, String to, String... more) throws Exception {
    Path file = town.write(folder.resolve(to + ".csv"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words =
        new ArrayList<>(
            List.of(
                "--bank",
                file.toString(),
                "--to",
                folder.resolve(to).toString(),
                "--until",
                CUT.toString()));
    words.addAll(List.of(more));

    int code =
        BootstrapMain.run(new PrintStream(out), new PrintStream(err), words.toArray(String[]::new));

    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<EnrichedEvent> events(Town town, List<Path> calls) throws Exception {
    Path file = town.write(folder.resolve("events.csv"));
    List<EnrichedEvent> events = new ArrayList<>();
    HistoryStates.events(List.of(file), calls, null).forEachRemaining(events::add);
    return events;
  }

  private String uri(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private Path temporary() throws Exception {
    return Files.createTempDirectory(folder, "rocks");
  }
}
