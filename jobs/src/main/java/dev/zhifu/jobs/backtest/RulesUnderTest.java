package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.schemas.stored.StoredHistory;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param rules by id; of several versions the newest
 * @param publications what MATCH is told, by rule id
 */
record RulesUnderTest(Map<String, Rule> rules, Map<String, List<RulePublication>> publications) {

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
    return always(rules);
  }

  private static RulesUnderTest always(Map<String, Rule> rules) {
    Map<String, List<RulePublication>> publications = new TreeMap<>();
    rules.forEach((id, rule) -> publications.put(id, List.of(publication(rule))));
    return new RulesUnderTest(rules, publications);
  }

  /** What was in force in stored history, each version in its time, shadows too. */
  static RulesUnderTest of(StoredHistory history) {
    Map<String, Rule> rules = new TreeMap<>();
    Map<String, List<RulePublication>> publications = new TreeMap<>();
    List<RulePublication> all = new ArrayList<>();
    try (Rows<RulePublication> rows = history.readRules()) {
      rows.forEachRemaining(all::add);
    } catch (UncheckedIOException e) {
      throw new BacktestException(e.getMessage());
    }
    all.sort(
        Comparator.comparing(RulePublication::getEffectiveFrom)
            .thenComparing(RulePublication::getVersion));
    for (RulePublication one : all) {
      publications.computeIfAbsent(one.getRuleId(), id -> new ArrayList<>()).add(one);
      if (one.getStatus() != PublicationStatus.WITHDRAWN) {
        RuleResult read = RuleParser.parse(one.getRuleId() + "/rule.yaml", one.getDocument());
        if (!read.ok()) {
          throw faults(read.problems());
        }
        rules.put(one.getRuleId(), read.rule());
      }
    }
    return new RulesUnderTest(rules, publications);
  }

  /** These rules with {@code drafts} added, each in the place of a rule of its id. */
  RulesUnderTest with(RulesUnderTest drafts) {
    Map<String, Rule> all = new TreeMap<>(rules);
    all.putAll(drafts.rules);
    Map<String, List<RulePublication>> told = new TreeMap<>(publications);
    told.putAll(drafts.publications);
    return new RulesUnderTest(all, told);
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
   * What router and MATCH are told: each rule in force for the whole of event time, or as it was
   * published, then that this was all.
   */
  List<RouterControl> control() {
    List<RouterControl> control = new ArrayList<>();
    told().forEach(publication -> control.add(RouterControl.of(publication)));
    control.add(RouterControl.ready());
    return control;
  }

  /** All publications. */
  List<RulePublication> told() {
    return publications.values().stream().flatMap(List::stream).toList();
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

  /** Id and version of each that ran. */
  List<String> names() {
    return told().stream()
        .filter(one -> one.getStatus() != PublicationStatus.WITHDRAWN)
        .map(one -> one.getRuleId() + " version " + one.getVersion())
        .distinct()
        .toList();
  }
}
