package dev.zhifu.rules.money.refund;

/** How the ratio of art. 8(3) is read (domain.md §5.3). */
public enum RatioMode {
  /** Each victim's net loss to the sum of all net losses; the default. */
  NORMALISED,
  /** The text's own words: the victim's loss to the total frozen in the case. */
  LITERAL
}
