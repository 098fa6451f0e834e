package dev.zhifu.rules.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is kept of one key beside its bases. */
final class KeyRecord {
  /** Event time up to which everything is decided. */
  long decidedTo = Long.MIN_VALUE;

  /** Event time of the timer that is set; {@link Partials#NEVER} when none is. */
  long timerAt = Partials.NEVER;

  /** Relevant events after {@link #decidedTo}, in order. */
  final List<MatchEvent> tail = new ArrayList<>(2);

  /**
   * Events decided, each the first of matches to which nothing has come yet (ADR-0110), in order.
   */
  final List<Waiting> waiting = new ArrayList<>(0);

  /**
   * Rule versions that have a base, by number, with the next event time at which it must be looked
   * at.
   */
  final Map<Integer, Long> dueByRule = new TreeMap<>();

  /** Rule versions that overflowed, by number, with the event time up to which they see nothing. */
  final Map<Integer, Long> overflowedUntil = new TreeMap<>();

  /** What was said about hits, by hit id; put by {@link #say} alone. */
  private final Map<String, Announced> announced = new LinkedHashMap<>();

  /** Those of them that hold and are not final: few, where a busy key remembers hundreds. */
  private final Map<String, Announced> open = new LinkedHashMap<>(4);

  /** Not after the earliest time at which one of them is forgotten. */
  private long forgetNextMs = Partials.NEVER;

  /** Notes what was said last about a hit. */
  void say(String hitId, Announced said) {
    announced.put(hitId, said);
    if (said.holds() && !said.isFinal()) {
      open.put(hitId, said);
    } else {
      open.remove(hitId);
    }
    forgetNextMs = Math.min(forgetNextMs, said.forgetAtMs());
  }

  /** What was said last about a hit; null when nothing was. */
  Announced said(String hitId) {
    return announced.get(hitId);
  }

  /** All that was said, by hit id. */
  Map<String, Announced> said() {
    return announced;
  }

  /** Hits that were said to hold and are not final yet, by id. */
  Map<String, Announced> open() {
    return open;
  }

  /** Forgets hits whose ids cannot come any more. */
  void forgetSaid(long watermarkMs) {
    if (forgetNextMs > watermarkMs) {
      return;
    }
    announced.values().removeIf(hit -> hit.forgetAtMs() <= watermarkMs);
    open.values().removeIf(hit -> hit.forgetAtMs() <= watermarkMs);
    forgetNextMs = Partials.NEVER;
    for (Announced hit : announced.values()) {
      forgetNextMs = Math.min(forgetNextMs, hit.forgetAtMs());
    }
  }

  /** True when there is nothing worth keeping. */
  boolean isEmpty() {
    return tail.isEmpty()
        && waiting.isEmpty()
        && dueByRule.isEmpty()
        && overflowedUntil.isEmpty()
        && announced.isEmpty();
  }

  /**
   * The earliest event time at which the key must be looked at; {@link Partials#NEVER} when never.
   */
  long nextMs() {
    long next = tail.isEmpty() ? Partials.NEVER : tail.get(0).timeMs();
    for (Waiting start : waiting) {
      next = Math.min(next, start.untilMs());
    }
    for (long due : dueByRule.values()) {
      next = Math.min(next, due);
    }
    for (long until : overflowedUntil.values()) {
      next = Math.min(next, until);
    }
    return Math.min(next, forgetNextMs);
  }
}
