package dev.zhifu.jobs.shadow;

import dev.zhifu.jobs.flow.WrongStop;

/**
 * What one final hit adds to the figures of a rule version in shadow, or what an officer found of a
 * stop behind one in any status.
 *
 * @param version rule id, a colon and the version
 * @param hits 1 for a hit of the version, 0 when a live hit made an earlier one overlap
 * @param overlapping hits of the version that now share their subject with a live hit
 * @param subjects 1 when the subject was not hit by the version within the window before
 * @param touchedFen money of the linking transaction, fen; 0 when it was counted before
 * @param atMs event time of the hit, or of the officer's act
 * @param wrongOrder an order found wrong; null for a hit
 * @param wrongCause why; null for a hit
 */
public record ShadowMark(
    String version,
    int hits,
    int overlapping,
    int subjects,
    long touchedFen,
    long atMs,
    String wrongOrder,
    String wrongCause) {

  /** Of a hit. */
  public ShadowMark(
      String version, int hits, int overlapping, int subjects, long touchedFen, long atMs) {
    this(version, hits, overlapping, subjects, touchedFen, atMs, null, null);
  }

  /** Of a stop found wrong. */
  public static ShadowMark of(WrongStop wrong) {
    return new ShadowMark(
        wrong.version(), 0, 0, 0, 0, wrong.atMs(), wrong.orderId(), wrong.cause());
  }
}
