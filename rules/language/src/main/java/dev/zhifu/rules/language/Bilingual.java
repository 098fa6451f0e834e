package dev.zhifu.rules.language;

import org.snakeyaml.engine.v2.nodes.Node;

/** A text in Chinese and English. */
record Bilingual(String zh, String en) {

  static Bilingual read(Fields fields, String key, Problems problems) {
    Node node = fields.required(key, "{zh: …, en: …}");
    if (node == null) {
      return new Bilingual("", "");
    }
    Fields both = Fields.of(node, "'" + key + "'", problems);
    Bilingual text = new Bilingual(oneLine(both.text("zh", "…")), oneLine(both.text("en", "…")));
    both.refuseOthers();
    return text;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
