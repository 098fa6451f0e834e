package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.CurbedAction;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * What one scoring step remembers of bounds on actions: which hits of the current key a limit kept
 * back, and how many it let pass.
 */
final class CurbDesk {
  private final MapState<String, Boolean> limited;

  /** Answers given last; an id names one hit of one key. */
  private final Map<String, Boolean> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > IndexedState.MOST_DECODED;
        }
      };

  private final ListState<PassedHits> kept;
  private final Limiter limiter;
  private final Map<CurbKind, Counter> counters = new EnumMap<>(CurbKind.class);

  CurbDesk(RuntimeContext runtime, FunctionInitializationContext context, String prefix)
      throws Exception {
    limited =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(prefix + ".limited.v1", Types.STRING, Types.BOOLEAN));
    kept =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    prefix + ".passed.v1", TypeInformation.of(PassedHits.class)));
    limiter =
        new Limiter(
            runtime.getTaskInfo().getIndexOfThisSubtask(),
            runtime.getTaskInfo().getNumberOfParallelSubtasks());
    for (PassedHits one : kept.get()) {
      limiter.restore(one);
    }
    for (CurbKind kind : CurbKind.values()) {
      counters.put(
          kind, runtime.getMetricGroup().addGroup("curbed", kind.name()).counter("actions"));
    }
  }

  void save() throws Exception {
    kept.update(limiter.state());
  }

  /** Decides whether a new hit may lead to actions; the answer stands for its later revisions. */
  void admit(RuleHit hit, ReadOnlyBroadcastState<String, Curb> curbs) throws Exception {
    boolean acts = hit.getActions().stream().anyMatch(action -> action != ActionCode.NONE);
    if (acts && !limiter.passes(hit, Curbs.limit(curbs, hit.getRuleId()))) {
      limited.put(hit.getHitId(), true);
      asked.put(hit.getHitId(), true);
      count(CurbKind.LIMIT);
    }
  }

  void forget(String hitId) throws Exception {
    // Removing what is not there would still leave a mark in RocksDB.
    if (isLimited(hitId)) {
      limited.remove(hitId);
      asked.put(hitId, false);
    }
  }

  void clear() {
    limited.clear();
    asked.clear();
  }

  /** Counts an action that a bound kept back. */
  void count(CurbKind kind) {
    counters.get(kind).inc();
  }

  /** True when the hit proposes the action and no limit keeps it back. */
  boolean proposes(RuleHit hit, ActionCode action) throws Exception {
    return Shares.proposes(hit, action) && !isLimited(hit);
  }

  /** What the hit proposes and no limit keeps back. */
  List<ActionCode> actions(RuleHit hit) throws Exception {
    return isLimited(hit) ? List.of() : hit.getActions();
  }

  /** True when a limit keeps back what the hit proposes. */
  boolean isLimited(RuleHit hit) throws Exception {
    return isLimited(hit.getHitId());
  }

  private boolean isLimited(String hitId) throws Exception {
    Boolean answer = asked.get(hitId);
    if (answer == null) {
      answer = limited.contains(hitId);
      asked.put(hitId, answer);
    }
    return answer;
  }

  /**
   * Actions that stay proposals.
   *
   * @param against what stands against all of them; null when only limits may
   */
  List<CurbedAction> curbed(List<RuleHit> hits, CurbKind against) throws Exception {
    Set<ActionCode> free = EnumSet.noneOf(ActionCode.class);
    for (RuleHit hit : hits) {
      if (against == null && !isLimited(hit)) {
        free.addAll(hit.getActions());
      }
    }
    free.add(ActionCode.NONE);
    if (against == CurbKind.KILL_SWITCH) {
      free.add(ActionCode.A5); // a request is no automatic action: a person decides on it
    }
    List<CurbedAction> curbed = new ArrayList<>();
    for (RuleHit hit : hits) {
      for (ActionCode action : hit.getActions()) {
        if (free.add(action)) {
          boolean limit = against == null;
          curbed.add(
              new CurbedAction(
                  action, limit ? CurbKind.LIMIT : against, limit ? hit.getRuleId() : null));
        }
      }
    }
    return curbed;
  }
}
