package dev.zhifu.workload;

/** Why victims' money was not kept once it was paid. The first that fits counts. */
public enum LostWhy {
  /** Handed over as cash, or spent from the victim's own account: no account ever held it. */
  NEVER_ON_AN_ACCOUNT,
  /** The victim had not reported when the run ended. */
  NOT_REPORTED,
  /** It was out before the victim reported. */
  OUT_BEFORE_REPORT,
  /** It was out before an officer had accepted the report. */
  OUT_BEFORE_ACCEPTANCE,
  /** The account's bank is not connected. */
  BANK_NOT_CONNECTED,
  /** The bank turned the order away: a field did not match its books. */
  ORDER_REFUSED,
  /** The order was signed and the bank had not stopped the account yet. */
  BANK_ANSWERING,
  /** The request lay on the desk, unsigned or rejected. */
  NOT_SIGNED,
  /** Nobody had asked for a stop of that account. */
  NO_REQUEST,
  /** It came to an account that was stopped already, and lies there. */
  ON_A_STOPPED_ACCOUNT,
  /** A hold keeps it at the end of the run, with neither a cancellation nor a stop. */
  STILL_HELD
}
