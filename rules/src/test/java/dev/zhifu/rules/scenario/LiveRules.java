package dev.zhifu.rules.scenario;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rules of the catalogue that ship live, as the folder has them. */
final class LiveRules {
  private LiveRules() {}

  /**
   * All of them.
   *
   * @throws IllegalStateException when the folder has none, or a rule has faults
   */
  static List<Rule> all() throws IOException {
    RuleSet set = RuleSet.ofDirectory(Path.of("catalogue"));
    List<Rule> live = set.liveRules();
    if (!set.ok() || live.isEmpty()) {
      throw new IllegalStateException(
          "the catalogue has " + live.size() + " live rules and faults " + set.problems());
    }
    return live;
  }

  /** Their ids. */
  static List<String> ids() throws IOException {
    return all().stream().map(Rule::id).toList();
  }
}
