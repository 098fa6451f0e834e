package dev.zhifu.stack.replay;

import dev.zhifu.schemas.events.Fault;
import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.TelecomEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decides which dead letters may be sent again. Only events of banks and carriers may: acts,
 * receipts, rules, lists and ticks have their own authors.
 *
 * <p>A record sent again must not bring a signature about. It therefore has to be older than what
 * the job has decided on, by the greatest lateness bound that a job may have: matching then takes
 * it as late, it moves features, and no hit can have it as evidence.
 */
public final class ReplayPlan {
  /** Greatest lateness bound of a source, see the settings {@code lateness.*.seconds}. */
  static final Duration MOST_LATE = Duration.ofHours(1);

  private static final Map<String, Class<? extends SpecificRecord>> TOPICS =
      Map.of(
          "bank.transactions",
          BankTransaction.class,
          "bank.access",
          BankAccessEvent.class,
          "telecom.events",
          TelecomEvent.class);

  private final Wire wire;
  private final Instant decidedTo;

  /** How records are read from and written as the bytes of a topic. */
  public interface Wire {
    /** Reads a record, or says why it cannot be read. */
    Read read(String topic, byte[] bytes, Class<? extends SpecificRecord> type);

    /** Bytes of a record. */
    byte[] write(String topic, SpecificRecord record);
  }

  /**
   * What reading gave.
   *
   * @param record the record; null when it cannot be read
   * @param unreadable why not; null when it can
   */
  public record Read(SpecificRecord record, String unreadable) {}

  /**
   * A plan.
   *
   * @param decidedTo newest tick of {@code clock.echo}; null when the job has not said any
   */
  public ReplayPlan(Wire wire, Instant decidedTo) {
    this.wire = wire;
    this.decidedTo = decidedTo;
  }

  /** Record class of a topic whose records may be sent again; null for any other. */
  public static Class<? extends SpecificRecord> type(String topic) {
    return TOPICS.get(topic);
  }

  /**
   * Decides about one letter.
   *
   * @param correction what is to be sent in its place; null for its own bytes
   */
  public Replay of(DeadLetter letter, SpecificRecord correction) {
    Class<? extends SpecificRecord> type = TOPICS.get(letter.getTopic());
    if (type == null) {
      return refuse(
          letter,
          null,
          "records of "
              + letter.getTopic()
              + " are never sent again: whoever wrote it writes it anew; only bank.transactions,"
              + " bank.access and telecom.events are");
    }
    if (letter.getReason() == DeadLetterReason.SAME_ID_OTHER_CONTENT) {
      return refuse(
          letter, null, "the first record of this id stands; a correction needs an id of its own");
    }
    Read read = wire.read(letter.getTopic(), bytes(letter.getValue()), type);
    SpecificRecord own = read.record();
    if (correction == null) {
      return own == null
          ? refuse(letter, null, "it still cannot be read, " + read.unreadable())
          : check(letter, own, bytes(letter.getValue()));
    }
    if (correction.getClass() != type) {
      return refuse(letter, null, "the correction is no " + type.getSimpleName());
    }
    if (own != null && !eventId(own).equals(eventId(correction))) {
      return refuse(
          letter,
          eventId(own),
          "the correction's eventId is "
              + eventId(correction)
              + "; it must stay "
              + eventId(own)
              + ", so that copies are known as copies");
    }
    return check(letter, correction, wire.write(letter.getTopic(), correction));
  }

  private Replay check(DeadLetter letter, SpecificRecord record, byte[] bytes) {
    Fault fault = IngressValidator.check(record).orElse(null);
    if (fault != null) {
      return refuse(letter, eventId(record), fault.reason() + ": " + fault.explanation());
    }
    Instant at = occurredAt(record);
    if (decidedTo == null || at.isAfter(decidedTo.minus(MOST_LATE))) {
      return refuse(
          letter,
          eventId(record),
          "it happened at "
              + at
              + ", and the job has decided on everything up to "
              + decidedTo
              + " at most: a hit could rest on it. Send it again once clock.echo has passed "
              + at.plus(MOST_LATE));
    }
    return new Replay(
        letter.getDeadLetterId(),
        letter.getTopic(),
        eventId(record),
        letter.getKey() == null ? null : bytes(letter.getKey()),
        bytes,
        null);
  }

  private static Replay refuse(DeadLetter letter, String eventId, String why) {
    return new Replay(letter.getDeadLetterId(), letter.getTopic(), eventId, null, null, why);
  }

  private static String eventId(SpecificRecord record) {
    return record.get(record.getSchema().getField("eventId").pos()).toString();
  }

  private static Instant occurredAt(SpecificRecord record) {
    return (Instant) record.get(record.getSchema().getField("occurredAt").pos());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
