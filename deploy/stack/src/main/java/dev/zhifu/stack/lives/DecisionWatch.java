package dev.zhifu.stack.lives;

import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.TransferDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads decisions and measures, outside the engine, from the planned moment of the asking transfer
 * to the broker's append time of the answer.
 */
final class DecisionWatch implements Runnable {
  private final TopicReader reader;
  private volatile boolean stopped;
  private List<Long> latencies = new ArrayList<>();

  DecisionWatch(TopicReader reader, List<String> banks) {
    this.reader = reader;
    reader.seekToEnd(banks.stream().map(bank -> "bank." + bank + ".decisions").toList());
  }

  /** What was measured since the last call, milliseconds. */
  synchronized List<Long> take() {
    List<Long> taken = latencies;
    latencies = new ArrayList<>();
    return taken;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      reader.poll(
          Duration.ofMillis(100),
          record -> {
            TransferDecision decision = reader.decode(record, TransferDecision.class);
            String id = decision.getTransactionId();
            long planned =
                Long.parseLong(id.substring(LoadEvents.PLANNED.length(), id.indexOf('-')));
            add(record.timestamp() - planned);
          });
    }
  }

  private synchronized void add(long latencyMs) {
    latencies.add(latencyMs);
  }
}
