package dev.zhifu.bench;

import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** Lives the city of a closed loop; see {@link MoneyLoop}. */
final class MoneySource implements SourceFunction<MoneyFed> {
  private static final long serialVersionUID = 1L;

  private final MoneyHub.Id run;
  private volatile boolean running = true;

  MoneySource(MoneyHub.Id run) {
    this.run = run;
  }

  @Override
  public void run(SourceContext<MoneyFed> context) throws Exception {
    MoneyHub hub = MoneyHub.of(run);
    try {
      hub.loop().live(hub, context, () -> running);
    } finally {
      hub.feed(MoneyHub.Fed.mark(Long.MAX_VALUE));
    }
  }

  @Override
  public void cancel() {
    running = false;
  }
}
