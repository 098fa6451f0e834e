package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Share;

/**
 * What one account tells the next: so much of this transfer is this claim's money. Absolute and at
 * least once: the receiver replaces what it knew of (claim, transfer) by a higher revision and
 * never adds.
 *
 * @param claim whose loss: one victim's in one case
 * @param caseId the case
 * @param reportedAt event time of the accepted report
 * @param lossFen what the victim lost in all, fen
 * @param victimAccount account the victim paid from
 * @param edge the transfer
 * @param level shortest number of transfers from the victim, 1 for the loss itself
 * @param share how much of it; of a loss {@link Share#NONE}, since it is all that no other claim
 *     brings
 * @param revision counts up with every change that the sender makes
 * @param loss true for a transfer that the victim reported
 */
public record HopMessage(
    String claim,
    String caseId,
    long reportedAt,
    long lossFen,
    String victimAccount,
    Edge edge,
    int level,
    Share share,
    long revision,
    boolean loss) {

  /** A transfer that a victim reported. */
  public static HopMessage loss(
      String claim, String caseId, long reportedAt, long lossFen, Edge edge, long revision) {
    return new HopMessage(
        claim,
        caseId,
        reportedAt,
        lossFen,
        edge.payer().token(),
        edge,
        1,
        Share.NONE,
        revision,
        true);
  }

  /** The same transfer with another share, or under another number. */
  HopMessage onward(Edge next, int nextLevel, Share nextShare, long nextRevision) {
    return new HopMessage(
        claim,
        caseId,
        reportedAt,
        lossFen,
        victimAccount,
        next,
        nextLevel,
        nextShare,
        nextRevision,
        false);
  }
}
