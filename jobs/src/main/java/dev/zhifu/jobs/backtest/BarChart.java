package dev.zhifu.jobs.backtest;

import java.util.List;
import java.util.Locale;

/** Shares as lying bars from 0 to 1, with their intervals as whiskers. */
final class BarChart {
  private static final int LEFT = 250;
  private static final int WIDE = 400;
  private static final int RIGHT = 170;
  private static final int ROW = 24;
  private static final int TOP = 8;

  private BarChart() {}

  static String draw(String label, List<Bar> bars) {
    int bottom = TOP + bars.size() * ROW;
    Svg svg = new Svg(LEFT + WIDE + RIGHT, bottom + 26, label);
    for (int i = 0; i <= 10; i += 2) {
      double x = LEFT + WIDE * i / 10.0;
      svg.line(x, TOP, x, bottom, "grid");
      svg.text(x, bottom + 16, "small middle", String.format(Locale.ROOT, "%.1f", i / 10.0));
    }
    for (int i = 0; i < bars.size(); i++) {
      row(svg, bars.get(i), TOP + i * ROW);
    }
    return svg.html();
  }

  private static void row(Svg svg, Bar bar, double y) {
    double middle = y + ROW / 2.0;
    svg.text(LEFT - 10, middle + 4, "label end", bar.name());
    if (bar.value() == null) {
      svg.text(LEFT + 6, middle + 4, "small start", "– 数据未给出 not told by the data");
      return;
    }
    svg.rect(LEFT, y + 4, WIDE * bar.value(), ROW - 8, bar.look(), words(bar));
    if (bar.interval() != null) {
      double low = LEFT + WIDE * bar.interval().low();
      double high = LEFT + WIDE * bar.interval().high();
      svg.line(low, middle, high, middle, "whisker");
      svg.line(low, middle - 4, low, middle + 4, "whisker");
      svg.line(high, middle - 4, high, middle + 4, "whisker");
    }
    svg.text(LEFT + WIDE + 12, middle + 4, "number start", words(bar));
  }

  private static String words(Bar bar) {
    return bar.interval() == null
        ? String.format(Locale.ROOT, "%.3f", bar.value())
        : String.format(
            Locale.ROOT,
            "%.3f  [%.3f–%.3f]",
            bar.value(),
            bar.interval().low(),
            bar.interval().high());
  }
}
