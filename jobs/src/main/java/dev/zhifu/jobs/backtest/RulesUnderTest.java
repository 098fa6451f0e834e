package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of a run: the live ones of a catalogue, and any rule whose own folder is named, drafts
 * too.
 *
 * @param rules by id
 */
record RulesUnderTest(Map<String, Rule> rules) {

  /**
   * Loads.
   *
   * @param folders catalogues (one folder a rule) or folders of single rules
   * @throws BacktestException naming every fault
   */
  static RulesUnderTest of(List<Path> folders) {
    Map<String, Rule> rules = new TreeMap<>();
    for (Path folder : folders) {
      for (Rule rule : load(folder)) {
        rules.put(rule.id(), rule);
      }
    }
    return new RulesUnderTest(rules);
  }

  /** These rules with {@code drafts} added, each in the place of a rule of its id. */
  RulesUnderTest with(RulesUnderTest drafts) {
    Map<String, Rule> all = new TreeMap<>(rules);
    all.putAll(drafts.rules);
    return new RulesUnderTest(all);
  }

  private static List<Rule> load(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BacktestException(
          "--rules is "
              + folder
              + ", which is no folder; name a catalogue such as rules/catalogue, or a rule's own folder");
    }
    try {
      Path single = folder.resolve("rule.yaml");
      return Files.exists(single) ? List.of(one(single)) : live(folder);
    } catch (IOException e) {
      throw new BacktestException("--rules " + folder + " cannot be read: " + e.getMessage());
    }
  }

  private static Rule one(Path file) throws IOException {
    RuleResult result = RuleParser.parse(file.toString(), Files.readString(file));
    if (!result.ok()) {
      throw faults(result.problems());
    }
    return result.rule();
  }

  private static List<Rule> live(Path catalogue) throws IOException {
    RuleSet set = RuleSet.ofDirectory(catalogue);
    if (!set.ok()) {
      throw faults(set.problems());
    }
    return set.liveRules();
  }

  private static BacktestException faults(List<RuleProblem> problems) {
    return new BacktestException(
        "the rules have faults:\n"
            + problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
  }

  /**
   * What router and MATCH are told: each rule in force for the whole of event time, then that this
   * was all.
   */
  List<RouterControl> control() {
    List<RouterControl> control = new ArrayList<>();
    rules.values().forEach(rule -> control.add(RouterControl.of(publication(rule))));
    control.add(RouterControl.ready());
    return control;
  }

  private static RulePublication publication(Rule rule) {
    return RulePublication.newBuilder()
        .setRuleId(rule.id())
        .setVersion(rule.version())
        .setStatus(PublicationStatus.LIVE)
        .setDocument(rule.text())
        .setDocumentSha256(rule.textSha256())
        .setEffectiveFrom(Instant.EPOCH)
        .setAuthor("back-test")
        .setReason("back-test")
        .build();
  }

  /** Per rule, what it asks for and these data cannot give: kinds of events and features. */
  Map<String, Set<String>> missing(Census census) {
    Map<String, Set<String>> missing = new TreeMap<>();
    Set<String> features = census.missingFeatures();
    for (Rule rule : rules.values()) {
      Set<String> of = new TreeSet<>();
      rule.over().stream()
          .filter(kind -> !census.kinds().contains(kind))
          .map(EventKind::word)
          .forEach(of::add);
      rule.features().stream().filter(features::contains).forEach(of::add);
      missing.put(rule.id(), of);
    }
    return missing;
  }

  /** Id and version of each. */
  List<String> names() {
    return rules.values().stream().map(rule -> rule.id() + " version " + rule.version()).toList();
  }
}
