package dev.zhifu.schemas.wire;

import dev.zhifu.schemas.topics.Topic;
import dev.zhifu.schemas.topics.TopicTable;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Which registry subject and which record class belong to a topic, derived from the topic table. A
 * subject is the topic's name + {@code -value}; all banks share one subject per kind of per-bank
 * topic ({@code bank.orders-value}).
 */
public final class Subjects {

  private static final SortedMap<String, Class<? extends SpecificRecord>> TYPES = types();

  private Subjects() {}

  /**
   * The subject of a topic.
   *
   * @param topic a topic's full name, for example {@code bank.B01.orders}
   * @throws IllegalArgumentException if the topic table has no such topic
   */
  public static String ofTopic(String topic) {
    return TopicTable.standard().require(topic).subject();
  }

  /**
   * The record class that a topic carries.
   *
   * @throws IllegalArgumentException if the topic table has no such topic
   */
  public static Class<? extends SpecificRecord> typeOfTopic(String topic) {
    return TopicTable.standard().require(topic).carries();
  }

  /** All subjects, sorted. */
  public static Set<String> all() {
    return TYPES.keySet();
  }

  /** All subjects with their record classes, sorted by subject; not modifiable. */
  public static SortedMap<String, Class<? extends SpecificRecord>> table() {
    return TYPES;
  }

  /**
   * The current schema of a subject.
   *
   * @throws IllegalArgumentException if there is no such subject
   */
  public static Schema schemaOf(String subject) {
    Class<? extends SpecificRecord> type = TYPES.get(subject);
    if (type == null) {
      throw new IllegalArgumentException(
          "subject '" + subject + "' is unknown; the topic table gives " + TYPES.keySet());
    }
    return SpecificData.getForClass(type).getSchema(type);
  }

  private static SortedMap<String, Class<? extends SpecificRecord>> types() {
    SortedMap<String, Class<? extends SpecificRecord>> types = new TreeMap<>();
    for (Topic topic : TopicTable.standard().topics()) {
      types.put(topic.subject(), topic.carries());
    }
    return Collections.unmodifiableSortedMap(types);
  }
}
