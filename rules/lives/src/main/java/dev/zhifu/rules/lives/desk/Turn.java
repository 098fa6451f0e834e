package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Named;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One input meeting one case.
 *
 * @param file its lives
 * @param now tick time
 * @param terms the legal terms
 * @param output where what leaves goes
 */
public record Turn(CaseFile file, Instant now, LegalTerms terms, DeskOutput output) {

  /**
   * Starts a clock of {@code life} that brings {@code event} about, and those that warn of it
   * ({@link Ahead}) as far as they lie after the life's own time.
   */
  static void start(LifeTransition life, String event, Instant due) {
    List<LifeClock> clocks = new ArrayList<>(life.getClocks());
    clocks.add(new LifeClock(event, due));
    LegalTerms.warnings(life.getTickAt(), due, Ahead.of(life.getKind(), event))
        .forEach(at -> clocks.add(new LifeClock(Ahead.mark(event), at)));
    life.setClocks(clocks);
  }

  /** Ends every clock of {@code life} that brings {@code event} about, with its warnings. */
  static void end(LifeTransition life, String event) {
    Set<String> ended = Set.of(event, Ahead.mark(event));
    life.setClocks(
        new ArrayList<>(
            life.getClocks().stream().filter(clock -> !ended.contains(clock.getEvent())).toList()));
  }

  /** Warns of an end that has not come yet; of one that has come the end itself speaks. */
  void near(LifeTransition life, LifeClock warning, Named end) {
    String event = Ahead.end(warning);
    life.getClocks().stream()
        .filter(clock -> clock.getEvent().equals(event))
        .map(LifeClock::getDueAt)
        .min(Comparator.naturalOrder())
        .filter(due -> due.isAfter(now))
        .ifPresent(
            due ->
                alarm(
                    "TERM_NEAR",
                    life,
                    life.getKind()
                        + " "
                        + life.getObjectId()
                        + ": "
                        + event
                        + " comes at "
                        + due
                        + " ("
                        + end.words().chinese()
                        + ", "
                        + end.words().english()
                        + ") unless it is done before",
                    "tick:" + warning.getDueAt().toEpochMilli() + ":" + warning.getEvent()));
  }

  /**
   * A bank has lifted what was decided with {@code decided}: the decision is its tick.
   *
   * @param at by the bank's own time
   */
  void lifted(LifeTransition decided, OrderChannel channel, Instant at) {
    Duration took = Duration.between(decided.getTickAt(), at);
    output.lifted(channel, took.isNegative() ? Duration.ZERO : took);
  }

  void alarm(String alarm, LifeTransition life, String words, String cause) {
    alarm(alarm, life.getKind(), life.getObjectId(), words, cause);
  }

  void alarm(String alarm, LifeKind kind, String objectId, String words, String cause) {
    String id = Sha256.hex(objectId + "\n" + alarm + "\n" + cause);
    output.alarm(new RecoveryAlarm(id, alarm, kind, objectId, file.caseId(), words, cause, now));
  }
}
