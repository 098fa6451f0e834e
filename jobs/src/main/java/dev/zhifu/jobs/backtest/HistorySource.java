package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.wire.EnrichedEvent;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Reads history files through one merge in the total order, up to the cut and not beyond: an event
 * at the cut belongs to the stream.
 */
final class HistorySource extends RichSourceFunction<Ingested> {
  private static final long serialVersionUID = 1L;

  private final BacktestFiles files;
  private final long cutMs;
  private final LongCounter read = new LongCounter();
  private final LongCounter beyond = new LongCounter();
  private final LongCounter turnedAway = new LongCounter();
  private volatile boolean running = true;

  HistorySource(BacktestFiles files, long cutMs) {
    this.files = files;
    this.cutMs = cutMs;
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(HistoryStates.READ, read);
    getRuntimeContext().addAccumulator(HistoryStates.BEYOND_CUT, beyond);
    getRuntimeContext().addAccumulator(HistoryStates.TURNED_AWAY, turnedAway);
  }

  @Override
  public void run(SourceContext<Ingested> context) {
    TurnedAway faulty = new TurnedAway();
    MergedRows rows = files.read(faulty);
    long newest = Long.MIN_VALUE;
    while (running && rows.hasNext()) {
      EnrichedEvent event = rows.next();
      long at = event.getOccurredAt().toEpochMilli();
      if (at >= cutMs) {
        beyond.add(1);
        continue;
      }
      if (at > newest) {
        context.emitWatermark(new Watermark(at - 1));
        newest = at;
      }
      context.collectWithTimestamp(new Ingested(event, null, at), at);
      read.add(1);
    }
    turnedAway.add(faulty.count());
    // What would have been forgotten by the cut is forgotten here too.
    context.emitWatermark(new Watermark(cutMs - 1));
  }

  @Override
  public void cancel() {
    running = false;
  }
}
