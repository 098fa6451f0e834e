package dev.zhifu.jobs.backtest;

import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** A source that has nothing to say: silence of sources, acceptances and queries. */
final class NothingSource<T> implements SourceFunction<T> {
  private static final long serialVersionUID = 1L;

  @Override
  public void run(SourceContext<T> context) {
    // Ends at once; its watermark then is the greatest.
  }

  @Override
  public void cancel() {
    // There is nothing to cancel.
  }
}
