package dev.zhifu.rules.matching;

import dev.zhifu.wire.PublicationStatus;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A rule version and the event times in which it is in force. Its matches begin and end inside.
 *
 * @see RuleSet
 */
final class RuleSpan {
  final CompiledRule rule;
  final long fromMs;
  final long untilMs;

  /** Where {@link RuleSet#placed} has it; holds until the rules change. */
  int place;

  private final NavigableMap<Long, PublicationStatus> statuses;

  RuleSpan(
      CompiledRule rule,
      long fromMs,
      long untilMs,
      NavigableMap<Long, PublicationStatus> statuses) {
    this.rule = rule;
    this.fromMs = fromMs;
    this.untilMs = untilMs;
    this.statuses = new TreeMap<>(statuses);
  }

  /** True when nothing about it differs. */
  boolean isSame(RuleSpan other) {
    return rule == other.rule
        && fromMs == other.fromMs
        && untilMs == other.untilMs
        && statuses.equals(other.statuses);
  }

  boolean inForceAt(long timeMs) {
    return timeMs >= fromMs && timeMs < untilMs;
  }

  /**
   * True when the rule is only watched at that time: its hits bear no weight and propose nothing.
   */
  boolean shadowAt(long timeMs) {
    Map.Entry<Long, PublicationStatus> status = statuses.floorEntry(timeMs);
    return status == null || status.getValue() != PublicationStatus.LIVE;
  }

  @Override
  public String toString() {
    return rule + " from " + fromMs + " until " + untilMs;
  }
}
