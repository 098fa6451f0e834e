package dev.zhifu.jobs.io;

import dev.zhifu.wire.ClockTick;
import java.time.Instant;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Says how far the job has come: for each watermark that reaches the end of the pipeline it emits
 * the tick whose events have all been decided on. Its inputs are the job's last streams, so that
 * its watermark is the least of theirs. A simulated city waits for it; an operator's page shows how
 * far the job is behind.
 */
public final class TickEcho extends AbstractStreamOperator<ClockTick>
    implements OneInputStreamOperator<Long, ClockTick> {
  private static final long serialVersionUID = 1L;

  private final long latenessMs;
  private long sequence;

  /**
   * @param latenessMs how far the job's watermark stays behind its newest event, milliseconds
   */
  public TickEcho(long latenessMs) {
    this.latenessMs = latenessMs;
  }

  @Override
  public void processElement(StreamRecord<Long> element) {
    // Only watermarks matter; the elements are there to carry them.
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() > 0 && mark.getTimestamp() < Long.MAX_VALUE - latenessMs) {
      long at = mark.getTimestamp() + latenessMs + 1;
      output.collect(
          new StreamRecord<>(
              ClockTick.newBuilder()
                  .setAt(Instant.ofEpochMilli(at))
                  .setSequence(sequence++)
                  .setWriter("engine")
                  .setFilled(false)
                  .build()));
    }
    super.processWatermark(mark);
  }
}
