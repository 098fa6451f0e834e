package dev.zhifu.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Bars drawn to scale, one a row. */
final class Bars {
  private static final int ROW = 24;
  private static final int LABEL = 190;
  private static final int WIDE = 560;

  private Bars() {}

  static String of(List<String> names, ToDoubleFunction<String> value, double most) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"%d\" role=\"img\">",
            LABEL + WIDE + 110,
            names.size() * ROW + 4));
    for (int i = 0; i < names.size(); i++) {
      double length = value.applyAsDouble(names.get(i));
      if (!Double.isNaN(length)) {
        svg.append(row(names.get(i), i * ROW, length, most));
      }
    }
    return svg.append("</svg>").toString();
  }

  private static String row(String name, int y, double value, double most) {
    double wide = Math.max(1, WIDE * value / most);
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3567a8\"/>"
            + "<text x=\"%.1f\" y=\"%d\">%s</text>",
        LABEL - 8,
        y + 17,
        Page.text(name),
        LABEL,
        y + 4,
        wide,
        ROW - 7,
        LABEL + wide + 6,
        y + 17,
        Page.whole(value));
  }
}
