package dev.zhifu.jobs.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Events for operator tests, at offsets from one constant time. */
final class Samples {
  static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");
  static final long T0_MS = T0.toEpochMilli();
  static final long HOUR = 3_600_000L;
  static final long DAY = 24 * HOUR;

  private Samples() {}

  static BankTransaction transaction(
      String id, TransactionPhase phase, long atMs, String payer, String payee, long fen) {
    return BankTransaction.newBuilder()
        .setEventId("B01:" + id + ":" + phase)
        .setSource("B01")
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(phase)
        .setOccurredAt(T0.plusMillis(atMs))
        .setReceivedAt(T0.plusMillis(atMs))
        .setAmountFen(fen)
        .setCurrency("CNY")
        .setPayer(account(payer, fen * 2))
        .setPayee(account(payee, 700))
        .setAnswerBy(phase == TransactionPhase.AWAITING ? T0.plusMillis(atMs + 500) : null)
        .build();
  }

  private static AccountRef account(String token, long balance) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank("B01")
        .setHolderToken("h-" + token)
        .setBalanceBeforeFen(balance)
        .build();
  }

  static EnrichedEvent transfer(String id, long atMs, String payer, String payee, long fen) {
    return enriched(transaction(id, TransactionPhase.COMPLETED, atMs, payer, payee, fen));
  }

  static EnrichedEvent awaiting(String id, long atMs, String payer, String payee, long fen) {
    return enriched(transaction(id, TransactionPhase.AWAITING, atMs, payer, payee, fen));
  }

  static EnrichedEvent call(TelecomKind kind, String session, long atMs, String owner) {
    TelecomEvent event =
        TelecomEvent.newBuilder()
            .setEventId("C01:" + session + ":" + kind)
            .setSource("C01")
            .setKind(kind)
            .setOccurredAt(T0.plusMillis(atMs))
            .setReceivedAt(T0.plusMillis(atMs))
            .setNumberToken("n-" + owner)
            .setHolderToken("h-" + owner)
            .setSessionId(session)
            .setPeerToken("caller")
            .setPeerPrefix(PrefixClass.INTERNATIONAL)
            .setFirstContact(true)
            .build();
    return new EnrichedEvent(
        event.getEventId(),
        event.getOccurredAt(),
        null,
        event,
        Features.newBuilder().build(),
        -1,
        -1L);
  }

  static EnrichedEvent enriched(BankTransaction transaction) {
    return new EnrichedEvent(
        transaction.getEventId(),
        transaction.getOccurredAt(),
        null,
        transaction,
        Features.newBuilder().build(),
        -1,
        -1L);
  }

  static EnrichedEvent copy(EnrichedEvent event) {
    return EnrichedEvent.newBuilder(event).build();
  }

  /** Transfers among eight accounts, and calls of their holders, in order. */
  static List<EnrichedEvent> stream(long seed, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    List<EnrichedEvent> stream = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < events; i++) {
      at += random.nextLong(10 * 60_000);
      String payer = "a" + random.nextInt(8);
      String payee = "a" + random.nextInt(8);
      if (payer.equals(payee)) {
        stream.add(call(TelecomKind.CALL_START, "c" + i, at, payer));
      } else {
        stream.add(transfer("t" + i, at, payer, payee, 100 + random.nextInt(900)));
      }
    }
    return stream;
  }
}
