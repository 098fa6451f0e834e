package dev.zhifu.desk.acts;

import org.apache.avro.specific.SpecificRecordBase;

/** Writes one record to a topic and returns once the broker has it. */
@FunctionalInterface
public interface TopicPen {
  /**
   * Writes.
   *
   * @throws RuntimeException when the broker did not confirm it in time; it may be there all the
   *     same
   */
  void write(String topic, String key, SpecificRecordBase value);
}
