package dev.zhifu.stack.replay;

/**
 * What becomes of one dead letter.
 *
 * @param letterId its id
 * @param topic where it goes; the topic it was read from
 * @param eventId id of the event, kept; null when it could not be read
 * @param key key of the record as it was; null when there was none
 * @param value what is written; null when it is not sent
 * @param refused why it is not sent, and the way out; null when it is
 */
public record Replay(
    String letterId, String topic, String eventId, byte[] key, byte[] value, String refused) {

  /** True when it may be sent. */
  public boolean isSent() {
    return refused == null;
  }
}
