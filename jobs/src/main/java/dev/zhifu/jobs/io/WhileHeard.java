package dev.zhifu.jobs.io;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * How far decisions have come (first input), idle while every event source is (second input): then
 * nothing waits to be decided on, and the clock's echo goes on by the clock alone. Desks and shifts
 * tell the time by that echo, in an outage of the banks' streams too.
 */
public final class WhileHeard extends AbstractStreamOperator<Long>
    implements TwoInputStreamOperator<Long, SourceStatus, Long> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement1(StreamRecord<Long> element) {
    // Only watermarks come here.
  }

  @Override
  public void processElement2(StreamRecord<SourceStatus> element) {
    output.emitWatermarkStatus(
        element.getValue().idle() ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
  }

  @Override
  public void processWatermark1(Watermark mark) {
    output.emitWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // What was heard is not yet decided on.
  }
}
