package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One input meeting one case.
 *
 * @param file its lives
 * @param now tick time
 * @param terms the legal terms
 * @param output where what leaves goes
 */
public record Turn(CaseFile file, Instant now, LegalTerms terms, DeskOutput output) {

  /** Starts a clock of {@code life} that brings {@code event} about. */
  static void start(LifeTransition life, String event, Instant due) {
    List<LifeClock> clocks = new ArrayList<>(life.getClocks());
    clocks.add(new LifeClock(event, due));
    life.setClocks(clocks);
  }

  /** Ends every clock of {@code life} that brings {@code event} about. */
  static void end(LifeTransition life, String event) {
    life.setClocks(
        new ArrayList<>(
            life.getClocks().stream().filter(clock -> !clock.getEvent().equals(event)).toList()));
  }

  void alarm(String alarm, LifeTransition life, String words, String cause) {
    alarm(alarm, life.getKind(), life.getObjectId(), words, cause);
  }

  void alarm(String alarm, LifeKind kind, String objectId, String words, String cause) {
    String id = Sha256.hex(objectId + "\n" + alarm + "\n" + cause);
    output.alarm(new RecoveryAlarm(id, alarm, kind, objectId, file.caseId(), words, cause, now));
  }
}
