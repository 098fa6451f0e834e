package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.refund.RefundRound.Standing;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import dev.zhifu.wire.RefundPlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an allocation comes about, line by line, for whoever has to answer for it. The refunds are
 * those of {@link RefundRound}; what stands between is worked out beside them and must meet them.
 *
 * @param mode how the ratio was read
 * @param frozenFen frozen on the account, fen
 * @param frozenInCaseFen frozen in the whole case, fen
 * @param directFen returned directly, fen
 * @param leftFen what the ratio shares out: frozen less direct, fen
 * @param netFen net losses that share it, fen
 * @param baseFen what a net loss is measured against: their sum, or what is frozen in the case less
 *     what is returned directly; 0 when nobody shares
 * @param whole true when everybody's net loss is paid whole and no ratio is needed
 * @param lines one for each victim, in the plan's order
 * @param residueFen what stays frozen
 */
public record RefundSteps(
    RatioMode mode,
    long frozenFen,
    long frozenInCaseFen,
    long directFen,
    long leftFen,
    long netFen,
    long baseFen,
    boolean whole,
    List<Line> lines,
    long residueFen) {

  /**
   * One victim. Fen.
   *
   * @param victim holder token
   * @param refundClass which way
   * @param lossFen whole loss
   * @param tracedFen traced into the account
   * @param thereFen there at the freeze
   * @param compensationFen received otherwise
   * @param refundedHereFen returned out of this account before
   * @param refundedFen returned out of all
   * @param openFen still without: loss less compensation and refunds
   * @param netFen what counts here: traced less what was received, never above what is open
   * @param floorFen whole fen of the ratio, or of the direct refund
   * @param remainder what is left over after whole fen, in parts of the base; 0 without a ratio
   * @param lastFen 1 when the largest remainder brought one more fen, else 0
   * @param refundFen refund
   */
  public record Line(
      String victim,
      RefundClass refundClass,
      long lossFen,
      long tracedFen,
      long thereFen,
      long compensationFen,
      long refundedHereFen,
      long refundedFen,
      long openFen,
      long netFen,
      long floorFen,
      long remainder,
      long lastFen,
      long refundFen) {}

  /** Sum of the refunds, fen. */
  public long refundFen() {
    return lines.stream().mapToLong(Line::refundFen).sum();
  }

  /**
   * Works a plan out.
   *
   * @param compensationFen received otherwise, by victim
   * @return empty when the sums cannot be worked out so (the literal ratio would pay more than is
   *     frozen)
   */
  public static Optional<RefundSteps> of(
      RefundPlan plan,
      RatioMode mode,
      Map<String, Long> compensationFen,
      long frozenFen,
      long inCaseFen) {
    List<Standing> standings = PlanSums.standings(plan, compensationFen);
    Allocation allocation;
    try {
      allocation = RefundRound.allocate(frozenFen, inCaseFen, standings, mode);
    } catch (RefundException e) {
      return Optional.empty();
    }
    long direct = 0;
    long net = 0;
    for (Refund refund : allocation.refunds()) {
      if (refund.refundClass() == RefundClass.PRORATA) {
        net += refund.netFen();
      } else {
        direct += refund.fen();
      }
    }
    long left = frozenFen - direct;
    long base = mode == RatioMode.LITERAL ? inCaseFen - direct : net;
    boolean whole = mode == RatioMode.NORMALISED && net <= left;
    List<Line> lines = new ArrayList<>();
    for (Standing standing : standings) {
      Refund refund =
          allocation.refunds().stream()
              .filter(one -> one.claim().equals(standing.victim()))
              .findFirst()
              .orElseThrow();
      lines.add(line(standing, refund, left, net == 0 ? 0 : base, whole));
    }
    return Optional.of(
        new RefundSteps(
            mode,
            frozenFen,
            inCaseFen,
            direct,
            left,
            net,
            net == 0 ? 0 : base,
            whole,
            lines,
            allocation.residueFen()));
  }

  private static Line line(Standing of, Refund refund, long left, long base, boolean whole) {
    long floor = refund.fen();
    long remainder = 0;
    if (refund.refundClass() == RefundClass.PRORATA && !whole && base > 0) {
      BigInteger[] exact =
          BigInteger.valueOf(left)
              .multiply(BigInteger.valueOf(refund.netFen()))
              .divideAndRemainder(BigInteger.valueOf(base));
      floor = exact[0].longValueExact();
      remainder = exact[1].longValueExact();
    }
    return new Line(
        of.victim(),
        of.refundClass(),
        of.lossFen(),
        of.tracedFen(),
        of.thereFen(),
        of.compensationFen(),
        of.refundedHereFen(),
        of.refundedFen(),
        of.openFen(),
        refund.netFen(),
        floor,
        remainder,
        refund.fen() - floor,
        refund.fen());
  }
}
