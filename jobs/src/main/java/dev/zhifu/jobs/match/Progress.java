package dev.zhifu.jobs.match;

import java.util.List;
import org.apache.flink.api.common.state.ListState;

/** How far a subtask had come when it was last saved. */
final class Progress {
  private static final int REVISIONS_PER_GENERATION = 1024;

  /**
   * Event time at or before which events are late: what had been decided before the restore stays
   * decided.
   */
  long lateUntilMs = Long.MIN_VALUE;

  /** Newest event time used. */
  long passedMs = Long.MIN_VALUE;

  /** Counts restores. */
  private long generation;

  void restore(ListState<long[]> saved, int attempt) throws Exception {
    long earliest = Long.MAX_VALUE;
    boolean any = false;
    for (long[] one : saved.get()) {
      any = true;
      earliest = Math.min(earliest, one[0]);
      passedMs = Math.max(passedMs, one[1]);
      generation = Math.max(generation, one[2]);
    }
    if (any) {
      // After a change of parallelism a key may come from any subtask: the least of them holds for
      // all.
      lateUntilMs = earliest;
      generation += 1 + attempt;
    }
  }

  /**
   * Revisions sent after a restore must outrank what was sent between the snapshot and the failure.
   */
  int revisionFloor() {
    return Math.toIntExact(generation * REVISIONS_PER_GENERATION);
  }

  void save(ListState<long[]> target, long watermarkMs) throws Exception {
    target.update(List.of(new long[] {Math.max(watermarkMs, lateUntilMs), passedMs, generation}));
  }
}
