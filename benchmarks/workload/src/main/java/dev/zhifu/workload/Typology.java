package dev.zhifu.workload;

/** The ten frauds that police report most, as stories of what fraudster and victim do. */
public enum Typology {
  /**
   * Paid clicks and orders, small commissions first, then linked orders that are never paid back.
   */
  TASK_REBATE,
  /** A chat acquaintance's trading platform, with a small withdrawal that works. */
  FAKE_INVESTMENT,
  /** A caller from a shop or insurer must cancel a service, and shares the victim's screen. */
  CUSTOMER_SERVICE,
  /** A loan that is paid out once deposit, insurance and unfreezing are paid. */
  FAKE_LOAN,
  /** Goods that never come. */
  FAKE_SHOPPING,
  /** A superior or acquaintance on chat needs money moved at once. */
  BOSS_IMPERSONATION,
  /** A policeman on the phone, and a safe account. */
  FAKE_POLICE,
  /** A bad credit record must be repaired: borrow all you can, and move it. */
  CREDIT_REPAIR,
  /** A game account sold on a false trading site. */
  GAME_TRADE,
  /** A cancelled flight and a compensation. */
  FLIGHT_CHANGE
}
