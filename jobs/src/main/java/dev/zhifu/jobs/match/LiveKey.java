package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.KeyMatcher;
import java.io.IOException;

/** A key with its forks, and what of its state is not written yet. */
final class LiveKey {
  /** The place of a key that is not among the live ones. */
  static final int NOWHERE = -1;

  final String name;
  final KeyMatcher matcher;
  private final KeyState state;

  /** Event time of the earliest timer set for it on the heap. */
  long timerAt = Long.MAX_VALUE;

  /**
   * Event time of a later timer that stands there too: most keys are touched again and again while
   * one deadline stands.
   */
  long laterAt = Long.MAX_VALUE;

  /** Event time of the newest timer set for it in state, which is not set there again. */
  long keptTimerAt = Long.MAX_VALUE;

  /** Where {@link LiveKeys} has it. */
  int place = NOWHERE;

  /** True when it was touched since the hand of {@link LiveKeys} came by. */
  boolean touched;

  /** True while it waits to be written before a snapshot. */
  boolean waits;

  /** Since when it waits, as {@link System#nanoTime}. */
  long waitsSince;

  LiveKey(String name, KeyMatcher matcher, KeyState state) {
    this.name = name;
    this.matcher = matcher;
    this.state = state;
  }

  /** Writes everything that changed to state. */
  void writeBack() throws IOException {
    matcher.writeBack();
    state.writeBack();
  }
}
