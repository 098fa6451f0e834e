package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.backtest.CalibrationScore.Half;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSheet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Chooses thresholds of rules by what they find in labelled sets: one threshold at a time, in a
 * fixed order, the value that does best over all sets together on the tuned half of their cases. A
 * change must gain at least {@link #LEAST_GAIN} there and must not lose on the judged half; else
 * the written value stays. No chance is involved: the same rules and files give the same answer.
 *
 * <p>It sees nothing but events, features and labels of whole transactions and accounts; never the
 * name of an account.
 *
 * @see <a href="../docs/adr/0024-thresholds-are-chosen-on-half-of-the-cases.md">ADR 0024</a>
 */
final class Calibration {
  /** Least gain in the mean over the sets that is worth another threshold. */
  static final double LEAST_GAIN = 0.005;

  private final List<CalibrationSet> sets;
  private final Map<Half, List<CalibrationScore>> scores = new EnumMap<>(Half.class);
  private final Map<String, Candidate> rules = new TreeMap<>();
  private final Consumer<String> progress;

  /** A rule as it stands, and what it finds in each set. */
  private record Candidate(RuleResult rule, List<List<Alert>> alerts) {}

  /** Mean over the sets, 0 to 1, on either half. */
  record Value(double tuned, double judged) {}

  /**
   * One threshold looked at.
   *
   * @param best the value that did best on the tuned half; the written one when none did better
   * @param taken true when it was taken
   * @param before value of the rules before
   * @param after value with it
   */
  record Step(
      String rule,
      String parameter,
      String unit,
      String written,
      String best,
      boolean taken,
      Value before,
      Value after) {}

  /**
   * @param rules parsed without faults, with their sheets
   * @param progress told what is under way, one line each
   */
  Calibration(List<CalibrationSet> sets, List<RuleResult> rules, Consumer<String> progress) {
    this.sets = sets;
    this.progress = progress;
    for (Half half : Half.values()) {
      scores.put(half, sets.stream().map(set -> new CalibrationScore(set.truth(), half)).toList());
    }
    for (RuleResult rule : rules) {
      progress.accept("looking with " + rule.rule().id());
      this.rules.put(rule.rule().id(), new Candidate(rule, find(rule.rule())));
    }
  }

  private List<List<Alert>> find(Rule rule) {
    return sets.stream().map(set -> RuleTrial.run(rule, set.events())).toList();
  }

  /** Value of the rules as they stand. */
  Value value() {
    return value(null, null);
  }

  /** Value on each set, for a table. */
  Map<String, Value> bySet() {
    Map<String, Value> values = new TreeMap<>();
    for (int i = 0; i < sets.size(); i++) {
      List<Alert> alerts = together(i, null, null);
      values.put(
          sets.get(i).name(),
          new Value(
              scores.get(Half.TUNED).get(i).of(alerts), scores.get(Half.JUDGED).get(i).of(alerts)));
    }
    return values;
  }

  private Value value(String rule, List<List<Alert>> instead) {
    return new Value(mean(Half.TUNED, rule, instead), mean(Half.JUDGED, rule, instead));
  }

  private double mean(Half half, String rule, List<List<Alert>> instead) {
    double sum = 0;
    int counted = 0;
    for (int i = 0; i < sets.size(); i++) {
      double value = scores.get(half).get(i).of(together(i, rule, instead));
      if (!Double.isNaN(value)) {
        sum += value;
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  private List<Alert> together(int set, String rule, List<List<Alert>> instead) {
    List<Alert> all = new ArrayList<>();
    rules.forEach(
        (id, one) -> all.addAll(id.equals(rule) ? instead.get(set) : one.alerts().get(set)));
    return all;
  }

  /** Looks at every threshold that an author chose, rule by rule; keeps what is better. */
  List<Step> tune() {
    List<Step> steps = new ArrayList<>();
    for (String id : List.copyOf(rules.keySet())) {
      for (RuleSheet.Parameter parameter : rules.get(id).rule().sheet().parameters()) {
        if (Thresholds.isTunable(parameter)) {
          Step step = tune(id, parameter);
          steps.add(step);
          progress.accept(words(step));
        }
      }
    }
    return steps;
  }

  private Step tune(String id, RuleSheet.Parameter parameter) {
    Value before = value();
    Value best = before;
    String bestWritten = parameter.written();
    Candidate bestRule = null;
    for (String written : Thresholds.candidates(parameter)) {
      Candidate tried = tried(id, parameter.name(), written);
      if (tried == null) {
        continue;
      }
      Value value = value(id, tried.alerts());
      if (value.tuned() > best.tuned()) {
        best = value;
        bestWritten = written;
        bestRule = tried;
      }
    }
    boolean taken =
        bestRule != null
            && best.tuned() >= before.tuned() + LEAST_GAIN
            && best.judged() >= before.judged();
    if (taken) {
      rules.put(id, bestRule);
    }
    return new Step(
        id,
        parameter.name(),
        parameter.unit(),
        parameter.written(),
        bestWritten,
        taken,
        before,
        best);
  }

  /** The rule with another threshold; null when it is no rule any more, such as a share above 1. */
  private Candidate tried(String id, String parameter, String written) {
    Rule rule = rules.get(id).rule().rule();
    RuleResult result = RuleParser.parse(id, Thresholds.with(rule.text(), parameter, written));
    return result.ok() ? new Candidate(result, find(result.rule())) : null;
  }

  /** The rules' texts as they stand now. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    rules.forEach((id, one) -> texts.put(id, one.rule().rule().text()));
    return texts;
  }

  static String words(Step step) {
    return String.format(
        Locale.ROOT,
        "%-4s %-20s %10s -> %-10s %-8s tuned %.3f -> %.3f, judged %.3f -> %.3f",
        step.rule(),
        step.parameter(),
        step.written(),
        step.best(),
        step.taken() ? "taken" : "left",
        step.before().tuned(),
        step.after().tuned(),
        step.before().judged(),
        step.after().judged());
  }
}
