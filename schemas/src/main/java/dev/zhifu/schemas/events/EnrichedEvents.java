package dev.zhifu.schemas.events;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TelecomEvent;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;

/** Makes the envelope in which an ingress record goes through the engine. */
public final class EnrichedEvents {

  /** The total order of events: time, serial, id. */
  public static final Comparator<EnrichedEvent> ORDER =
      Comparator.comparing(EnrichedEvent::getOccurredAt)
          .thenComparing(EnrichedEvent::getSerial, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(EnrichedEvent::getEventId);

  private EnrichedEvents() {}

  /**
   * Wraps {@code record} with features that are all null.
   *
   * <p>The serial is the payer's bank's, since most keys stand on the debit side; where nobody pays
   * (cash paid in) it is the payee's bank's. It only makes the order of events at one millisecond
   * the same everywhere: serials of two banks do not compare, so whoever attributes money reads the
   * bookings themselves.
   *
   * @param record BankTransaction, BankAccessEvent or TelecomEvent; kept, not copied
   * @throws IllegalArgumentException if it is another record
   */
  public static EnrichedEvent of(SpecificRecord record) {
    return of(record, -1, -1);
  }

  /**
   * As {@link #of(SpecificRecord)}, with the place in its topic from which it was read; a dead
   * letter that a later step writes names it.
   */
  public static EnrichedEvent of(SpecificRecord record, int partition, long offset) {
    if (!(record instanceof BankTransaction
        || record instanceof BankAccessEvent
        || record instanceof TelecomEvent)) {
      throw new IllegalArgumentException(
          record.getClass().getSimpleName()
              + " is not enriched; BankTransaction, BankAccessEvent and TelecomEvent are");
    }
    EnrichedEvent enriched = new EnrichedEvent();
    enriched.setEventId(EventIds.of(record));
    enriched.setOccurredAt(Events.occurredAt(record));
    enriched.setSerial(serial(record));
    enriched.setEvent(record);
    enriched.setFeatures(new Features());
    enriched.setSourcePartition(partition);
    enriched.setSourceOffset(offset);
    return enriched;
  }

  private static Long serial(SpecificRecord record) {
    if (!(record instanceof BankTransaction transaction)) {
      return null;
    }
    Booking booking =
        transaction.getPayer() == null
            ? transaction.getPayeeBooking()
            : transaction.getPayerBooking();
    return booking == null ? null : booking.getSerial();
  }
}
