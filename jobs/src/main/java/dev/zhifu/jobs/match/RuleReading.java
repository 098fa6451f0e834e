package dev.zhifu.jobs.match;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import java.io.Serializable;

/** Turns a rule file's text into a rule. */
@FunctionalInterface
public interface RuleReading extends Serializable {
  /** The language's own parser. */
  RuleReading PARSER = (name, text) -> RuleParser.parse(name, text).orThrow();

  /**
   * Reads a rule.
   *
   * @param name name for messages
   * @param text the file's text
   * @throws RuntimeException naming every fault
   */
  Rule read(String name, String text);
}
