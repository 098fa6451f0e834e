package dev.zhifu.stack.floor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What textbook window rules find on a set, as a floor to measure the engine against.
 *
 * @param set name of the set
 * @param hours window of fans and cycles, hours
 * @param counterparties distinct counterparties that make a fan
 * @param transactions in the set
 * @param accounts in the set
 * @param illicit illicit transactions in the set
 * @param sha256 of each file read, by name
 * @param lines figures by rule, their union last
 */
public record NaiveFloor(
    String set,
    int hours,
    int counterparties,
    int transactions,
    int accounts,
    int illicit,
    Map<String, String> sha256,
    List<FloorLine> lines) {
  private static final long HOUR_MS = 3_600_000L;

  /** Names of the sets in a folder, sorted. */
  public static List<String> sets(Path folder) {
    return FloorSet.names(folder);
  }

  /**
   * Reads one set once and runs the rules in each window.
   *
   * @param folder where {@code NAME_txns.csv.gz} lies, its {@code NAME_labels.csv.gz} beside it
   * @param hours windows, hours
   * @param counterparties distinct counterparties that make a fan
   */
  public static List<NaiveFloor> of(
      Path folder, String name, List<Integer> hours, int counterparties) {
    FloorSet set = FloorSet.read(folder, name);
    Map<String, String> sums = new TreeMap<>();
    set.files().forEach(file -> sums.put(file.getFileName().toString(), FileSum.sha256(file)));
    return hours.stream().map(window -> of(set, sums, window, counterparties)).toList();
  }

  private static NaiveFloor of(
      FloorSet set, Map<String, String> sums, int hours, int counterparties) {
    Map<NaiveRule, Flags> flags = NaiveRules.run(set.movements(), hours * HOUR_MS, counterparties);
    List<FloorLine> lines = new ArrayList<>();
    Flags union = Flags.none();
    flags.forEach(
        (rule, found) -> {
          union.add(found);
          lines.add(FloorLine.of(rule.word(), found, set, rule.word()));
        });
    lines.add(FloorLine.of("all four", union, set, "any"));
    return new NaiveFloor(
        set.name(),
        hours,
        counterparties,
        set.movements().size(),
        set.accounts(),
        set.illicit().size(),
        sums,
        lines);
  }
}
