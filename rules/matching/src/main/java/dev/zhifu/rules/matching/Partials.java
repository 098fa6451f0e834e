package dev.zhifu.rules.matching;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/**
 * Everything the library keeps for one key and one rule version, in plain maps: the content of a
 * base or of a fork.
 */
final class Partials {
  static final long NEVER = Long.MAX_VALUE;

  NFAState state;
  final Map<EventId, Lockable<MatchEvent>> events = new HashMap<>();
  final Map<NodeId, Lockable<SharedBufferNode>> entries = new HashMap<>();
  final Map<Long, Integer> counts = new HashMap<>();

  /** Event time up to which deadlines have been served. */
  long advancedTo = Long.MIN_VALUE;

  /**
   * Moves time where no deadline is due and no match is withheld: all that the library would do
   * then is forget how many events it numbered at earlier times.
   */
  void passTo(long timeMs) {
    if (!counts.isEmpty()) {
      counts.keySet().removeIf(time -> time < timeMs);
    }
    advancedTo = timeMs;
  }

  /** True when nothing is under way: only the start state is left and no match is withheld. */
  boolean quiet() {
    return live() == 0 && (state == null || state.getCompletedMatches().isEmpty());
  }

  /** Number of partial matches under way. */
  int live() {
    if (state == null) {
      return 0;
    }
    int live = 0;
    for (ComputationState partial : state.getPartialMatches()) {
      if (partial.getStartEventID() != null) {
        live++;
      }
    }
    return live;
  }

  /**
   * The next event time after {@link #advancedTo} at which a partial match dies; NEVER when none.
   */
  long nextDeadline(CompiledRule rule) {
    long next = NEVER;
    if (state != null) {
      for (ComputationState partial : state.getPartialMatches()) {
        if (partial.getStartEventID() != null) {
          next = earlier(next, partial.getStartTimestamp() + rule.windowMs());
          if (!rule.withinPrevious().isEmpty()) {
            next = earlier(next, previousDeadline(rule, partial));
          }
        }
      }
    }
    return next;
  }

  private static long previousDeadline(CompiledRule rule, ComputationState partial) {
    String name = partial.getCurrentStateName();
    // The library names the states of one step NAME, NAME:0, NAME:1 …
    int colon = name.indexOf(':');
    Long within = rule.withinPrevious().get(colon < 0 ? name : name.substring(0, colon));
    return within == null ? NEVER : partial.getPreviousTimestamp() + within;
  }

  private long earlier(long best, long candidate) {
    return candidate > advancedTo && candidate < best ? candidate : best;
  }
}
