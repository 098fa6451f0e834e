package dev.zhifu.workload;

/** The frauds that police report, as stories of what fraudster and victim do. */
public enum Typology {
  /**
   * Paid clicks and orders, small commissions first, then linked orders that are never paid back.
   */
  TASK_REBATE,
  /** A chat acquaintance's trading platform, with a small withdrawal that works. */
  FAKE_INVESTMENT,
  /** A loved one never met: presents first, then the same trading platform. */
  ROMANCE,
  /** The same platform, which wants cash or gold handed to a courier in the end. */
  CASH_COURIER,
  /** A caller from a shop or insurer must cancel a service, and shares the victim's screen. */
  CUSTOMER_SERVICE,
  /** A loan that is paid out once deposit, insurance and unfreezing are paid. */
  FAKE_LOAN,
  /** Goods that never come, then a payment to unlock the order. */
  FAKE_SHOPPING,
  /** A superior or acquaintance on chat needs money moved at once. */
  BOSS_IMPERSONATION,
  /** The same with a counterfeit face and voice in a short video call. */
  DEEPFAKE_CALL,
  /** A policeman on the phone, and a safe account. */
  FAKE_POLICE,
  /** A bad credit record must be repaired: borrow all you can, and move it. */
  CREDIT_REPAIR,
  /** A game account sold on a false trading site. */
  GAME_TRADE,
  /** A cancelled flight and a compensation. */
  FLIGHT_CHANGE,
  /** The fraudster works the victim's own telephone: many small debits in minutes. */
  SCREEN_TAKEOVER,
  /** A grandchild in trouble: an old person's cash or gold goes to a courier. */
  FAMILY_EMERGENCY,
  /** Calls forwarded to the fraudster, who takes codes and account. */
  FORWARDED_CALLS,
  /** The victim's number on the fraudster's SIM. */
  STOLEN_SIM,
  /** Codes typed into a false bank page. */
  PHISHED_CODES
}
