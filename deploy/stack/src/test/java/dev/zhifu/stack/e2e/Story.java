package dev.zhifu.stack.e2e;

import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.VictimReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Time and events as the test writes them. Time stands still between two calls of {@link #advance},
 * which says on every stream that all up to then has been sent, ticks the clock, and returns once
 * the job has decided on all of it.
 */
final class Story {
  static final String TRANSACTIONS = "bank.transactions";
  static final String TELECOM = "telecom.events";
  private static final List<String> STREAMS = List.of(TRANSACTIONS, "bank.access", TELECOM);
  private static final Duration WAIT = Duration.ofSeconds(90);
  private static final String CARRIER = "CARRIER1";

  private final Rig rig;
  private final Tail<ClockTick> echo;
  private volatile Instant now;
  private long serial;
  private volatile StandingAuthorisation standing;

  Story(Rig rig, Instant start) {
    this.rig = rig;
    this.now = start;
    this.echo = rig.tail("city", ClockTick.class, "clock.echo");
  }

  /** The story's time; the banks' clock. */
  Instant now() {
    return now;
  }

  /** The authorisation in force, as the banks have it too. */
  Optional<StandingAuthorisation> standing() {
    return Optional.ofNullable(standing);
  }

  /** From here on the officer renews {@code given} whenever time moves. */
  void authorise(StandingAuthorisation given) {
    standing = given;
  }

  /** Moves time and waits until the job has decided on everything before. */
  void advance(Duration by) {
    pass(by);
    awaitEcho();
  }

  /** Moves time without a job that could answer. */
  void pass(Duration by) {
    now = now.plus(by);
    STREAMS.forEach(topic -> rig.pen("city").heartbeat(topic, now));
    if (standing != null) {
      rig.pen("officers")
          .write(
              "stop.authorisations",
              standing.getAuthorisationId(),
              StandingAuthorisation.newBuilder(standing).setRenewedAt(now).build());
    }
    rig.pen("clock")
        .write("clock.ticks", "clock", new ClockTick(now, now.getEpochSecond(), "story", false));
  }

  /** A new job echoes all of the past again; only what it says from now on counts. */
  void forgetEchoes() {
    echo.forget();
  }

  void awaitEcho() {
    eventually(
        "an echo of " + now,
        () -> {
          echo.poll();
          return echo.newest(tick -> !tick.getAt().isBefore(now));
        });
  }

  /** Looks again and again while time stands still. */
  <R> R eventually(String what, Supplier<Optional<R>> look) {
    return eventually(what, WAIT, look);
  }

  /** The same for what may take longer. */
  <R> R eventually(String what, Duration wait, Supplier<Optional<R>> look) {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      Optional<R> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      rig.requireWell();
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + what + " within " + wait.toSeconds() + " s");
      }
    }
  }

  /** Looks once a second of the story, at most {@code seconds} times. */
  <R> R asTimePasses(String what, int seconds, Supplier<Optional<R>> look) {
    for (int i = 0; i < seconds; i++) {
      Optional<R> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      advance(Duration.ofSeconds(1));
    }
    return look.get()
        .orElseThrow(
            () -> new AssertionError("no " + what + " within " + seconds + " s of the story"));
  }

  RecordMetadata send(BankTransaction transaction) {
    return rig.pen("city")
        .write(TRANSACTIONS, transaction.getPayer().getAccountToken(), transaction);
  }

  RecordMetadata send(TelecomEvent event) {
    return rig.pen("city").write(TELECOM, event.getNumberToken(), event);
  }

  void send(OfficerAct act) {
    rig.pen("officers").write("officer.acts", act.getObjectId(), act);
  }

  void send(VictimReport report) {
    rig.pen("city").write("victim.reports", report.getReportId(), report);
  }

  void send(RecoveryAct act) {
    rig.pen("officers").write("recovery.acts", act.getCaseId(), act);
  }

  /** A stranger calls {@code victim} from abroad. */
  TelecomEvent strangerCalls(Person victim, String session, Instant at) {
    return call(TelecomKind.CALL_START, victim, session, at).build();
  }

  /** That call ends. */
  TelecomEvent callEnds(Person victim, String session, Instant at, Duration length) {
    return call(TelecomKind.CALL_END, victim, session, at)
        .setDurationSeconds((int) length.toSeconds())
        .build();
  }

  private TelecomEvent.Builder call(TelecomKind kind, Person victim, String session, Instant at) {
    return TelecomEvent.newBuilder()
        .setEventId(CARRIER + ":" + serial++)
        .setSource(CARRIER)
        .setKind(kind)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken(victim.telephone())
        .setHolderToken(victim.holder())
        .setSessionId(session)
        .setPeerToken("stranger-" + session)
        .setPeerPrefix(PrefixClass.INTERNATIONAL)
        .setIncoming(true)
        .setFirstContact(true);
  }
}
