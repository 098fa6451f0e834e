package dev.zhifu.workload;

/** How a victim's payment came to be booked all the same. The first that fits counts. */
public enum Paid {
  /** The bank held it back and asked; the victim, or whoever answered, stood by it. */
  CONFIRMED_AFTER_HOLD,
  /** The victim's bank is not connected: nobody asked the engine and no hold could be placed. */
  BANK_NOT_CONNECTED,
  /** A warning about this fraud had reached the victim before. */
  PAID_AFTER_WARNING,
  /** The bank asked, and the engine let it pass or did not answer in time; no warning before. */
  PASSED,
  /** The bank did not ask: a small sum, cash, a purchase, a counter; no warning before. */
  NOT_ASKED
}
