package dev.zhifu.jobs.recovery;

import java.util.Map;

/**
 * What every subtask of recovery hears. Public for Flink's serializer.
 *
 * @param tickMs the clock, UTC milliseconds; 0 for the mark of reading back
 * @param recordsByGroup for the mark: how many records of {@code recovery.lives} were sent on since
 *     the start, by key group; empty otherwise
 */
public record RecoveryControl(long tickMs, Map<Integer, Long> recordsByGroup) {

  /** A tick. */
  public static RecoveryControl tick(long tickMs) {
    return new RecoveryControl(tickMs, Map.of());
  }

  /** The record has been read to the end it had when the job started. */
  public static RecoveryControl readBack(Map<Integer, Long> recordsByGroup) {
    return new RecoveryControl(0, Map.copyOf(recordsByGroup));
  }

  boolean isTick() {
    return tickMs > 0;
  }
}
