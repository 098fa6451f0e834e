package dev.zhifu.rules.features;

import dev.zhifu.rules.language.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which version of each rule is in force at which event time. An event uses the set in force at its
 * own event time, live, replayed or back-tested; so versions that ended are kept for events that
 * come late.
 */
public final class RuleTimeline {
  /** Changes remembered of one rule; the oldest go first. */
  public static final String LIMIT_CHANGES = "router.ruleChanges";

  static final int MOST_CHANGES = 64;

  /** Indexes kept: events come nearly in order, and a late one has its own made again. */
  static final int MOST_MADE = 32;

  private final Limits limits;
  private final Map<String, NavigableMap<Long, Change>> changes = new HashMap<>();

  /**
   * The times at which anything changes, each with the index of what is in force from then on; null
   * until the first event of that time asks, so that a change costs one index however many came
   * before it (ADR-0151).
   */
  private final NavigableMap<Long, RuleIndex> indexes = new TreeMap<>();

  private final NavigableSet<Long> made = new TreeSet<>();
  private boolean forgot;

  /** What one rule is from one event time on; {@code rule} is null when it is nothing. */
  private record Change(Rule rule) {}

  /** A timeline without rules that tells {@code limits} when it forgets. */
  public RuleTimeline(Limits limits) {
    this.limits = limits;
    indexes.put(Long.MIN_VALUE, null);
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
      makeAnew(effectiveFrom, ofRule.higherKey(effectiveFrom));
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
      }
      if (ofRule.size() == 1
          && ofRule.firstEntry().getValue().rule() == null
          && ofRule.firstKey() <= until) {
        ofRule.clear();
      }
    }
    changes.values().removeIf(Map::isEmpty);
    Long first = indexes.floorKey(until);
    if (first != Long.MIN_VALUE) {
      indexes.subMap(Long.MIN_VALUE, false, first, false).clear();
      made.headSet(first).clear();
      indexes.put(Long.MIN_VALUE, null);
      forgot = true;
    }
  }

  private void change(String ruleId, long effectiveFrom, Change change) {
    NavigableMap<Long, Change> ofRule = changes.computeIfAbsent(ruleId, id -> new TreeMap<>());
    ofRule.put(effectiveFrom, change);
    makeAnew(effectiveFrom, ofRule.higherKey(effectiveFrom));
    if (ofRule.size() > MOST_CHANGES) {
      long oldest = ofRule.pollFirstEntry().getKey();
      makeAnew(oldest, ofRule.firstKey());
      limits.passed(LIMIT_CHANGES);
    }
  }

  /**
   * Lets go the indexes of a stretch of event time in which a rule is another now.
   *
   * @param until where its next change stands, with an index of its own; null when there is none
   */
  private void makeAnew(long from, Long until) {
    indexes.put(from, null);
    NavigableMap<Long, RuleIndex> concerned =
        until == null ? indexes.tailMap(from, true) : indexes.subMap(from, true, until, false);
    for (Map.Entry<Long, RuleIndex> each : concerned.entrySet()) {
      each.setValue(null);
      made.remove(each.getKey());
    }
  }

  /** The rules in force at an event time. */
  RuleIndex at(long time) {
    Map.Entry<Long, RuleIndex> entry = indexes.floorEntry(time);
    RuleIndex known = entry.getValue();
    if (known != null) {
      return known;
    }
    RuleIndex index = index(time);
    // What is older than anything remembered has more than one set of rules, and no index.
    if (!forgot || entry.getKey() != Long.MIN_VALUE) {
      keep(entry.getKey(), index);
    }
    return index;
  }

  private void keep(long from, RuleIndex index) {
    indexes.put(from, index);
    made.add(from);
    if (made.size() > MOST_MADE) {
      long oldest = made.first() == from ? made.higher(from) : made.first();
      made.remove(oldest);
      indexes.put(oldest, null);
    }
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
