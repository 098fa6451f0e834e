package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.KeyMatcher;
import java.io.IOException;

/** A key with its forks, and what of its state is not written yet. */
final class LiveKey {
  final String name;
  final KeyMatcher matcher;
  private final KeyState state;

  /** Event time of the earliest timer set for it on the heap. */
  long timerAt = Long.MAX_VALUE;

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
