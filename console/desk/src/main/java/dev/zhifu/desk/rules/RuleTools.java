package dev.zhifu.desk.rules;

import java.nio.file.Path;

/**
 * What rules are worked on with.
 *
 * @param folder where drafts are written, one folder a rule as in the catalogue; null: none can be
 *     saved
 * @param launcher the command {@code zhifu} that runs scenarios and trials; null: none are run
 * @param state folder of runs in which it finds the stack; null for its own default
 */
public record RuleTools(Path folder, Path launcher, Path state) {
  /** Nothing: rules are read and published ones withdrawn, no more. */
  public static RuleTools none() {
    return new RuleTools(null, null, null);
  }
}
