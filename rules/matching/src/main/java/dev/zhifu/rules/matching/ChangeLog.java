package dev.zhifu.rules.matching;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From which event time on the rules are others than they were, so that a key that slept through a
 * thousand changes looks at itself once. Not thread-safe.
 */
final class ChangeLog {
  /** What is older is taken to have touched every time. */
  static final int MOST = 1_000;

  private record Touch(int change, long fromMs) {}

  /** Oldest first; of two the later one has the later time, since an earlier time covers it. */
  private final Deque<Touch> touches = new ArrayDeque<>();

  private int lostTo;

  /** Notes that a change makes a difference from an event time on. */
  void add(int change, long fromMs) {
    while (!touches.isEmpty() && touches.getLast().fromMs >= fromMs) {
      touches.removeLast();
    }
    touches.addLast(new Touch(change, fromMs));
    if (touches.size() > MOST) {
      lostTo = touches.removeFirst().change;
    }
  }

  /**
   * The earliest event time at which anything is different since.
   *
   * @param seen the last change that was seen
   * @return {@link Long#MAX_VALUE} when nothing is
   */
  long since(int seen) {
    if (seen < lostTo) {
      return Long.MIN_VALUE;
    }
    for (Touch touch : touches) {
      if (touch.change > seen) {
        return touch.fromMs;
      }
    }
    return Long.MAX_VALUE;
  }
}
