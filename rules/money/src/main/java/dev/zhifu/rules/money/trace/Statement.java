package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.Share;
import java.util.List;

/**
 * Everything that one account knows of one claim. Absolute: the highest revision counts.
 *
 * @param claim the claim
 * @param caseId its case
 * @param account the account that speaks
 * @param level shortest number of transfers from the victim; 0 when no money of the claim came
 * @param revision counts up with every change
 * @param reportedAt event time of the accepted report
 * @param lossFen what the victim lost in all
 * @param inflows transfers that brought claimed money, and losses
 * @param outflows transfers that carried claimed money away
 * @param remaining what is still there
 * @param balanceFen all that is on the account by the ledger
 * @param arrivedAt event time of the newest arrival; 0 when none
 * @param suspects payers of the same account who may be victims and have not reported
 * @param overflowed true when the ledger could not keep all movements of some day
 */
public record Statement(
    String claim,
    String caseId,
    Party account,
    int level,
    long revision,
    long reportedAt,
    long lossFen,
    List<In> inflows,
    List<Out> outflows,
    Share remaining,
    long balanceFen,
    long arrivedAt,
    List<Suspect> suspects,
    boolean overflowed) {

  /** Where a transfer in stands. */
  public enum Standing {
    /** A hop, taken up. */
    HOP,
    /** Found in the ledger, or taken as named. */
    FOUND,
    /** No such transfer is in the ledger yet. */
    NOT_FOUND,
    /** An earlier claim stands on the same transfer: reported again. */
    REPORTED_AGAIN,
    /** The transfer was undone. */
    REVERSED,
    /** Two messages about one transfer do not fit together yet. */
    UNSETTLED
  }

  /**
   * One transfer in.
   *
   * @param edge the transfer; its bank id is this account's bank's
   * @param share claimed money in it
   * @param revision of the message it rests on
   * @param standing where it stands
   * @param loss true for a transfer that the victim reported
   */
  public record In(Edge edge, Share share, long revision, Standing standing, boolean loss) {}

  /**
   * One transfer out.
   *
   * @param edge the transfer
   * @param share claimed money in it
   * @param end followed, or why not
   * @param revision of the message sent; 0 when it is not followed
   * @param dwellMs time from the newest arrival to it
   */
  public record Out(Edge edge, Share share, End end, long revision, long dwellMs) {}

  /**
   * Somebody who paid the same account and has not reported: perhaps another victim.
   *
   * @param edge the transfer
   */
  public record Suspect(Edge edge) {}

  /** The same but for its number. */
  boolean saysTheSameAs(Statement other) {
    return other != null && withRevision(0).equals(other.withRevision(0));
  }

  Statement withRevision(long number) {
    return new Statement(
        claim,
        caseId,
        account,
        level,
        number,
        reportedAt,
        lossFen,
        inflows,
        outflows,
        remaining,
        balanceFen,
        arrivedAt,
        suspects,
        overflowed);
  }
}
