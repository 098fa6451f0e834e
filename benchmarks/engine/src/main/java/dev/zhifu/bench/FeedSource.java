package dev.zhifu.bench;

import dev.zhifu.wire.EnrichedEvent;
import org.apache.flink.streaming.api.functions.source.legacy.RichParallelSourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Plays a feed as fast as the job takes it. The watermark stays a fixed time behind the newest
 * event and goes out after every so many events, not by the wall clock: event time runs far faster
 * here than in life, and the share of events behind the watermark should not depend on the speed.
 */
final class FeedSource extends RichParallelSourceFunction<EnrichedEvent> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 200;

  private final Feed feed;
  private final long latenessMs;
  private volatile boolean running = true;

  FeedSource(Feed feed, long latenessMs) {
    this.feed = feed;
    this.latenessMs = latenessMs;
  }

  @Override
  public void run(SourceContext<EnrichedEvent> context) throws Exception {
    Feed.Cursor cursor =
        feed.open(
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
    boolean more = true;
    while (running && more) {
      synchronized (context.getCheckpointLock()) {
        more = batch(cursor, context);
      }
    }
    if (running) {
      context.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  private boolean batch(Feed.Cursor cursor, SourceContext<EnrichedEvent> context) throws Exception {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < BATCH; i++) {
      EnrichedEvent event = cursor.next();
      if (event == null) {
        Meter.EVENTS.add(i);
        return false;
      }
      newest = event.getOccurredAt().toEpochMilli();
      context.collectWithTimestamp(event, newest);
    }
    Meter.EVENTS.add(BATCH);
    Meter.newest(newest);
    context.emitWatermark(new Watermark(newest - latenessMs - 1));
    return true;
  }

  @Override
  public void cancel() {
    running = false;
  }
}
