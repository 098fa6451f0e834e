package dev.zhifu.jobs.io;

import dev.zhifu.schemas.access.KafkaAccess;
import java.io.Serializable;
import java.util.List;

/**
 * How many records some topics have ever been given: a number that every start after a record can
 * be told apart by, whatever savepoint it comes from.
 */
@FunctionalInterface
public interface RecordsWritten extends Serializable {

  /**
   * The sum of the offsets after the newest record of each partition; what cannot be learnt is an
   * error of the start.
   */
  long ask() throws Exception;

  /** Asks the broker each time. */
  static RecordsWritten ofBroker(KafkaAccess access, List<String> topics) {
    TopicEnds.Source ends = TopicEnds.ofBroker(access, topics);
    return () -> ends.ask().stream().mapToLong(TopicEnds::end).sum();
  }
}
