package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.wire.EnrichedEvent;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Reads files through one merge in the total order. The stream is sorted, so that its watermark
 * follows right behind each new time; at the end of the files everything is final.
 */
final class FileSource implements SourceFunction<Ingested> {
  private static final long serialVersionUID = 1L;

  private final BacktestFiles files;
  private final String run;
  private volatile boolean running = true;

  /**
   * @param files what to read
   * @param run run that is told how far this has come
   */
  FileSource(BacktestFiles files, String run) {
    this.files = files;
    this.run = run;
  }

  @Override
  public void run(SourceContext<Ingested> context) {
    MergedRows rows = files.read(new TurnedAway());
    Gathered gathered = Gathered.of(run);
    long newest = Long.MIN_VALUE;
    while (running && rows.hasNext()) {
      EnrichedEvent event = rows.next();
      long at = event.getOccurredAt().toEpochMilli();
      if (at > newest) {
        context.emitWatermark(new Watermark(at - 1));
        newest = at;
      }
      context.collectWithTimestamp(new Ingested(event, null, at), at);
      gathered.eventRead();
    }
    context.emitWatermark(Watermark.MAX_WATERMARK);
  }

  @Override
  public void cancel() {
    running = false;
  }
}
