package dev.zhifu.schemas.topics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One line of the topic table: a topic, or one per bank when its name contains <code>{bank}</code>.
 *
 * @param name full name, or a pattern such as <code>bank.{bank}.orders</code>
 * @param carries record class of its values
 * @param key what the Kafka key is, in words
 * @param partitions number of partitions, 1 to 64
 * @param cleanup DELETE or COMPACT
 * @param retention how long records are kept; empty is without end; never set for COMPACT
 * @param ground why so long and no longer
 * @param law publication and article when a law fixes the term; empty: it is an engineering default
 * @param writers principals that write, as in the table
 * @param readers principals that read, as in the table
 * @param line line in topics.yaml
 */
public record Topic(
    String name,
    Class<? extends SpecificRecord> carries,
    String key,
    int partitions,
    Cleanup cleanup,
    Optional<Duration> retention,
    String ground,
    Optional<String> law,
    List<String> writers,
    List<String> readers,
    int line) {

  /** The part of a name that stands for a bank's code. */
  public static final String BANK = "{bank}";

  /** What the broker does with old records. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  /** Whether there is one such topic per bank. */
  public boolean perBank() {
    return name.contains(BANK);
  }

  /** Registry subject; banks share it, so <code>{bank}.</code> is left out of it. */
  public String subject() {
    return name.replace(BANK + ".", "") + "-value";
  }

  /**
   * The topic's full name for one bank; the name itself when it is not per bank.
   *
   * @param bank code of the bank
   */
  public String nameFor(String bank) {
    return name.replace(BANK, bank);
  }

  /** Whether {@code topic} is this topic's full name, for some bank where it is per bank. */
  public boolean matches(String topic) {
    if (!perBank()) {
      return name.equals(topic);
    }
    return bankOf(topic).isPresent();
  }

  /** The bank whose topic {@code topic} is; empty when it is not one of this line. */
  public Optional<String> bankOf(String topic) {
    int at = name.indexOf(BANK);
    if (at < 0) {
      return Optional.empty();
    }
    String head = name.substring(0, at);
    String tail = name.substring(at + BANK.length());
    if (topic.length() <= head.length() + tail.length()
        || !topic.startsWith(head)
        || !topic.endsWith(tail)) {
      return Optional.empty();
    }
    String bank = topic.substring(head.length(), topic.length() - tail.length());
    return BankCodes.isWellFormed(bank) ? Optional.of(bank) : Optional.empty();
  }

  /**
   * The broker's settings for this topic. Time stamps are the broker's own append time: retention
   * then counts from arrival (ninety days of history are not dropped on arrival) and latency is
   * measured by a clock the writer cannot set.
   */
  public Map<String, String> brokerConfig() {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("cleanup.policy", cleanup == Cleanup.COMPACT ? "compact" : "delete");
    if (cleanup == Cleanup.DELETE) {
      config.put("retention.ms", String.valueOf(retention.map(Duration::toMillis).orElse(-1L)));
    }
    config.put("message.timestamp.type", "LogAppendTime");
    return config;
  }
}
