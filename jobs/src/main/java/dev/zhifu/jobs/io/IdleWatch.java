package dev.zhifu.jobs.io;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Announces that a source has gone silent or speaks again: absence decided while it is silent is
 * less certain and must say so. Runs with parallelism 1 behind the source's watermarks, so that it
 * is idle only when all partitions are.
 */
public final class IdleWatch extends AbstractStreamOperator<SourceStatus>
    implements OneInputStreamOperator<Long, SourceStatus> {
  private static final long serialVersionUID = 1L;

  private final String source;

  public IdleWatch(String source) {
    this.source = source;
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    // Only the status matters.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    output.collect(new StreamRecord<>(new SourceStatus(source, status.isIdle())));
    super.processWatermarkStatus(status);
  }
}
