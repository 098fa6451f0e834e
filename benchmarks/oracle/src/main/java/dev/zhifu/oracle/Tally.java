package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import java.util.ArrayList;
import java.util.List;

/** What many trials found, per operator, skip strategy and disturbance. Not thread-safe. */
final class Tally {
  /** Differences that are kept with their histories. */
  static final int MOST_KEPT = 20;

  private static final int HISTORIES = 0;
  private static final int WITH_HIT = 1;
  private static final int WITH_RETRACTION = 2;
  private static final int DIFFERENT = 3;

  private final long[][][][] cells =
      new long[Operator.values().length][AfterMatch.Kind.values().length]
          [Disturbance.values().length][4];
  private final List<Difference> kept = new ArrayList<>();
  private final HitSet engine = new HitSet();
  private final HitSet stock = new HitSet();
  private final HitSet spec = new HitSet();
  private long histories;
  private long overflowed;
  private long choices;
  private long differences;

  /**
   * One cell.
   *
   * @param histories tried
   * @param withHit with at least one final hit
   * @param withRetraction with at least one hit taken back
   * @param different on which two matchers did not agree
   */
  record Cell(
      Operator operator,
      AfterMatch.Kind skip,
      Disturbance disturbance,
      long histories,
      long withHit,
      long withRetraction,
      long different) {}

  void add(Trial trial) {
    for (Operator operator : Operator.of(trial.rule())) {
      long[][] row = cells[operator.ordinal()][trial.rule().afterMatch().kind().ordinal()];
      for (Trial.Row one : trial.rows()) {
        long[] cell = row[one.disturbance().ordinal()];
        cell[HISTORIES]++;
        cell[WITH_HIT] += one.hits() > 0 ? 1 : 0;
        cell[WITH_RETRACTION] += one.retracted() > 0 ? 1 : 0;
      }
      for (Difference difference : trial.differences()) {
        row[difference.history().disturbance().ordinal()][DIFFERENT]++;
      }
    }
    histories += trial.rows().size();
    overflowed += trial.overflowed();
    choices += trial.choices();
    differences += trial.differences().size();
    trial.differences().stream().limit(MOST_KEPT - kept.size()).forEach(kept::add);
    engine.add(trial.engineHits());
    stock.add(trial.stockHits());
    spec.add(trial.specHits());
  }

  Cell cell(Operator operator, AfterMatch.Kind skip, Disturbance disturbance) {
    long[] cell = cells[operator.ordinal()][skip.ordinal()][disturbance.ordinal()];
    return new Cell(
        operator,
        skip,
        disturbance,
        cell[HISTORIES],
        cell[WITH_HIT],
        cell[WITH_RETRACTION],
        cell[DIFFERENT]);
  }

  List<Cell> all() {
    List<Cell> all = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      for (AfterMatch.Kind skip : AfterMatch.Kind.values()) {
        for (Disturbance disturbance : Disturbance.values()) {
          all.add(cell(operator, skip, disturbance));
        }
      }
    }
    return all;
  }

  /** Takes up what an earlier run had counted. */
  void restore(Cell cell) {
    long[] counts = cells[cell.operator.ordinal()][cell.skip.ordinal()][cell.disturbance.ordinal()];
    counts[HISTORIES] = cell.histories;
    counts[WITH_HIT] = cell.withHit;
    counts[WITH_RETRACTION] = cell.withRetraction;
    counts[DIFFERENT] = cell.different;
  }

  void restore(long formerHistories, long formerOverflowed, long formerChoices, long different) {
    histories = formerHistories;
    overflowed = formerOverflowed;
    choices = formerChoices;
    differences = different;
  }

  HitSet engine() {
    return engine;
  }

  HitSet stock() {
    return stock;
  }

  HitSet spec() {
    return spec;
  }

  long histories() {
    return histories;
  }

  long overflowed() {
    return overflowed;
  }

  long choices() {
    return choices;
  }

  long differences() {
    return differences;
  }

  List<Difference> kept() {
    return kept;
  }
}
