package dev.zhifu.jobs.topology;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The instant at which history ends and the stream begins. Features of the events before it were
 * filled from history files; the job takes the events at or after it from the streams. It travels
 * in the savepoint, so that no start can forget it.
 */
public final class HistoryCut {

  /** No history was read: every event counts. */
  public static final long NONE = Long.MIN_VALUE;

  /**
   * UTC milliseconds; one value a subtask, the greatest counts. Operator {@link
   * OperatorIds#VALID_EVENTS}.
   */
  public static final ListStateDescriptor<Long> STATE =
      new ListStateDescriptor<>("valid-events.history-cut.v1", Types.LONG);

  private HistoryCut() {}
}
