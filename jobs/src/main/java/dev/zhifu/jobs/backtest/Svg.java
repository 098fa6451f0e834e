package dev.zhifu.jobs.backtest;

import java.util.Locale;

/** Draws with numbers and plain shapes; every text is escaped. */
final class Svg {
  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String label;

  /**
   * An empty drawing.
   *
   * @param width in pixels of its own
   * @param height likewise
   * @param label what it shows, for readers who cannot see it
   */
  Svg(int width, int height, String label) {
    this.width = width;
    this.height = height;
    this.label = label;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  Svg rect(double x, double y, double wide, double high, String look, String title) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>%s</title></rect>",
            x,
            y,
            Math.max(0, wide),
            Math.max(0, high),
            look,
            escape(title)));
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String look) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
            x1,
            y1,
            x2,
            y2,
            look));
    return this;
  }

  Svg dot(double x, double y, String look, String title) {
    body.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"><title>%s</title></circle>",
            x,
            y,
            look,
            escape(title)));
    return this;
  }

  /** Text; {@code look} holds its class, among them start, middle or end. */
  Svg text(double x, double y, String look, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>",
            x,
            y,
            look,
            escape(text)));
    return this;
  }

  String html() {
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" style=\"max-width:%dpx\">%s</svg>",
        width,
        height,
        escape(label),
        width,
        body);
  }
}
