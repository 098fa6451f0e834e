package dev.zhifu.rules.scenario;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs one scenario on one subject and compares what was expected with what came. */
public final class ScenarioCheck {

  /**
   * What came of one scenario.
   *
   * @param scenario the scenario
   * @param missing expected and not made
   * @param unexpected made and not expected
   */
  public record Outcome(
      Scenario scenario, List<ExpectedHit> missing, List<ExpectedHit> unexpected) {

    /** True when exactly the expected hits were made. */
    public boolean ok() {
      return missing.isEmpty() && unexpected.isEmpty();
    }

    /** What differs, several lines; empty when nothing does. */
    public String differences() {
      StringBuilder text = new StringBuilder();
      missing.forEach(hit -> text.append("    missing     ").append(hit).append('\n'));
      unexpected.forEach(hit -> text.append("    unexpected  ").append(hit).append('\n'));
      return text.toString();
    }
  }

  private ScenarioCheck() {}

  /** Runs and compares. */
  public static Outcome run(Scenario scenario, List<Rule> rules, Subject subject) {
    List<ExpectedHit> made = made(scenario, subject.run(rules, scenario.arrivals()));
    List<ExpectedHit> missing = without(scenario.expected(), made);
    List<ExpectedHit> unexpected = without(made, scenario.expected());
    return new Outcome(scenario, missing, unexpected);
  }

  private static List<ExpectedHit> without(List<ExpectedHit> all, List<ExpectedHit> some) {
    List<ExpectedHit> rest = new ArrayList<>(all);
    some.forEach(rest::remove);
    return rest.stream().sorted().toList();
  }

  /**
   * The last revision of each hit decides whether it holds; one that never held was never
   * announced.
   */
  private static List<ExpectedHit> made(Scenario scenario, List<RuleHit> revisions) {
    Map<String, RuleHit> last = new LinkedHashMap<>();
    Map<String, RuleHit> announced = new LinkedHashMap<>();
    for (RuleHit hit : revisions) {
      last.put(hit.getHitId(), hit);
      if (hit.getHolds()) {
        announced.put(hit.getHitId(), hit);
      }
    }
    return announced.values().stream()
        .map(hit -> named(scenario, hit, !last.get(hit.getHitId()).getHolds()))
        .toList();
  }

  private static ExpectedHit named(Scenario scenario, RuleHit hit, boolean retracted) {
    List<String> evidence =
        hit.getEvidence().stream()
            .map(Evidence::getEventId)
            .map(id -> scenario.names().getOrDefault(id, id))
            .toList();
    return new ExpectedHit(
        Offsets.format(hit.getOccurredAt().toEpochMilli() - scenario.startMs()),
        hit.getRuleId(),
        key(scenario, hit.getKey()),
        evidence,
        retracted);
  }

  /** The key by its role; of a pair both, divided as in the key. */
  private static String key(Scenario scenario, String key) {
    return Arrays.stream(key.split("\\|"))
        .map(token -> scenario.names().getOrDefault(token, token))
        .collect(Collectors.joining("|"));
  }
}
