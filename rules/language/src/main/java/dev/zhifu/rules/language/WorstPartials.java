package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds how many partial matches one key can hold: the most that {@value #EVENTS} events can leave
 * alive, taken in blocks, one block a step, in the order of the steps. Sixteen is the number of
 * events at which an unbounded rule was measured to stop a task.
 */
final class WorstPartials {
  /** Events of one key within one window that the bound assumes. */
  static final int EVENTS = 16;

  /** Most partial matches a rule may need. */
  static final int LIMIT = 100;

  private static final int CAP = 1_000_000;

  private final List<Step> steps;

  private WorstPartials(List<Step> steps) {
    this.steps = steps;
  }

  static int of(List<Step> pattern) {
    List<Step> taking = new ArrayList<>();
    for (Step step : pattern) {
      if (!step.negated()) {
        taking.add(step);
      }
    }
    boolean waitsAtEnd = !pattern.isEmpty() && pattern.get(pattern.size() - 1).negated();
    return new WorstPartials(taking).worst(waitsAtEnd);
  }

  private int worst(boolean waitsAtEnd) {
    Step last = steps.get(steps.size() - 1);
    int open = waitsAtEnd || last.timesMax() > 1 ? steps.size() : steps.size() - 1;
    return open == 0 ? 0 : search(new int[open], 0, EVENTS);
  }

  /** Tries every way to divide the events among the steps whose partial matches stay open. */
  private int search(int[] block, int step, int left) {
    if (step == block.length - 1) {
      block[step] = left;
      return count(block);
    }
    int worst = 0;
    for (int events = 0; events <= left; events++) {
      block[step] = events;
      worst = Math.max(worst, search(block, step + 1, left - events));
    }
    return worst;
  }

  private int count(int[] block) {
    long[] waiting = new long[block.length];
    waiting[0] = Math.min(CAP, ways(steps.get(0), block[0], true));
    for (int i = 1; i < block.length; i++) {
      if (block[i] > 0) {
        advance(waiting, i, block[i]);
      }
    }
    long sum = 0;
    for (long one : waiting) {
      sum += one;
    }
    return (int) Math.min(CAP, sum);
  }

  private void advance(long[] waiting, int to, int events) {
    boolean branches = steps.get(to).contiguity() == Contiguity.FOLLOWED_BY_ANY;
    long reaching = 0;
    for (int from = to - 1; from >= 0; from--) {
      reaching += waiting[from];
      if (!branches) {
        waiting[from] = 0;
      }
      if (!steps.get(from).optional()) {
        break;
      }
    }
    waiting[to] = Math.min(CAP, reaching * ways(steps.get(to), events, branches));
  }

  /** How many open matches one match becomes when the step meets this many events. */
  private static long ways(Step step, int events, boolean anyStart) {
    if (step.timesMax() == 1) {
      return anyStart ? events : Math.min(1, events);
    }
    if (step.allowCombinations()) {
      return combinations(step, events, anyStart);
    }
    long ways = 0;
    for (int first = 1; first <= (anyStart ? events : Math.min(1, events)); first++) {
      ways += open(step, events - first + 1);
    }
    return ways;
  }

  /**
   * Open matches of one start after so many events: one a length that may move on, and one that
   * waits for more.
   */
  private static int open(Step step, int events) {
    if (events < step.timesMin()) {
      return 1;
    }
    int lengths = Math.min(step.timesMax(), events) - step.timesMin() + 1;
    return lengths + (events < step.timesMax() ? 1 : 0);
  }

  private static long combinations(Step step, int events, boolean anyStart) {
    long ways = 0;
    for (int taken = 1; taken <= Math.min(step.timesMax(), events); taken++) {
      ways += anyStart ? choose(events, taken) : choose(events - 1, taken - 1);
    }
    return ways;
  }

  private static long choose(int n, int k) {
    long result = 1;
    for (int i = 1; i <= k; i++) {
      result = result * (n - k + i) / i;
    }
    return result;
  }
}
