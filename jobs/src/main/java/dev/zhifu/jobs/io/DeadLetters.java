package dev.zhifu.jobs.io;

import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Builds dead letters: the whole record, where it was, why it was turned away, and the way out. */
public final class DeadLetters {

  /** Most bytes of a value that a dead letter carries; a longer one is cut and says so. */
  static final int MAX_VALUE_BYTES = 512 * 1024;

  private DeadLetters() {}

  /** The dead letter of one Kafka record. */
  public static DeadLetter of(
      String topic,
      int partition,
      long offset,
      long timestampMs,
      byte[] key,
      byte[] value,
      DeadLetterReason reason,
      String explanation) {
    byte[] whole = value == null ? new byte[0] : value;
    boolean cut = whole.length > MAX_VALUE_BYTES;
    return DeadLetter.newBuilder()
        .setDeadLetterId(topic + ":" + partition + ":" + offset)
        .setTopic(topic)
        .setPartition(partition)
        .setOffset(offset)
        .setRecordedAt(Instant.ofEpochMilli(Math.max(0, timestampMs)))
        .setReason(reason)
        .setExplanation(
            cut ? explanation + " (value cut from " + whole.length + " bytes)" : explanation)
        .setKey(key == null ? null : ByteBuffer.wrap(key))
        .setValue(ByteBuffer.wrap(whole, 0, Math.min(whole.length, MAX_VALUE_BYTES)))
        .build();
  }

  /** The dead letter of a raw record. */
  public static DeadLetter of(RawRecord record, DeadLetterReason reason, String explanation) {
    return of(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestampMs(),
        record.key(),
        record.value(),
        reason,
        explanation);
  }
}
