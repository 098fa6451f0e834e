package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.LifeOffers;

/**
 * Which stops were wrong, as stop-orders counts them (ADR-0099). An act says so: an appeal that is
 * upheld, whatever its words, or a release for a cause that says so; a release for another reason,
 * as of an account that has nothing to do with the case, does not. And the life of an appeal says
 * so, which alone is heard of a stop that a freeze had replaced or whose term was over.
 */
final class WrongStops {
  /** Of acts {@code a} of {@code seen.act}; takes {@link #CAUSES} as {@code :causes}. */
  static final String SAID =
      "(a.kind = 'UPHOLD_APPEAL' or a.kind = 'RELEASE' and a.reason = any(:causes))";

  /** Causes of a release that say so. */
  static final String[] CAUSES = LifeOffers.CAUSES.toArray(String[]::new);

  /** Of orders {@code o}: a stop that never took effect was not wrong. */
  static final String TOOK_EFFECT =
      "exists (select 1 from seen.order_change t where t.order_id = o.order_id and t.state in"
          + " ('ACTIVE', 'ACTIVE_ZERO'))";

  /**
   * Orders behind the rows of {@code upheld}, some of {@code seen.upheld}: the stop itself, or the
   * one that the freeze replaced.
   */
  static final String UPHELD =
      """
      select o.order_id from upheld u join seen.stop_order o on o.order_id = u.restriction_id
      where u.restriction = 'STOP_ORDER' and\
      """
          + " "
          + TOOK_EFFECT
          + """

          union
          select o.order_id from upheld u
          join seen.order_change o on substring(o.cause from '^freeze:(.*):[0-9]+$') = u.restriction_id
          where u.restriction = 'FREEZE' and o.cause like 'freeze:%' and\
          """
          + " "
          + TOOK_EFFECT;

  private WrongStops() {}
}
