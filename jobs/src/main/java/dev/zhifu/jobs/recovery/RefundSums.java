package dev.zhifu.jobs.recovery;

import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.rules.money.refund.RefundClass;
import dev.zhifu.rules.money.refund.RefundException;
import dev.zhifu.rules.money.refund.Refunds;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the sums that an officer prepares are those of the ratio (返还规定 art. 8(3); the formula and
 * its rounding are our own derivation). Each is worked out again to the fen from the losses traced
 * into the account, what was compensated and what is frozen; either reading of the ratio counts.
 * Direct refunds are judged by the table alone.
 */
final class RefundSums {
  /** States in which the ratio decides: after public notice. */
  private static final Set<String> BY_RATIO = Set.of("NOTICE", "OBJECTION");

  private RefundSums() {}

  /**
   * @param told what the act says; null when it says nothing
   * @return why the sums are refused, with the right ones; empty when they are not
   */
  static Optional<String> fault(CaseFile file, String refundId, RefundDetail told) {
    LifeTransition life = file.get(refundId);
    if (life == null || !BY_RATIO.contains(life.getState())) {
      return Optional.empty();
    }
    RefundDetail held = (RefundDetail) life.getDetail();
    List<RefundShare> shares =
        told == null || told.getShares().isEmpty() ? held.getShares() : told.getShares();
    Map<String, Long> asked = new TreeMap<>();
    shares.forEach(share -> asked.merge(share.getVictim(), share.getRefundFen(), Long::sum));
    List<String> right = new ArrayList<>();
    for (RatioMode mode : RatioMode.values()) {
      try {
        Map<String, Long> due = due(file, held.getFreezeId(), shares, mode);
        if (due.equals(asked)) {
          return Optional.empty();
        }
        right.add(mode + " " + due);
      } catch (RefundException e) {
        right.add(mode + " none: " + e.getMessage());
      }
    }
    return Optional.of(
        "refund "
            + refundId
            + " is not prepared: the sums are "
            + asked
            + " fen, by the ratio of the losses they must be "
            + String.join(" or ", right)
            + "; correct them");
  }

  private static Map<String, Long> due(
      CaseFile file, String freezeId, List<RefundShare> shares, RatioMode mode) {
    List<Refunds.Claimed> claims = new ArrayList<>();
    for (RefundShare share : shares) {
      claims.add(
          new Refunds.Claimed(
              share.getVictim(),
              RefundClass.PRORATA,
              share.getTracedFen(),
              0,
              share.getCompensationFen()));
    }
    long inCase = 0;
    for (LifeTransition freeze : file.all(LifeKind.FREEZE)) {
      inCase = Math.addExact(inCase, ((FreezeDetail) freeze.getDetail()).getFrozenFen());
    }
    LifeTransition freeze = file.get(freezeId);
    long frozen = freeze == null ? 0 : ((FreezeDetail) freeze.getDetail()).getFrozenFen();
    Map<String, Long> due = new TreeMap<>();
    Refunds.allocate(frozen, inCase, claims, mode)
        .refunds()
        .forEach(refund -> due.put(refund.claim(), refund.fen()));
    return due;
  }
}
