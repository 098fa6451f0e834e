package dev.zhifu.desk.acts;

import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundSteps;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.VictimFile;
import java.util.List;
import java.util.Map;

/**
 * One frozen account and what may be returned out of it.
 *
 * @param freeze newest transition of the freeze
 * @param refundId its refund case, or the one that would be opened
 * @param refund newest transition of its refund case; null before one is opened
 * @param plan newest word of the ledger; null while there is none
 * @param frozenFen frozen on it now, fen
 * @param frozenInCaseFen frozen in the whole case, fen
 * @param steps how the sums come about, by reading of the ratio; a reading that cannot be paid is
 *     not here
 * @param victims its victims in the plan's order
 * @param hops the way of the money, loss first
 * @param history transitions of the refund case, the oldest first
 * @param notices what the bank was asked to pay
 * @param alarms what recovery warns of about it, the newest first
 */
public record RefundSheet(
    LifeTransition freeze,
    String refundId,
    LifeTransition refund,
    RefundPlan plan,
    long frozenFen,
    long frozenInCaseFen,
    Map<RatioMode, RefundSteps> steps,
    List<Victim> victims,
    List<Hop> hops,
    List<LifeTransition> history,
    List<RefundNotice> notices,
    List<RecoveryAlarm> alarms) {

  /**
   * One victim.
   *
   * @param of as the plan has it
   * @param thereLowFen claimed money on the account by the trace, not less, fen; -1 when it says
   *     nothing
   * @param thereHighFen not more
   * @param fifoFen of it by FIFO
   * @param proRataFen of it by pro rata
   * @param account where the refund goes unless another is named: where the victim paid from; null
   *     when no report says
   * @param file how far the victim's money has come; null when there is none
   */
  public record Victim(
      RefundVictim of,
      long thereLowFen,
      long thereHighFen,
      long fifoFen,
      long proRataFen,
      AccountRef account,
      VictimFile file) {}

  /**
   * One transfer with claimed money in it.
   *
   * @param victim whose
   * @param level transfers from the victim
   * @param edge the transfer
   * @param lowFen claimed money in it, not less
   * @param highFen not more
   * @param end followed, or why not
   */
  public record Hop(
      String victim, int level, TraceEdge edge, long lowFen, long highFen, TraceEnd end) {

    /** True when the bank's own number is missing: the hop is not proved. */
    public boolean unproved() {
      return edge.getBankTransactionId().isEmpty();
    }
  }

  /** The case of freeze and refund. */
  public String caseId() {
    return freeze.getCaseId();
  }

  /** The freeze's own data. */
  public FreezeDetail frozen() {
    return (FreezeDetail) freeze.getDetail();
  }

  /** The refund's own data; null before it is opened. */
  public RefundDetail detail() {
    return refund == null ? null : (RefundDetail) refund.getDetail();
  }

  /** State of the refund; empty before it is opened. */
  public String state() {
    return refund == null ? "" : refund.getState();
  }

  /** Hops without the bank's own number. */
  public long unproved() {
    return hops.stream().filter(Hop::unproved).count();
  }
}
