package dev.zhifu.jobs.io;

import dev.zhifu.schemas.access.KafkaAccess;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic partition holds at one moment.
 *
 * @param topic topic
 * @param partition partition
 * @param start offset of its oldest record
 * @param end offset after its newest record; equal to {@code start} when it holds none
 */
record TopicEnds(String topic, int partition, long start, long end) {

  /** Asks for the ends of topics; travels to the workers. */
  @FunctionalInterface
  interface Source extends Serializable {

    /** Every partition of the topics; what cannot be learnt is an error of the start. */
    List<TopicEnds> ask() throws Exception;
  }

  /** Asks the broker each time. */
  static Source ofBroker(KafkaAccess access, List<String> topics) {
    List<String> names = List.copyOf(topics);
    return () -> names.isEmpty() ? List.of() : ask(access, names);
  }

  private static List<TopicEnds> ask(KafkaAccess access, List<String> topics) throws Exception {
    try (Admin admin = Admin.create(access.properties())) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                partition -> {
                  TopicPartition at = new TopicPartition(topic.name(), partition.partition());
                  latest.put(at, OffsetSpec.latest());
                  earliest.put(at, OffsetSpec.earliest());
                });
      }
      Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
      Map<TopicPartition, ListOffsetsResultInfo> starts = admin.listOffsets(earliest).all().get();
      List<TopicEnds> found = new ArrayList<>();
      ends.forEach(
          (at, end) ->
              found.add(
                  new TopicEnds(
                      at.topic(), at.partition(), starts.get(at).offset(), end.offset())));
      return found;
    }
  }

  /** True when it holds nothing. */
  boolean isEmpty() {
    return start >= end;
  }
}
