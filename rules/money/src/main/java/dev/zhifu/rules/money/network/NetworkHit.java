package dev.zhifu.rules.money.network;

import java.util.List;

/**
 * A shape that was found.
 *
 * @param kind which
 * @param account where it was seen: what a case would be about
 * @param other the other end of a scatter and gather, else the same account
 * @param at event time of the transfer that completed it
 * @param ids transfers that make it
 */
public record NetworkHit(Kind kind, String account, String other, long at, List<String> ids) {

  /** Shapes of family G. */
  public enum Kind {
    /** Money comes back to where it began. */
    CYCLE("G01"),
    /** One account pays several, and these pay one. */
    SCATTER_GATHER("G02"),
    /** Several pay one account, and this pays several. */
    GATHER_SCATTER("G03"),
    /** Account after account hands on most of what came, soon. */
    LAYERED_CHAIN("G04");

    private final String rule;

    Kind(String rule) {
      this.rule = rule;
    }

    /** Id of the rule. */
    public String rule() {
      return rule;
    }
  }
}
