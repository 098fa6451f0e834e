package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.List;

/** Minutes to alert in bins that a reader of incidents thinks in. */
enum TimeBins {
  MINUTE(1, "<1 min"),
  FIVE(5, "1–5 min"),
  QUARTER(15, "5–15 min"),
  HOUR(60, "15–60 min"),
  FOUR_HOURS(240, "1–4 h"),
  DAY(1_440, "4–24 h"),
  THREE_DAYS(4_320, "1–3 d"),
  LONGER(Double.POSITIVE_INFINITY, ">3 d");

  private final double below;
  private final String name;

  TimeBins(double below, String name) {
    this.below = below;
    this.name = name;
  }

  static List<ColumnChart.Column> of(List<Double> minutes) {
    List<ColumnChart.Column> columns = new ArrayList<>();
    double from = Double.NEGATIVE_INFINITY;
    for (TimeBins bin : values()) {
      double least = from;
      long count = minutes.stream().filter(one -> one >= least && one < bin.below).count();
      columns.add(new ColumnChart.Column(bin.name, count, bin.name + ": " + count));
      from = bin.below;
    }
    return columns;
  }
}
