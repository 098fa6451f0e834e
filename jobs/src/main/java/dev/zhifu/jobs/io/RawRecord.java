package dev.zhifu.jobs.io;

/**
 * One Kafka record before it is decoded, or, with {@code offset} −1, the mark that a topic has been
 * read to the end it had when the job started.
 *
 * @param topic topic it was read from; empty for the mark
 * @param partition partition
 * @param offset offset; −1 for the mark
 * @param timestampMs time stamp of the Kafka record, UTC milliseconds
 * @param key key bytes; null when there were none
 * @param value value bytes; null for a tombstone
 */
public record RawRecord(
    String topic, int partition, long offset, long timestampMs, byte[] key, byte[] value) {

  /** The mark that says "read to the end". */
  public static final RawRecord END = new RawRecord("", -1, -1, 0, null, null);

  /** True for the mark. */
  public boolean isEnd() {
    return offset < 0;
  }
}
