package dev.zhifu.jobs.backtest;

import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.wire.EnrichedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One labelled set, enriched once: features do not depend on the thresholds of rules.
 *
 * @param name of the set: what stands before {@code _txns.csv}
 * @param events in the total order, with features
 * @param truth what really happened
 */
record CalibrationSet(String name, List<EnrichedEvent> events, Truth truth) {
  private static final String TRANSACTIONS = "_txns.csv";

  /** Stands beside the files of a city that nothing may be tuned on (ADR-0065). */
  private static final String JUDGES = "_judges.txt";

  /** Names of the sets that lie in a folder, sorted. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(TRANSACTIONS))
          .map(name -> name.substring(0, name.indexOf(TRANSACTIONS)))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BacktestException("--data " + folder + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads a set: {@code NAME_txns}, and beside it {@code _labels}, {@code _acctlabels}, {@code
   * _accounts}, gzipped or not.
   *
   * @throws BacktestException when it has no labels, or a file is wrong
   */
  static CalibrationSet read(Path folder, String name) {
    if (Files.exists(folder.resolve(name + JUDGES))) {
      throw new BacktestException(
          "set "
              + name
              + " is a city that judges alone (set B or C, or a seed of final figures); nothing is"
              + " tuned on it: name other sets with --set, or make one with --set A and another"
              + " seed");
    }
    List<Path> labelFiles = new ArrayList<>();
    for (String kind : List.of("labels", "acctlabels")) {
      Path file = file(folder, name, kind);
      if (file != null) {
        labelFiles.add(file);
      }
    }
    if (labelFiles.isEmpty()) {
      throw new BacktestException(
          "set " + name + " has no labels; put " + name + "_labels.csv beside its transactions");
    }
    BacktestFiles files =
        BacktestFiles.of(
            List.of(file(folder, name, "txns")), List.of(), file(folder, name, "accounts"));
    Truth.Builder truth = new Truth.Builder(Labels.read(labelFiles));
    List<EnrichedEvent> events = enriched(files.read(new TurnedAway()), truth);
    return new CalibrationSet(name, events, truth.build());
  }

  private static List<EnrichedEvent> enriched(MergedRows rows, Truth.Builder truth) {
    FeaturePipeline pipeline = new FeaturePipeline(Limits.UNHEARD);
    List<EnrichedEvent> events = new ArrayList<>();
    while (rows.hasNext()) {
      EnrichedEvent event = rows.next();
      if (pipeline.enrich(event) == Dedupe.Verdict.NEW) {
        truth.add(event);
        events.add(event);
      }
    }
    return events;
  }

  private static Path file(Path folder, String name, String kind) {
    for (String ending : List.of(".csv.gz", ".csv")) {
      Path file = folder.resolve(name + "_" + kind + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }
}
