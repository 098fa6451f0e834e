package dev.zhifu.workload;

/** How a crew moves what victims paid. */
public enum MuleStyle {
  /** A few parts at each level, level by level. */
  LAYERED,
  /** Many accounts pass to one, which pays out. */
  GATHERED,
  /** One large credit goes out in many equal parts to as many accounts. */
  SCATTERED,
  /** One account pays the next again and again, almost the same sum. */
  NEAR_EQUAL,
  /** A runner with several cards at one cash machine. */
  CASH_CREW,
  /** Round sums at one merchant: cigarettes, gift cards, gold. */
  ONE_SHOP,
  /** Many small purchases of coins from private dealers. */
  COIN_DESK
}
