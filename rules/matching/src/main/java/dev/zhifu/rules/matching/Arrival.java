package dev.zhifu.rules.matching;

import java.util.List;

/** An event that some rule in force at its event time takes. Made by {@link Matcher#arrival}. */
public final class Arrival {
  private final MatchEvent event;
  private final List<RuleSpan> takers;

  Arrival(MatchEvent event, List<RuleSpan> takers) {
    this.event = event;
    this.takers = takers;
  }

  /** The event. */
  public MatchEvent event() {
    return event;
  }

  List<RuleSpan> takers() {
    return takers;
  }
}
