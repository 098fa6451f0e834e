package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.order.OrderTable;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A case that goes to another body (程序规定 art. 175; ADR-0169). What was done in urgency stays valid
 * with its clocks. Until the receiving body confirms, this office answers for it; from then on
 * nothing new is opened here and its ends are no longer this office's to be warned of. What ends or
 * eases a restriction stays possible: a holder must never wait because nobody may lift.
 */
public final class HandOver {

  /** Warnings that something can still be done: the receiving body's, once it has the case. */
  private static final Set<String> WARNINGS = Set.of("END_NEAR", "TERM_NEAR");

  private HandOver() {}

  /** The body that the case was handed to; empty while it is here. */
  public static Optional<String> to(CaseFile file) {
    return detail(file).map(CaseDetail::getReceivingBody).filter(body -> !body.isEmpty());
  }

  /** When that body confirmed; empty before. */
  public static Optional<Instant> receivedAt(CaseFile file) {
    return detail(file).map(CaseDetail::getReceivedAt);
  }

  private static Optional<CaseDetail> detail(CaseFile file) {
    return Optional.ofNullable(file.get(file.caseId()))
        .filter(life -> life.getKind() == LifeKind.CASE)
        .map(life -> (CaseDetail) life.getDetail());
  }

  /** What a guard is held against: whose the case is. */
  static String whose(CaseFile file) {
    Instant received = receivedAt(file).orElse(null);
    return to(file)
        .map(
            body ->
                "handed to "
                    + body
                    + (received == null ? ", not yet confirmed" : ", confirmed at " + received))
        .orElse("the case is here");
  }

  /** True for a warning that is another body's to hear. */
  static boolean othersToHear(CaseFile file, RecoveryAlarm alarm) {
    return WARNINGS.contains(alarm.getAlarm()) && receivedAt(file).isPresent();
  }

  /** Restrictions of the case that are in force or on their way, each with its end where known. */
  static List<String> inForce(CaseFile file) {
    List<String> all = new ArrayList<>();
    for (LifeTransition life : file.all()) {
      boolean holds =
          switch (life.getKind()) {
            case STOP_ORDER -> OrderTable.IN_FORCE.contains(OrderState.valueOf(life.getState()));
            case FREEZE, VICTIM_HOLD -> LifeDesk.live(life);
            default -> false;
          };
      if (holds) {
        Instant end = end(life);
        all.add(
            life.getKind()
                + " "
                + life.getObjectId()
                + " "
                + life.getState()
                + (end == null ? "" : " until " + end));
      }
    }
    return all;
  }

  private static Instant end(LifeTransition life) {
    if (life.getDetail() instanceof FreezeDetail freeze) {
      return freeze.getExpiresAt();
    }
    return life.getDetail() instanceof VictimHoldDetail hold ? hold.getExpiresAt() : null;
  }
}
