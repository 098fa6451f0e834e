package dev.zhifu.rules.features;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.List;

/** Events for tests, at offsets from one constant time. */
final class Events {
  /** 2026-03-02 10:00 in China, a Monday. */
  static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");

  private Events() {}

  static AccountRef account(String token, String holder) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank("B01")
        .setHolderToken(holder)
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  static BankTransaction transaction(
      String id, TransactionKind kind, long atMs, String payer, String payee, long fen) {
    return BankTransaction.newBuilder()
        .setEventId("B01:" + id + ":COMPLETED")
        .setSource("B01")
        .setTransactionId(id)
        .setKind(kind)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(T0.plusMillis(atMs))
        .setReceivedAt(T0.plusMillis(atMs + 100))
        .setAmountFen(fen)
        .setCurrency("CNY")
        .setPayer(payer == null ? null : account(payer, "h-" + holder(payer)))
        .setPayee(payee == null ? null : account(payee, "h-" + holder(payee)))
        .setChannel(Channel.MOBILE_APP)
        .setRemarkClasses(List.of())
        .build();
  }

  /** Sets the phase and the id that goes with it. */
  static void setPhase(BankTransaction transaction, TransactionPhase phase) {
    transaction.setPhase(phase);
    transaction.setEventId(
        transaction.getSource() + ':' + transaction.getTransactionId() + ':' + phase);
  }

  /** Accounts {@code a/1} and {@code a/2} belong to one holder. */
  private static String holder(String account) {
    return account.split("/")[0];
  }

  static EnrichedEvent transfer(String id, long atMs, String payer, String payee, long fen) {
    return enriched(transaction(id, TransactionKind.TRANSFER, atMs, payer, payee, fen));
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

  static EnrichedEvent access(
      AccessKind kind, String id, long atMs, String account, String device, boolean succeeded) {
    BankAccessEvent event =
        BankAccessEvent.newBuilder()
            .setEventId("B01:" + id)
            .setSource("B01")
            .setKind(kind)
            .setOccurredAt(T0.plusMillis(atMs))
            .setReceivedAt(T0.plusMillis(atMs + 100))
            .setAccount(account(account, "h-" + holder(account)))
            .setDeviceToken(device)
            .setSucceeded(succeeded)
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

  static EnrichedEvent login(String id, long atMs, String account, String device) {
    return access(AccessKind.LOGIN, id, atMs, account, device, true);
  }

  /** A call that the holder's number placed; {@link #telecom} makes those it receives. */
  static EnrichedEvent placed(
      TelecomKind kind, String session, long atMs, String holder, String peer) {
    EnrichedEvent event = telecom(kind, session, atMs, holder, peer);
    ((TelecomEvent) event.getEvent()).setIncoming(false);
    return event;
  }

  static EnrichedEvent telecom(
      TelecomKind kind, String session, long atMs, String holder, String peer) {
    TelecomEvent event =
        TelecomEvent.newBuilder()
            .setEventId("C01:" + session + ":" + kind)
            .setSource("C01")
            .setKind(kind)
            .setOccurredAt(T0.plusMillis(atMs))
            .setReceivedAt(T0.plusMillis(atMs + 100))
            .setNumberToken("n-" + holder)
            .setHolderToken("h-" + holder)
            .setSessionId(session)
            .setPeerToken(peer)
            .setPeerPrefix(PrefixClass.INTERNATIONAL)
            .setFirstContact(true)
            .setSmsClass(SmsClass.NONE)
            .setAppClass(
                kind == TelecomKind.APP_SESSION_START || kind == TelecomKind.APP_SESSION_END
                    ? AppClass.SCREEN_SHARE
                    : AppClass.NONE)
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
}
