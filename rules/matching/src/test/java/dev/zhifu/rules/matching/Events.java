package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.List;

/** Events for tests: four telecom kinds with a value, and transfers. */
final class Events {
  static final TelecomKind[] KINDS = {
    TelecomKind.CALL_START, TelecomKind.CALL_END, TelecomKind.SMS_IN, TelecomKind.URL_HIT
  };

  private Events() {}

  /**
   * A telecom event of kind {@code KINDS[kind]} at {@code key} whose value is its count of one-time
   * passwords.
   */
  static EnrichedEvent telecom(String key, String id, long timeMs, int kind, int value) {
    Instant at = Instant.ofEpochMilli(timeMs);
    TelecomEvent event = new TelecomEvent();
    event.setEventId(id);
    event.setSource("C1");
    event.setKind(KINDS[kind]);
    event.setOccurredAt(at);
    event.setReceivedAt(at);
    event.setNumberToken(key);
    event.setPeerPrefix(PrefixClass.UNKNOWN);
    event.setSmsClass(SmsClass.NONE);
    event.setAppClass(AppClass.NONE);
    event.setOtpCount(value);
    return enriched(id, at, event);
  }

  static EnrichedEvent transfer(
      String transactionId, TransactionPhase phase, long timeMs, long amountFen) {
    Instant at = Instant.ofEpochMilli(timeMs);
    String id = "B01:" + transactionId + ":" + phase;
    BankTransaction event = new BankTransaction();
    event.setEventId(id);
    event.setSource("B01");
    event.setTransactionId(transactionId);
    event.setKind(TransactionKind.TRANSFER);
    event.setPhase(phase);
    event.setOccurredAt(at);
    event.setReceivedAt(at);
    event.setAmountFen(amountFen);
    event.setCurrency("CNY");
    event.setPayer(account("payer"));
    event.setPayee(account("payee"));
    event.setChannel(Channel.MOBILE_APP);
    event.setRemarkClasses(List.of());
    return enriched(id, at, event);
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder().setAccountToken(token).setBank("B01").build();
  }

  private static EnrichedEvent enriched(String id, Instant at, Object event) {
    EnrichedEvent enriched = new EnrichedEvent();
    enriched.setEventId(id);
    enriched.setOccurredAt(at);
    enriched.setEvent(event);
    enriched.setFeatures(new Features());
    return enriched;
  }

  static int value(EventView view) {
    return ((TelecomEvent) view.event().getEvent()).getOtpCount();
  }

  static int kind(EventView view) {
    TelecomKind kind = ((TelecomEvent) view.event().getEvent()).getKind();
    for (int i = 0; i < KINDS.length; i++) {
      if (KINDS[i] == kind) {
        return i;
      }
    }
    return -1;
  }

  /** The token that the event's maker was given as its key. */
  static String key(MatchEvent event) {
    Object content = event.view().event().getEvent();
    if (content instanceof TelecomEvent telecom) {
      return telecom.getNumberToken();
    }
    if (content instanceof BankTransaction transaction) {
      return (event.side() == Side.CREDIT ? transaction.getPayee() : transaction.getPayer())
          .getAccountToken();
    }
    return ((BankAccessEvent) content).getAccount().getAccountToken();
  }

  static EventView subject(EnrichedEvent event) {
    return new EventView(event, Side.SUBJECT);
  }
}
