package dev.zhifu.stack.lives;

import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.TransferDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads decisions and measures, outside the engine, from the planned moment of the asking transfer
 * to the broker's append time of the answer.
 */
final class DecisionWatch implements Runnable {
  private final TopicReader reader;
  private volatile boolean stopped;
  private final Map<String, DecisionKind> answered = new HashMap<>();
  private List<Long> latencies = new ArrayList<>();
  private long repeated;
  private long answeredOtherwise;

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

  /** How many of these transactions have no answer yet. */
  synchronized long unanswered(Collection<String> asked) {
    return asked.stream().filter(id -> !answered.containsKey(id)).count();
  }

  /**
   * What was asked against what was answered, by id: nothing is lost when none is unanswered,
   * nothing doubled when none is repeated.
   */
  synchronized Map<String, Object> answers(Collection<String> asked) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("asked", asked.size());
    row.put("unanswered", unanswered(asked));
    row.put("repeated", repeated);
    row.put("answeredOtherwise", answeredOtherwise);
    return row;
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
            add(id, decision.getDecision(), record.timestamp() - planned);
          });
    }
  }

  private synchronized void add(String id, DecisionKind kind, long latencyMs) {
    DecisionKind known = answered.putIfAbsent(id, kind);
    if (known == null) {
      latencies.add(latencyMs);
    } else {
      repeated++;
      answeredOtherwise += known == kind ? 0 : 1;
    }
  }
}
