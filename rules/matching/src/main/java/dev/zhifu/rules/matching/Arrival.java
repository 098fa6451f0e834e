package dev.zhifu.rules.matching;

/** An event that some rule in force at its event time takes. Made by {@link Matcher#arrival}. */
public final class Arrival {
  private final MatchEvent event;
  private final Takers takers;

  Arrival(MatchEvent event, Takers takers) {
    this.event = event;
    this.takers = takers;
  }

  /** The event. */
  public MatchEvent event() {
    return event;
  }

  Takers takers() {
    return takers;
  }
}
