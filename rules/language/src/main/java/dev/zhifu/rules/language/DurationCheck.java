package dev.zhifu.rules.language;

import org.snakeyaml.engine.v2.nodes.Node;

/** Reads durations that must lie within the longest window. */
final class DurationCheck {
  /** Longest window of a pattern; what looks back further is a feature. */
  static final long LONGEST_MS = Durations.parse("72h");

  private DurationCheck() {}

  /** Milliseconds from 1 s to 72 h; 1 s, with a fault, when it is something else. */
  static long read(Problems problems, Node node, String key, String text) {
    long ms = Durations.parse(text);
    if (ms <= 0) {
      problems.fault(
          node,
          "'" + key + "' is '" + text + "'",
          "write a number and s, m, h or d, such as 30s, 10m, 2h, 3d");
    } else if (ms > LONGEST_MS) {
      problems.fault(
          node,
          "'" + key + "' is " + text + ", over 72h",
          "72h is the longest window; what looks back further is a feature");
    }
    return ms <= 0 || ms > LONGEST_MS ? 1000 : ms;
  }
}
