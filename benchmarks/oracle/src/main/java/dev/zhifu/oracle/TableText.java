package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import java.util.List;

/** The table as text. */
final class TableText {
  /** Histories with a hit, and with a retraction where one is possible, that a cell should have. */
  static final long ENOUGH = 1_000;

  private final Tally tally;

  TableText(Tally tally) {
    this.tally = tally;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Histories with a hit / with a retraction, by operator, skip strategy, disturbance\n");
    text.append("%-16s %-14s".formatted("operator", "afterMatch"));
    for (Disturbance disturbance : Disturbance.values()) {
      text.append(" %15s".formatted(disturbance.name().toLowerCase(java.util.Locale.ROOT)));
    }
    for (Operator operator : Operator.values()) {
      for (AfterMatch.Kind skip : AfterMatch.Kind.values()) {
        row(text, operator, skip);
      }
    }
    text.append("\n\n").append(summary());
    return text.toString();
  }

  private void row(StringBuilder text, Operator operator, AfterMatch.Kind skip) {
    text.append("\n%-16s %-14s".formatted(operator, skip));
    for (Disturbance disturbance : Disturbance.values()) {
      Tally.Cell cell = tally.cell(operator, skip, disturbance);
      text.append(" %15s".formatted(cell.withHit() + " / " + cell.withRetraction()));
    }
  }

  private String summary() {
    List<Tally.Cell> all = tally.all();
    long fewHits = all.stream().filter(cell -> cell.withHit() < ENOUGH).count();
    List<Tally.Cell> possible = all.stream().filter(TableText::mayRetract).toList();
    long fewRetractions = possible.stream().filter(cell -> cell.withRetraction() < ENOUGH).count();
    return """
        %d histories, %d left out as overflowed, %d releases that the language leaves open
        cells with under %d histories with a hit: %d of %d, the least %d
        cells with under %d histories with a retraction, of those where late events make one possible: %d of %d, the least %d
        engine:              %s
        oracle 1, stock CEP: %s
        oracle 2, language:  %s
        differences: %d
        """
        .formatted(
            tally.histories(),
            tally.overflowed(),
            tally.choices(),
            ENOUGH,
            fewHits,
            all.size(),
            all.stream().mapToLong(Tally.Cell::withHit).min().orElse(0),
            ENOUGH,
            fewRetractions,
            possible.size(),
            possible.stream().mapToLong(Tally.Cell::withRetraction).min().orElse(0),
            tally.engine(),
            tally.stock(),
            tally.spec(),
            tally.differences());
  }

  /**
   * Absence is decided by the watermark alone; and without a late event only a withheld match can
   * be taken back, and few rules withhold any.
   */
  static boolean mayRetract(Tally.Cell cell) {
    return cell.disturbance() != Disturbance.NONE && cell.operator() != Operator.ABSENCE_AT_END;
  }
}
