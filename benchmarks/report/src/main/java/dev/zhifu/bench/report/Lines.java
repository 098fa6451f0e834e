package dev.zhifu.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves over one axis, drawn to scale. */
final class Lines {
  private static final int WIDE = 620;
  private static final int HIGH = 220;
  private static final int LEFT = 90;
  private static final int FOOT = 26;
  private static final int LEGEND = 160;
  private static final List<String> COLOURS =
      List.of("#3567a8", "#b3261e", "#067d3f", "#8a5a00", "#6a3d9a", "#444444");

  private Lines() {}

  /**
   * Draws.
   *
   * @param curves by name, each a list of x, y; x from 0 to {@code most} of all
   * @param unit of y, for its axis
   * @param across of x
   */
  static String of(Map<String, List<double[]>> curves, String unit, String across) {
    double right = most(curves, 0);
    double top = most(curves, 1);
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg width=\"%d\" height=\"%d\" role=\"img\"><path d=\"M%d 6V%dH%d\" stroke=\"#888\" fill=\"none\"/>",
                LEFT + WIDE + LEGEND,
                HIGH + FOOT + 6,
                LEFT,
                HIGH,
                LEFT + WIDE));
    label(svg, LEFT - 6, 16, "end", Page.whole(top) + " " + unit);
    label(svg, LEFT - 6, HIGH, "end", "0");
    label(svg, LEFT + WIDE, HIGH + 18, "end", Page.whole(right) + " " + across);
    int number = 0;
    for (Map.Entry<String, List<double[]>> curve : curves.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder points = new StringBuilder();
      for (double[] point : curve.getValue()) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                LEFT + WIDE * point[0] / right,
                HIGH - (HIGH - 10) * point[1] / top));
      }
      svg.append("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"")
          .append(colour)
          .append("\" points=\"")
          .append(points)
          .append("\"/><g fill=\"")
          .append(colour)
          .append("\">");
      label(svg, LEFT + WIDE + 8, 18 + 17 * number, "start", curve.getKey());
      svg.append("</g>");
      number++;
    }
    return svg.append("</svg>").toString();
  }

  private static double most(Map<String, List<double[]>> curves, int axis) {
    return Math.max(
        1e-9,
        curves.values().stream()
            .flatMap(List::stream)
            .mapToDouble(point -> point[axis])
            .max()
            .orElse(1));
  }

  private static void label(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            Page.text(text)));
  }
}
