package dev.zhifu.desk.view;

import dev.zhifu.desk.acts.LifeOffers;

/**
 * Which acts say that a stop was wrong, as stop-orders counts them (ADR-0099): an appeal that is
 * upheld, whatever its words, and a release for a cause that says so. A release for another reason,
 * as of an account that has nothing to do with the case, does not.
 */
final class WrongStops {
  /** Of acts {@code a} of {@code seen.act}; takes {@link #CAUSES} as {@code :causes}. */
  static final String SAID =
      "(a.kind = 'UPHOLD_APPEAL' or a.kind = 'RELEASE' and a.reason = any(:causes))";

  /** Causes of a release that say so. */
  static final String[] CAUSES = LifeOffers.CAUSES.toArray(String[]::new);

  private WrongStops() {}
}
