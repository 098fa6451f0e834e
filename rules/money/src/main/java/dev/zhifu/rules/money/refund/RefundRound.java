package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One round of refunds out of one frozen account, from what stands about each victim: nobody gets
 * more than was lost, over all accounts and rounds. The twin of {@link RefundRounds} for a job that
 * keeps no rounds but the books.
 */
public final class RefundRound {
  private RefundRound() {}

  /**
   * One victim before the round.
   *
   * @param victim the victim
   * @param refundClass which way
   * @param lossFen whole loss
   * @param tracedFen part of it traced into this account
   * @param thereFen what of that was there when the freeze began
   * @param compensationFen got back elsewhere, by no refund of ours
   * @param refundedHereFen returned out of this account in earlier rounds
   * @param refundedFen returned out of all accounts, this one included
   */
  public record Standing(
      String victim,
      RefundClass refundClass,
      long lossFen,
      long tracedFen,
      long thereFen,
      long compensationFen,
      long refundedHereFen,
      long refundedFen) {

    /** What the victim is still without, fen; never below 0. */
    public long openFen() {
      return Math.max(0, lossFen - compensationFen - refundedFen);
    }

    private Claimed claimed() {
      // Traced here, but no more than the victim is still without anywhere.
      long least = Math.max(0, tracedFen - openFen());
      return new Claimed(
          victim,
          refundClass,
          tracedFen,
          Math.max(0, thereFen - refundedHereFen),
          Math.max(least, compensationFen + refundedHereFen));
    }
  }

  /**
   * Allocates what is frozen now.
   *
   * @param frozenFen frozen on the account
   * @param frozenInCaseFen frozen in the whole case
   * @param victims everybody admitted, each once
   * @param mode how the ratio is read
   * @throws RefundException as {@link Refunds#allocate}
   */
  public static Allocation allocate(
      long frozenFen, long frozenInCaseFen, Collection<Standing> victims, RatioMode mode) {
    List<Claimed> claims = new ArrayList<>();
    for (Standing victim : victims) {
      claims.add(victim.claimed());
    }
    return Refunds.allocate(frozenFen, frozenInCaseFen, claims, mode);
  }
}
