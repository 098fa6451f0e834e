package dev.zhifu.bench;

import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import java.time.Instant;

/** Makes the days that were read into later days: other times, other ids, the same people. */
final class Shift {
  private Shift() {}

  /** Moves an event that nobody else holds by {@code round} times {@code spanMs}. */
  static void apply(EnrichedEvent event, long round, long spanMs) {
    if (round == 0) {
      return;
    }
    long by = round * spanMs;
    String mark = "~" + round;
    event.setEventId(event.getEventId() + mark);
    event.setOccurredAt(event.getOccurredAt().plusMillis(by));
    Object body = event.getEvent();
    if (body instanceof BankTransaction transaction) {
      transaction(transaction, event, mark, by);
    } else if (body instanceof TelecomEvent telecom) {
      telecom.setEventId(event.getEventId());
      telecom.setOccurredAt(event.getOccurredAt());
      telecom.setReceivedAt(later(telecom.getReceivedAt(), by));
    } else {
      BankAccessEvent access = (BankAccessEvent) body;
      access.setEventId(event.getEventId());
      access.setOccurredAt(event.getOccurredAt());
      access.setReceivedAt(later(access.getReceivedAt(), by));
    }
  }

  private static void transaction(
      BankTransaction transaction, EnrichedEvent event, String mark, long by) {
    transaction.setTransactionId(transaction.getTransactionId() + mark);
    event.setEventId(
        transaction.getSource()
            + ':'
            + transaction.getTransactionId()
            + ':'
            + transaction.getPhase());
    transaction.setEventId(event.getEventId());
    transaction.setOccurredAt(event.getOccurredAt());
    transaction.setReceivedAt(later(transaction.getReceivedAt(), by));
    transaction.setAnswerBy(later(transaction.getAnswerBy(), by));
    book(transaction.getPayerBooking(), by);
    book(transaction.getPayeeBooking(), by);
  }

  private static void book(Booking booking, long by) {
    if (booking != null) {
      booking.setBookedAt(later(booking.getBookedAt(), by));
    }
  }

  private static Instant later(Instant time, long by) {
    return time == null ? null : time.plusMillis(by);
  }
}
