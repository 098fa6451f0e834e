package dev.zhifu.desk.projection;

/**
 * One record as it stands on its topic.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key its key; null without one
 * @param value its value; null for a deleted key or a heartbeat
 */
public record TopicRecord(String topic, int partition, long offset, byte[] key, byte[] value) {
  /** Topic, partition and offset as one word. */
  public String position() {
    return topic + ":" + partition + ":" + offset;
  }
}
