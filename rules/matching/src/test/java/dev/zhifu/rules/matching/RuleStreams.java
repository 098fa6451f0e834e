package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
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
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Draws streams that come near a catalogue rule: events of the kinds it sees, whose values mostly
 * satisfy it. Whole seconds.
 */
final class RuleStreams {
  private static final List<String> SESSIONS = List.of("s1", "s2", "s3");

  private final Random random;
  private int serial;

  RuleStreams(Random random) {
    this.random = random;
  }

  List<EventView> draw(Rule rule, String key, int size, int longestGapSeconds) {
    List<EventKind> kinds = rule.over().stream().sorted(Comparator.naturalOrder()).toList();
    List<EventView> stream = new ArrayList<>();
    long seconds = 1_000 + random.nextInt(1_000);
    for (int i = 0; i < size; i++) {
      seconds += 1 + random.nextInt(longestGapSeconds);
      stream.add(
          event(kinds.get(random.nextInt(kinds.size())), key, Instant.ofEpochSecond(seconds)));
    }
    return stream;
  }

  private EventView event(EventKind kind, String key, Instant at) {
    String id = key + "-" + serial++;
    return switch (kind) {
      case CALL_START -> telecom(TelecomKind.CALL_START, key, id, at);
      case CALL_END -> telecom(TelecomKind.CALL_END, key, id, at);
      case SMS_IN -> telecom(TelecomKind.SMS_IN, key, id, at);
      case APP_SESSION_START -> telecom(TelecomKind.APP_SESSION_START, key, id, at);
      case LOGIN -> login(key, id, at);
      case TRANSFER_OUT -> movement(TransactionKind.TRANSFER, Side.DEBIT, key, id, at);
      case TRANSFER_IN -> movement(TransactionKind.TRANSFER, Side.CREDIT, key, id, at);
      case LOAN_IN -> movement(TransactionKind.LOAN_DISBURSAL, Side.CREDIT, key, id, at);
      default -> throw new IllegalStateException("This test draws no " + kind);
    };
  }

  private EventView telecom(TelecomKind kind, String key, String id, Instant at) {
    TelecomEvent event =
        TelecomEvent.newBuilder()
            .setEventId(id)
            .setSource("C1")
            .setKind(kind)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setNumberToken(key)
            .setSessionId(SESSIONS.get(random.nextInt(SESSIONS.size())))
            .setPeerPrefix(mostly() ? PrefixClass.INTERNATIONAL : PrefixClass.LANDLINE)
            .setFirstContact(mostly())
            .setSmsClass(kind == TelecomKind.SMS_IN && mostly() ? SmsClass.LOAN : SmsClass.NONE)
            .setAppClass(kind == TelecomKind.APP_SESSION_START ? app() : AppClass.NONE)
            .build();
    return view(id, at, event, new Features(), Side.SUBJECT);
  }

  private AppClass app() {
    return mostly() ? AppClass.SCREEN_SHARE : AppClass.OTHER;
  }

  private EventView login(String key, String id, Instant at) {
    BankAccessEvent event =
        BankAccessEvent.newBuilder()
            .setEventId(id)
            .setSource("B01")
            .setKind(AccessKind.LOGIN)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAccount(account(key))
            .setSucceeded(mostly())
            .build();
    return view(id, at, event, new Features(), Side.SUBJECT);
  }

  private EventView movement(TransactionKind kind, Side side, String key, String id, Instant at) {
    boolean test = kind == TransactionKind.TRANSFER && side == Side.DEBIT && random.nextInt(3) == 0;
    BankTransaction event =
        BankTransaction.newBuilder()
            .setEventId("B01:" + id + ":COMPLETED")
            .setSource("B01")
            .setTransactionId(id)
            .setKind(kind)
            .setPhase(TransactionPhase.COMPLETED)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(test ? 700 : 9_000_000)
            .setCurrency("CNY")
            .setPayer(account(side == Side.DEBIT ? key : "payer"))
            .setPayee(account(side == Side.CREDIT ? key : "payee"))
            .setChannel(Channel.MOBILE_APP)
            .setRemarkClasses(List.of())
            .build();
    return view(event.getEventId(), at, event, features(), side);
  }

  private Features features() {
    Features features = new Features();
    features.setPayeeFirstSeen(mostly());
    features.setOwnTransfer(false);
    features.setSecondsSinceCall((long) random.nextInt(2_000));
    features.setPayeeAccountAgeDays(5L);
    features.setPayeeCreditFen15d(50_000_000L);
    features.setPayerCreditFen60m(20_000_000L);
    features.setPassThroughShare60m(mostly() ? 0.97 : 0.3);
    features.setDwellMinutes(4.0);
    features.setPayerResidueFen(1_000L);
    features.setPayerOutDegree30m(mostly() ? 8L : 2L);
    features.setPayerInDegree60m(1L);
    features.setPayerLargestCreditFen60m(200_000_000L);
    return features;
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank("B01")
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  private static EventView view(String id, Instant at, Object event, Features features, Side side) {
    EnrichedEvent enriched = new EnrichedEvent();
    enriched.setEventId(id);
    enriched.setOccurredAt(at);
    enriched.setEvent(event);
    enriched.setFeatures(features);
    return new EventView(enriched, side);
  }

  private boolean mostly() {
    return random.nextInt(8) != 0;
  }
}
