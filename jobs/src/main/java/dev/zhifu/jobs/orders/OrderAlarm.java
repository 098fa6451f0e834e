package dev.zhifu.jobs.orders;

import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Instant;

/**
 * Something about an order that a person should look at. Flat, so that any sink can take it.
 *
 * @param kind what kind of thing
 * @param accountToken the account; empty when it is about none
 * @param orderId the order; empty when it is about none
 * @param caseId first case of the order; empty when it is about none, or its case is not known
 * @param bank the bank; empty when it is about none
 * @param words what happened, which rule it breaks, what to do
 * @param cause id of the event, act, receipt or tick behind it
 * @param tickAtMs tick time, UTC milliseconds; 0 before the first tick
 */
public record OrderAlarm(
    Kind kind,
    String accountToken,
    String orderId,
    String caseId,
    String bank,
    String words,
    String cause,
    long tickAtMs) {

  /**
   * As it goes to where persons look. Made again of the same cause it is the same alarm, whatever
   * the tick.
   */
  public RecoveryAlarm told() {
    String about = orderId.isEmpty() ? accountToken.isEmpty() ? cause : accountToken : orderId;
    return new RecoveryAlarm(
        Sha256.hex(String.join("\n", about, kind.name(), cause)),
        kind.name(),
        LifeKind.STOP_ORDER,
        about,
        caseId,
        words,
        cause,
        Instant.ofEpochMilli(tickAtMs));
  }

  /** Kinds of alarms, of {@link dev.zhifu.rules.lives.AlarmKind}; metrics are named by them. */
  public enum Kind {
    STOP_LIMIT,
    ORDER_OBJECTS_LIMIT,
    FORGED_RECORD,
    CONFLICTING_RECORD,
    ADOPTED_OVER_DECISION,
    FOREIGN_RECEIPT,
    RECEIPT_OUT_OF_PLACE,
    RECEIPT_WITHOUT_START,
    RECEIPT_WITHOUT_ORDER,
    TURNED_AWAY,
    NO_ANSWER,
    LATE_STOP,
    FREEZE_GAP,
    LIFT_AT_BANK,
    RELEASE_PROPOSED,
    ACT_REFUSED,
    AUTHORISATION_REFUSED,
    AUTOMATIC_SIGNING_OFF,
    STALE_ACT,
    OWN_STOP_DIFFERS
  }
}
