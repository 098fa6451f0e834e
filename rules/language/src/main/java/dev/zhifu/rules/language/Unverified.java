package dev.zhifu.rules.language;

import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Node;

/** Keeps what nobody has read in a source from being shown as law. */
final class Unverified {
  private Unverified() {}

  static void refuse(Problems problems, Node node, String text) {
    if (text.toUpperCase(Locale.ROOT).contains("UNVERIFIED")) {
      problems.fault(
          node,
          "'" + text + "' is unverified",
          "name a source that was read, or write 'engineering default'");
    }
  }
}
