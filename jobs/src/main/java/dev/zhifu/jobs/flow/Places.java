package dev.zhifu.jobs.flow;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where a publication stands in broadcast state: rule id, a colon, the event time of its start. */
public final class Places {
  /**
   * How long a version is remembered after it ended, milliseconds of event time: subtasks restored
   * from one snapshot may stand at somewhat different times. An engineering default.
   */
  public static final long REMEMBERED_MS = 120_000;

  private Places() {}

  /** The key of a publication. */
  public static String of(RulePublication publication) {
    return of(publication.getRuleId(), publication.getEffectiveFrom().toEpochMilli());
  }

  /** The key of a publication of that rule from that event time on. */
  public static String of(String ruleId, long effectiveFromMs) {
    return ruleId + ":" + effectiveFromMs;
  }

  /**
   * Keys of publications that no event after {@code untilMs} can use: another of the same rule
   * followed at or before it, or it is a withdrawal as old as that with nothing before it.
   */
  static List<String> ended(Iterable<Map.Entry<String, RulePublication>> kept, long untilMs) {
    Map<String, NavigableMap<Long, RulePublication>> byRule = new HashMap<>();
    for (Map.Entry<String, RulePublication> entry : kept) {
      RulePublication publication = entry.getValue();
      byRule
          .computeIfAbsent(publication.getRuleId(), id -> new TreeMap<>())
          .put(publication.getEffectiveFrom().toEpochMilli(), publication);
    }
    List<String> ended = new ArrayList<>();
    byRule.values().forEach(timeline -> endedOf(timeline, untilMs, ended));
    return ended;
  }

  private static void endedOf(
      NavigableMap<Long, RulePublication> timeline, long untilMs, List<String> ended) {
    Long current = timeline.floorKey(untilMs);
    if (current == null) {
      return;
    }
    timeline.headMap(current, false).values().forEach(older -> ended.add(of(older)));
    if (timeline.get(current).getStatus() == PublicationStatus.WITHDRAWN) {
      ended.add(of(timeline.get(current)));
    }
  }
}
