package dev.zhifu.rules.features;

import dev.zhifu.wire.Features;
import dev.zhifu.wire.TelecomEvent;

/**
 * Features of one subscriber's own number: how its calls of the last day look as a whole. Calls of
 * others to and from it are told by its own carrier, so that what it placed and what it received
 * are counted under one key; a number of which only the other side tells has no features.
 */
final class NumberFeatures {
  static final long CALLS = 24 * Windows.HOUR;

  private final Limits limits;
  private final Distinct distinct = new Distinct(PayeeState.MOST_CALLS);

  NumberFeatures(Limits limits) {
    this.limits = limits;
  }

  /** Moves the state by a call's start or end, then fills what it says; nothing for the rest. */
  boolean enrich(PayeeState state, TelecomEvent event, Features features) {
    long at = event.getOccurredAt().toEpochMilli();
    switch (event.getKind()) {
      case CALL_START -> start(state, event, at);
      case CALL_END -> end(state, event, at);
      default -> {
        return false;
      }
    }
    fill(state.calls, features, at);
    return true;
  }

  private void start(PayeeState state, TelecomEvent event, long at) {
    touch(state, at);
    // The end may have come first; it has set the start then.
    if (state.calls.lastWith(PayeeState.SESSION, HolderFeatures.session(event)) < 0) {
      add(state, event, at, PayeeState.OPEN);
    }
  }

  private void end(PayeeState state, TelecomEvent event, long at) {
    touch(state, at);
    int row = state.calls.lastWith(PayeeState.SESSION, HolderFeatures.session(event));
    Integer told = event.getDurationSeconds();
    if (row >= 0) {
      long measured = (at - state.calls.time(row)) / Windows.SECOND;
      state.calls.set(row, PayeeState.SECONDS, told == null ? measured : told);
    } else {
      long seconds = told == null ? 0 : told;
      add(state, event, at - seconds * Windows.SECOND, seconds);
    }
  }

  private void add(PayeeState state, TelecomEvent event, long start, long seconds) {
    if (!state.calls.add(
        start,
        HolderFeatures.session(event),
        Hash64.of(event.getPeerToken()),
        event.getIncoming() ? 0 : 1,
        seconds)) {
      limits.passed(PayeeState.LIMIT_CALLS);
    }
  }

  private static void touch(PayeeState state, long at) {
    state.newest = Math.max(state.newest, at);
    state.calls.dropUntil(state.newest - CALLS - Windows.SLACK);
  }

  private void fill(TimedRows calls, Features features, long at) {
    int from = calls.firstAfter(at - CALLS);
    int to = calls.firstAfter(at);
    long placed = 0;
    long ended = 0;
    long unanswered = 0;
    distinct.clear();
    for (int row = from; row < to; row++) {
      distinct.addToken(calls.value(row, PayeeState.PEER));
      long out = calls.value(row, PayeeState.PLACED);
      long seconds = calls.value(row, PayeeState.SECONDS);
      placed += out;
      ended += seconds == PayeeState.OPEN ? 0 : out;
      unanswered += seconds == 0 ? out : 0;
    }
    features.setNumberCalls24h((long) to - from);
    features.setNumberOutShare24h(share(placed, to - from));
    features.setNumberPeersPerCall24h(share(distinct.distinct(), to - from));
    features.setNumberUnansweredShare24h(share(unanswered, ended));
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }
}
