package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts, on one subtask, the hits of limited rules that may lead to actions. The subtasks share a
 * limit out among them: all together never let pass more, and nothing is asked of another subtask,
 * so that a limit holds at once. A subtask whose share is used up keeps hits back though another's
 * may not be (ADR-0077).
 */
final class Limiter {
  private final int subtask;
  private final int subtasks;
  private final Map<String, TreeMap<Long, Integer>> passed = new HashMap<>();

  /**
   * @param subtask index of this one, from 0
   * @param subtasks how many there are
   */
  Limiter(int subtask, int subtasks) {
    this.subtask = subtask;
    this.subtasks = subtasks;
  }

  void restore(PassedHits one) {
    passed
        .computeIfAbsent(one.ruleId(), id -> new TreeMap<>())
        .merge(one.atMs(), one.count(), Integer::sum);
  }

  List<PassedHits> state() {
    List<PassedHits> state = new ArrayList<>();
    passed.forEach(
        (ruleId, times) ->
            times.forEach((at, count) -> state.add(new PassedHits(ruleId, at, count))));
    return state;
  }

  /**
   * Lets a hit pass or not, and counts it when it does.
   *
   * @param limit the limit on its rule; null when it has none
   */
  boolean passes(RuleHit hit, Curb limit) {
    if (limit == null) {
      passed.remove(hit.getRuleId());
      return true;
    }
    TreeMap<Long, Integer> times = passed.computeIfAbsent(hit.getRuleId(), id -> new TreeMap<>());
    long at = Shares.at(hit);
    times.headMap(at - limit.spanMs(), true).clear();
    int within = 0;
    for (int count : times.headMap(at, true).values()) {
      within += count;
    }
    if (within >= share(limit)) {
      return false;
    }
    times.merge(at, 1, Integer::sum);
    return true;
  }

  /** The shares of all subtasks add up to the limit; what cannot be divided falls to the first. */
  private int share(Curb limit) {
    int rest = limit.hitsMax() % subtasks;
    return limit.hitsMax() / subtasks + (subtask < rest ? 1 : 0);
  }
}
