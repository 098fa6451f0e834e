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
  private boolean bothWays;

  RuleStreams(Random random) {
    this.random = random;
  }

  List<EventView> draw(Rule rule, String key, int size, int longestGapSeconds) {
    bothWays = rule.over().containsAll(List.of(EventKind.TRANSFER_IN, EventKind.TRANSFER_OUT));
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
      case APP_SESSION_END -> telecom(TelecomKind.APP_SESSION_END, key, id, at);
      case LOGIN -> login(key, id, at);
      case TRANSFER_OUT -> movement(TransactionKind.TRANSFER, Side.DEBIT, key, id, at);
      case TRANSFER_IN -> movement(TransactionKind.TRANSFER, Side.CREDIT, key, id, at);
      case PURCHASE_OUT -> movement(TransactionKind.PURCHASE, Side.DEBIT, key, id, at);
      case QR_OUT -> movement(TransactionKind.QR_PAYMENT, Side.DEBIT, key, id, at);
      case CASH_OUT -> movement(TransactionKind.CASH_WITHDRAWAL, Side.DEBIT, key, id, at);
      case DEPOSIT_BROKEN -> movement(TransactionKind.DEPOSIT_BROKEN, Side.CREDIT, key, id, at);
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
            .setPeerPrefix(prefix())
            .setFirstContact(mostly())
            .setSmsClass(kind == TelecomKind.SMS_IN ? sms() : SmsClass.NONE)
            .setAppClass(app(kind))
            .setDurationSeconds(seconds(kind))
            .build();
    return view(id, at, event, new Features(), Side.SUBJECT);
  }

  /** Without a draw for calls, so that streams of rules that read no length stay as they were. */
  private Integer seconds(TelecomKind kind) {
    return switch (kind) {
      case APP_SESSION_END -> mostly() ? 300 : 900;
      case CALL_END -> serial % 4 == 0 ? 60 : 300;
      default -> null;
    };
  }

  private PrefixClass prefix() {
    return switch (random.nextInt(8)) {
      case 0 -> PrefixClass.LANDLINE;
      case 1, 2 -> PrefixClass.LOCAL_MOBILE;
      default -> PrefixClass.INTERNATIONAL;
    };
  }

  private SmsClass sms() {
    return switch (random.nextInt(8)) {
      case 0 -> SmsClass.NONE;
      case 1, 2, 3 -> SmsClass.REFUND;
      default -> SmsClass.LOAN;
    };
  }

  private AppClass app(TelecomKind kind) {
    return switch (kind) {
      case APP_SESSION_START -> mostly() ? AppClass.SCREEN_SHARE : AppClass.OTHER;
      case APP_SESSION_END -> mostly() ? AppClass.MEETING : AppClass.OTHER;
      default -> AppClass.NONE;
    };
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
    long fen = amount(kind, side);
    BankTransaction event =
        BankTransaction.newBuilder()
            .setEventId("B01:" + id + ":COMPLETED")
            .setSource("B01")
            .setTransactionId(id)
            .setKind(kind)
            .setPhase(TransactionPhase.COMPLETED)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(fen)
            .setCurrency("CNY")
            .setPayer(account(side == Side.DEBIT ? key : "payer"))
            .setPayee(account(side == Side.CREDIT ? key : "payee"))
            .setChannel(Channel.MOBILE_APP)
            .setRemarkClasses(List.of())
            .build();
    return view(event.getEventId(), at, event, features(fen), side);
  }

  /** Debits to try an account, small purchases, small credits beside debits, large money. */
  private long amount(TransactionKind kind, Side side) {
    boolean transfer = kind == TransactionKind.TRANSFER;
    if (kind == TransactionKind.PURCHASE || kind == TransactionKind.QR_PAYMENT) {
      return 90_000;
    }
    if (transfer && side == Side.CREDIT && bothWays) {
      return smallCredit();
    }
    if (transfer && side == Side.DEBIT && random.nextInt(bothWays ? 2 : 3) == 0) {
      return 700;
    }
    return transfer && random.nextBoolean() ? 15_000_000 : 9_000_000;
  }

  /** Commissions are few among what comes in; seldom as much comes back as went. */
  private long smallCredit() {
    return switch (random.nextInt(10)) {
      case 0 -> 15_000_000;
      case 1, 2, 3 -> 600;
      default -> 50_000;
    };
  }

  private Features features(long fen) {
    Features features = new Features();
    ofHolder(features, fen);
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
    features.setPayerReceivedFen24h(20_000_000L);
    features.setPayerSentFen24h(19_000_000L);
    features.setPayerSilenceDays24h(200L);
    features.setPayeeDaysSinceCredit(200L);
    return features;
  }

  private void ofHolder(Features features, long fen) {
    features.setNewPayeeFen60m(mostly() ? fen : null);
    features.setRisingNewPayees24h((long) random.nextInt(4));
    features.setRiskyAppDays60d((long) random.nextInt(2));
    features.setLenders24h(0L);
    features.setCallActive(true);
    features.setScreenShareActive(mostly());
    features.setShareOfBalance(mostly() ? 0.9 : 0.1);
    features.setStrangerTalkSeconds24h(mostly() ? 1_500L : 15L);
    features.setStrangerCalls24h(1L);
    features.setSilencedCalls24h(mostly() ? 1L : 0L);
    features.setOwnSources5d(0L);
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank("B01")
        .setKind(AccountKind.PERSONAL)
        .setHolderAgeYears(70)
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
