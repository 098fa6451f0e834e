package dev.zhifu.workload;

/** Ordinary life that looks like fraud. */
public enum InnocentKind {
  /** Many tenants pay on one day, and most of it goes on to the mortgage and the family. */
  LANDLORD,
  /** A firm pays all its people; some move the money on at once. */
  PAYDAY,
  /** A coal mine settles freight; drivers pass it to fleet owners, fuel and cash. */
  FREIGHT,
  /** A parent pays a school while on the phone with it. */
  TUITION,
  /** A loan paid out at the counter and passed to a seller. */
  COUNTER_LOAN,
  /** Guests send money to a couple, who pay the restaurant. */
  WEDDING,
  /** A dealer buys a herd; the herder pays fodder, relatives and the bank. */
  LIVESTOCK,
  /** A new phone and SIM, the app bound again, savings moved to oneself. */
  NEW_PHONE,
  /** An old person breaks a deposit and moves it to a child who is on the phone. */
  ELDERLY_SAVINGS,
  /** A child helps a parent pay a bill by sharing the screen. */
  FAMILY_SUPPORT,
  /** A neighbour collects for a group purchase and pays the supplier. */
  GROUP_BUY,
  /** A quarrel with a shop reported as fraud; officers refuse it. */
  SHOP_DISPUTE
}
