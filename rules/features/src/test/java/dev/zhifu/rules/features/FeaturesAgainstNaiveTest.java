package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The steps against a computation over the whole history. */
class FeaturesAgainstNaiveTest {
  private static final long SEED = Long.getLong("seed", 20260302L);
  private static final int STREAMS = 40;
  private static final int EVENTS = 250;

  @Test
  void onStreamsInOrderEveryFeatureEqualsTheNaiveComputation() {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<String> filled = new HashSet<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      List<EnrichedEvent> events = stream(random, stream);

      run(events);
      events.forEach(event -> addFilled(event.getFeatures(), filled));

      NaiveFeatures naive = new NaiveFeatures(events);
      for (EnrichedEvent event : events) {
        assertThat(event.getFeatures())
            .as("seed %d stream %d event %s", SEED, stream, event)
            .isEqualTo(naive.of(event));
      }
    }
    assertThat(filled)
        .as("features that had a value, so that the comparison says something of each")
        .containsAll(ofSteps());
  }

  private static void addFilled(Features features, Set<String> filled) {
    for (Schema.Field field : Features.getClassSchema().getFields()) {
      if (features.get(field.pos()) != null) {
        filled.add(field.name());
      }
    }
  }

  private static List<String> ofSteps() {
    return FeatureDeclarations.all().stream()
        .filter(each -> each.entity() != FeatureDeclaration.Entity.LISTS)
        .map(FeatureDeclaration::name)
        .toList();
  }

  @Test
  void withLateEventsTheShareThatDiffersIsSmallAndPrinted() {
    SplittableRandom random = new SplittableRandom(SEED);
    int total = 0;
    int different = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      List<EnrichedEvent> sorted = stream(random, stream);
      List<EnrichedEvent> arrived = delayed(sorted, random);

      run(arrived);

      NaiveFeatures naive = new NaiveFeatures(sorted);
      for (EnrichedEvent event : sorted) {
        total++;
        different += event.getFeatures().equals(naive.of(event)) ? 0 : 1;
      }
    }
    System.out.printf(
        "features with late events: seed %d, %d of %d events differ (%.2f %%)%n",
        SEED, different, total, 100.0 * different / total);
    assertThat(different).isPositive().isLessThan(total / 5);
  }

  private static void run(List<EnrichedEvent> events) {
    FeaturePipeline pipeline =
        new FeaturePipeline(
            limit -> {
              throw new AssertionError("the stream must stay under " + limit);
            });
    for (EnrichedEvent event : events) {
      event.setFeatures(Features.newBuilder().build());
      assertThat(pipeline.enrich(event)).isEqualTo(Dedupe.Verdict.NEW);
    }
  }

  /** One in ten events arrives up to 60 s of event time late. */
  private static List<EnrichedEvent> delayed(List<EnrichedEvent> sorted, SplittableRandom random) {
    record Arrival(EnrichedEvent event, long at) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (EnrichedEvent event : sorted) {
      long delay = random.nextInt(10) == 0 ? random.nextLong(60_000) : 0;
      arrivals.add(new Arrival(event, event.getOccurredAt().toEpochMilli() + delay));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::event).toList();
  }

  /** Few accounts and holders, gaps from nothing to weeks, so that every window is met and left. */
  private static List<EnrichedEvent> stream(SplittableRandom random, int stream) {
    List<EnrichedEvent> events = new ArrayList<>();
    List<String> openCalls = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < EVENTS; i++) {
      at += gap(random);
      BankTransaction asked = awaiting(events);
      if (asked != null && random.nextBoolean()) {
        events.add(answered(asked, at));
        continue;
      }
      String id = "s" + stream + "-" + i;
      events.add(
          switch (random.nextInt(8)) {
            case 0, 1 -> telecom(random, id, at, openCalls);
            case 2 -> access(random, id, at);
            default -> transaction(random, id, at);
          });
    }
    return events;
  }

  /** The newest event when it is an awaiting transaction; null otherwise. */
  private static BankTransaction awaiting(List<EnrichedEvent> events) {
    return !events.isEmpty()
            && events.get(events.size() - 1).getEvent() instanceof BankTransaction last
            && last.getPhase() == TransactionPhase.AWAITING
        ? last
        : null;
  }

  private static EnrichedEvent answered(BankTransaction asked, long at) {
    BankTransaction booked = BankTransaction.newBuilder(asked).build();
    Events.setPhase(booked, TransactionPhase.COMPLETED);
    booked.setOccurredAt(Events.T0.plusMillis(at));
    return Events.enriched(booked);
  }

  private static long gap(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> random.nextLong(8 * Windows.HOUR);
      case 2 -> random.nextLong(3 * Windows.DAY);
      case 3 -> random.nextInt(8) == 0 ? random.nextLong(200 * Windows.DAY) : Windows.HOUR;
      case 4 -> 30 * Windows.MINUTE;
      default -> random.nextLong(4 * Windows.MINUTE);
    };
  }

  private static EnrichedEvent transaction(SplittableRandom random, String id, long at) {
    TransactionKind kind = TransactionKind.values()[random.nextInt(7)];
    String payer = account(random);
    String payee = account(random);
    if (kind == TransactionKind.CASH_DEPOSIT) {
      payer = null;
    }
    if (kind == TransactionKind.CASH_WITHDRAWAL || payee.equals(payer)) {
      payee = null;
    }
    long fen = 100 * (1 + random.nextInt(5));
    BankTransaction transaction = Events.transaction(id, kind, at, payer, payee, fen);
    Events.setPhase(
        transaction,
        switch (random.nextInt(12)) {
          case 0 -> TransactionPhase.AWAITING;
          case 1 -> TransactionPhase.HELD;
          case 2 -> TransactionPhase.REVERSED;
          default -> TransactionPhase.COMPLETED;
        });
    if (transaction.getPayer() != null) {
      transaction
          .getPayer()
          .setBalanceBeforeFen(random.nextBoolean() ? null : random.nextLong(900));
      transaction.getPayer().setOpenedOn(LocalDate.of(2025, 12, 24));
    }
    if (transaction.getPayee() != null && random.nextBoolean()) {
      transaction.getPayee().setOpenedOn(LocalDate.of(2026, 2, 20));
    }
    if (transaction.getPayer() == null && transaction.getKind() == TransactionKind.LOAN_DISBURSAL) {
      transaction.setKind(TransactionKind.TRANSFER);
    }
    return Events.enriched(transaction);
  }

  private static EnrichedEvent access(SplittableRandom random, String id, long at) {
    int device = random.nextInt(4);
    return Events.access(
        AccessKind.values()[Math.max(0, random.nextInt(8) - 3)],
        id,
        at,
        account(random),
        device == 3 ? null : "d" + device,
        random.nextInt(5) > 0);
  }

  /** Accounts of five holders, two each. */
  private static String account(SplittableRandom random) {
    return "a" + random.nextInt(5) + "/" + random.nextInt(2);
  }

  private static EnrichedEvent telecom(
      SplittableRandom random, String id, long at, List<String> open) {
    open.removeIf(call -> at - Long.parseLong(call.split(",")[4]) > 20 * Windows.HOUR);
    if (!open.isEmpty() && random.nextBoolean()) {
      String[] call = open.remove(random.nextInt(open.size())).split(",");
      TelecomKind end = call[2].equals("call") ? TelecomKind.CALL_END : TelecomKind.APP_SESSION_END;
      return signal(end, call[0], at, call[1], call[3]);
    }
    if (random.nextInt(4) == 0) {
      return risky(random, id, at);
    }
    if (random.nextInt(6) == 0) {
      return mark(random, id, at);
    }
    boolean call = random.nextInt(3) > 0;
    String holder = "a" + random.nextInt(5);
    String peer = "p" + random.nextInt(3);
    open.add(id + "," + holder + "," + (call ? "call" : "app") + "," + peer + "," + at);
    EnrichedEvent start =
        signal(call ? TelecomKind.CALL_START : TelecomKind.APP_SESSION_START, id, at, holder, peer);
    ((TelecomEvent) start.getEvent()).setFirstContact(random.nextBoolean());
    if (random.nextInt(3) == 0) {
      ((TelecomEvent) start.getEvent()).setPeerPrefix(PrefixClass.LOCAL_MOBILE);
    }
    return start;
  }

  private static EnrichedEvent risky(SplittableRandom random, String id, long at) {
    String holder = "a" + random.nextInt(5);
    if (random.nextInt(3) == 0) {
      TelecomKind kind =
          random.nextBoolean() ? TelecomKind.CALL_DECLINED : TelecomKind.LINE_BUSY_ON_WARN;
      return Events.telecom(kind, id, at, holder, "p");
    }
    if (random.nextBoolean()) {
      return Events.telecom(TelecomKind.URL_HIT, id, at, holder, null);
    }
    EnrichedEvent app = Events.telecom(TelecomKind.APP_SESSION_START, id, at, holder, null);
    AppClass[] classes = {AppClass.FRAUD_LISTED, AppClass.OFFSHORE_IM, AppClass.OTHER};
    ((TelecomEvent) app.getEvent()).setAppClass(classes[random.nextInt(classes.length)]);
    return app;
  }

  private static EnrichedEvent mark(SplittableRandom random, String id, long at) {
    List<TelecomKind> kinds =
        List.of(
            TelecomKind.CALL_FWD_SET,
            TelecomKind.CALL_FWD_CLEAR,
            TelecomKind.SIM_SWAP,
            TelecomKind.NEW_SIM,
            TelecomKind.ESIM);
    return Events.telecom(
        kinds.get(random.nextInt(kinds.size())), id, at, "a" + random.nextInt(5), null);
  }

  /** One of the three peers calls, the others are called. */
  private static EnrichedEvent signal(
      TelecomKind kind, String id, long at, String holder, String peer) {
    return peer.equals("p0")
        ? Events.telecom(kind, id, at, holder, peer)
        : Events.placed(kind, id, at, holder, peer);
  }
}
