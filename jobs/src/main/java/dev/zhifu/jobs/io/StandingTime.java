package dev.zhifu.jobs.io;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Passes the watermark of event streams on and never falls idle with them: while every source is
 * silent, event time stands where it stood. What has not been heard may still come, and an outage
 * of all sources must neither decide an absence nor make what comes after it late (ADR-0141). Runs
 * with parallelism 1, so that its input is idle only when all partitions are.
 */
public final class StandingTime extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Long, Long> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(StreamRecord<Long> element) {
    // Only watermarks come here.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Passed on, it would leave the greatest watermark of control streams to stand for events.
  }
}
