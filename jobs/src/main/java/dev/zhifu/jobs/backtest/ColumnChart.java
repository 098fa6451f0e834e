package dev.zhifu.jobs.backtest;

import java.util.List;
import java.util.Locale;

/** Counts as standing columns. */
final class ColumnChart {
  private static final int LEFT = 56;
  private static final int WIDE = 740;
  private static final int HIGH = 170;
  private static final int TOP = 20;

  /** A lone column need not be a wall. */
  private static final double WIDEST = 64;

  /** Labels below that would touch each other are left out beyond this many columns. */
  private static final int MOST_LABELS = 12;

  /**
   * One column.
   *
   * @param name below it
   * @param count its height
   * @param title said when pointed at
   */
  record Column(String name, long count, String title) {}

  private ColumnChart() {}

  static String draw(String label, List<Column> columns) {
    Svg svg = new Svg(LEFT + WIDE + 20, TOP + HIGH + 40, label);
    long most = Math.max(1, columns.stream().mapToLong(Column::count).max().orElse(1));
    for (int i = 0; i <= 2; i++) {
      double y = TOP + HIGH - HIGH * i / 2.0;
      svg.line(LEFT, y, LEFT + WIDE, y, "grid");
      svg.text(LEFT - 8, y + 4, "small end", number(most * i / 2.0));
    }
    double step = WIDE / (double) Math.max(1, columns.size());
    int every = (columns.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int i = 0; i < columns.size(); i++) {
      Column one = columns.get(i);
      double x = LEFT + i * step;
      double high = HIGH * one.count() / (double) most;
      double wide = Math.min(WIDEST, step * 0.7);
      svg.rect(x + (step - wide) / 2, TOP + HIGH - high, wide, high, "a", one.title());
      if (columns.size() <= 2 * MOST_LABELS && one.count() > 0) {
        svg.text(x + step / 2, TOP + HIGH - high - 5, "small middle", number(one.count()));
      }
      if (i % every == 0) {
        svg.text(x + step / 2, TOP + HIGH + 18, "small middle", one.name());
      }
    }
    return svg.html();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
