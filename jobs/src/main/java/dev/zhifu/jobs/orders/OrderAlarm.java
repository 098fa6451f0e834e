package dev.zhifu.jobs.orders;

/**
 * Something about an order that a person should look at. Flat, so that any sink can take it.
 *
 * @param kind what kind of thing
 * @param accountToken the account; empty when it is about none
 * @param orderId the order; empty when it is about none
 * @param bank the bank; empty when it is about none
 * @param words what happened, which rule it breaks, what to do
 * @param cause id of the event, act, receipt or tick behind it
 * @param tickAtMs tick time, UTC milliseconds; 0 before the first tick
 */
public record OrderAlarm(
    Kind kind,
    String accountToken,
    String orderId,
    String bank,
    String words,
    String cause,
    long tickAtMs) {

  /** Kinds of alarms; metrics are named by them. */
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
