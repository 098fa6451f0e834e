package dev.zhifu.rules.features;

import dev.zhifu.rules.language.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which version of each rule is in force at which event time. An event uses the set in force at its
 * own event time, live, replayed or back-tested; so versions that ended are kept for events that
 * come late.
 */
public final class RuleTimeline {
  /** Changes remembered of one rule; the oldest go first. */
  public static final String LIMIT_CHANGES = "router.ruleChanges";

  static final int MOST_CHANGES = 64;

  private final Limits limits;
  private final Map<String, NavigableMap<Long, Change>> changes = new HashMap<>();

  /** One index for each time at which anything changes; empty until asked. */
  private final NavigableMap<Long, RuleIndex> indexes = new TreeMap<>();

  /** What one rule is from one event time on; {@code rule} is null when it is nothing. */
  private record Change(Rule rule) {}

  /** A timeline without rules that tells {@code limits} when it forgets. */
  public RuleTimeline(Limits limits) {
    this.limits = limits;
  }

  /**
   * Puts a rule in force from an event time on, in place of what was published for that same time.
   */
  public void start(Rule rule, long effectiveFrom) {
    change(rule.id(), effectiveFrom, new Change(rule));
  }

  /** Ends whatever version of the rule is in force, from an event time on. */
  public void end(String ruleId, long effectiveFrom) {
    change(ruleId, effectiveFrom, new Change(null));
  }

  /** Takes a publication back as if it had never been made. */
  public void annul(String ruleId, long effectiveFrom) {
    NavigableMap<Long, Change> ofRule = changes.get(ruleId);
    if (ofRule != null && ofRule.remove(effectiveFrom) != null) {
      indexes.clear();
    }
  }

  /**
   * Forgets versions that ended at or before an event time; no event at or before it may come any
   * more.
   */
  public void forgetEnded(long until) {
    for (NavigableMap<Long, Change> ofRule : changes.values()) {
      while (ofRule.size() > 1 && ofRule.higherKey(ofRule.firstKey()) <= until) {
        ofRule.pollFirstEntry();
        indexes.clear();
      }
      if (ofRule.size() == 1
          && ofRule.firstEntry().getValue().rule() == null
          && ofRule.firstKey() <= until) {
        ofRule.clear();
        indexes.clear();
      }
    }
    changes.values().removeIf(Map::isEmpty);
  }

  private void change(String ruleId, long effectiveFrom, Change change) {
    NavigableMap<Long, Change> ofRule = changes.computeIfAbsent(ruleId, id -> new TreeMap<>());
    ofRule.put(effectiveFrom, change);
    if (ofRule.size() > MOST_CHANGES) {
      ofRule.pollFirstEntry();
      limits.passed(LIMIT_CHANGES);
    }
    indexes.clear();
  }

  /** The rules in force at an event time. */
  RuleIndex at(long time) {
    if (indexes.isEmpty()) {
      indexAll();
    }
    return indexes.floorEntry(time).getValue();
  }

  private void indexAll() {
    indexes.put(Long.MIN_VALUE, RuleIndex.EMPTY);
    for (NavigableMap<Long, Change> ofRule : changes.values()) {
      ofRule.keySet().forEach(time -> indexes.putIfAbsent(time, RuleIndex.EMPTY));
    }
    indexes.replaceAll((time, none) -> index(time));
  }

  private RuleIndex index(long time) {
    RuleIndex.Builder index = new RuleIndex.Builder();
    for (NavigableMap<Long, Change> ofRule : changes.values()) {
      Map.Entry<Long, Change> inForce = ofRule.floorEntry(time);
      if (inForce != null && inForce.getValue().rule() != null) {
        index.add(inForce.getValue().rule());
      }
    }
    return index.build();
  }
}
