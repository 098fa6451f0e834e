package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.LargestRemainder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of a frozen sum each victim gets back (domain.md §5.3). Direct refunds first; the rest
 * in the ratio of the net losses. Never more than is frozen, never more than a victim's net loss;
 * the last fen go to the largest remainders. What nobody is owed stays frozen.
 */
public final class Refunds {
  private Refunds() {}

  /**
   * One victim's claim on one frozen account.
   *
   * @param claim the claim
   * @param refundClass which way
   * @param lossFen loss traced into this account
   * @param thereFen what of it is still there; bounds a direct refund
   * @param compensationFen what the victim has got back already, from whomever: earlier refunds too
   */
  public record Claimed(
      String claim, RefundClass refundClass, long lossFen, long thereFen, long compensationFen) {
    /**
     * Checks the amounts.
     *
     * @throws RefundException when one is below 0 or more is there than came
     */
    public Claimed {
      if (lossFen < 0 || thereFen < 0 || compensationFen < 0 || thereFen > lossFen) {
        throw new RefundException(
            "Claim "
                + claim
                + " is of "
                + lossFen
                + " fen, "
                + thereFen
                + " there, "
                + compensationFen
                + " compensated; none may be below 0 and no more can be there than came. Check the flow table");
      }
    }

    /** Loss less compensation, never below 0. */
    public long netFen() {
      return Math.max(0, lossFen - compensationFen);
    }
  }

  /**
   * What one victim gets.
   *
   * @param claim the claim
   * @param refundClass which way
   * @param netFen net loss it was measured by
   * @param fen refund
   */
  public record Refund(String claim, RefundClass refundClass, long netFen, long fen) {}

  /**
   * An allocation.
   *
   * @param refunds one for every claim, in the order of the claims' names
   * @param frozenFen what was frozen
   * @param residueFen what stays frozen
   */
  public record Allocation(List<Refund> refunds, long frozenFen, long residueFen) {}

  /**
   * Allocates one account's frozen sum.
   *
   * @param frozenFen frozen on the account
   * @param frozenInCaseFen frozen in the whole case: the base of the literal ratio
   * @param claims claims on the account, each once
   * @param mode how the ratio is read
   * @throws RefundException when the sums contradict each other, a claim comes twice, or the
   *     literal ratio would pay more than is frozen
   */
  public static Allocation allocate(
      long frozenFen, long frozenInCaseFen, Collection<Claimed> claims, RatioMode mode) {
    check(frozenFen, frozenInCaseFen, claims);
    List<Claimed> sorted = new ArrayList<>(claims);
    sorted.sort(Comparator.comparing(Claimed::claim));
    long[] paid = new long[sorted.size()];
    long left = frozenFen - direct(sorted, paid, frozenFen);
    ratio(sorted, paid, left, frozenInCaseFen - (frozenFen - left), mode);
    List<Refund> refunds = new ArrayList<>();
    long residue = frozenFen;
    for (int i = 0; i < paid.length; i++) {
      Claimed claim = sorted.get(i);
      refunds.add(new Refund(claim.claim(), claim.refundClass(), claim.netFen(), paid[i]));
      residue -= paid[i];
    }
    return new Allocation(refunds, frozenFen, residue);
  }

  private static void check(long frozen, long frozenInCase, Collection<Claimed> claims) {
    if (frozen < 0 || frozenInCase < frozen) {
      throw new RefundException(
          frozen
              + " fen are frozen on the account and "
              + frozenInCase
              + " in the case; the case holds the account's. Correct the freeze's amount");
    }
    Set<String> names = new HashSet<>();
    for (Claimed claim : claims) {
      if (!names.add(claim.claim())) {
        throw new RefundException(
            "Claim " + claim.claim() + " comes twice; a claim counts once. Join its losses");
      }
    }
  }

  /** Direct refunds; what is there by time stamps is the victim's, so that they cannot compete. */
  private static long direct(List<Claimed> claims, long[] paid, long frozen) {
    long[] due = new long[claims.size()];
    long sum = 0;
    for (int i = 0; i < due.length; i++) {
      Claimed claim = claims.get(i);
      if (claim.refundClass() != RefundClass.PRORATA) {
        due[i] = Math.min(claim.netFen(), claim.thereFen());
        sum += due[i];
      }
    }
    // Less may be frozen than is there; then they share it.
    long[] parts = sum <= frozen ? due : LargestRemainder.split(frozen, due, sum);
    System.arraycopy(parts, 0, paid, 0, parts.length);
    return Math.min(sum, frozen);
  }

  private static void ratio(
      List<Claimed> claims, long[] paid, long frozen, long frozenInCase, RatioMode mode) {
    long[] net = new long[claims.size()];
    long sum = 0;
    for (int i = 0; i < net.length; i++) {
      if (claims.get(i).refundClass() == RefundClass.PRORATA) {
        net[i] = claims.get(i).netFen();
        sum += net[i];
      }
    }
    if (sum == 0 || frozen == 0) {
      return;
    }
    long[] parts;
    if (mode == RatioMode.LITERAL) {
      parts = literal(net, sum, frozen, frozenInCase);
    } else {
      parts = sum <= frozen ? net : LargestRemainder.split(frozen, net, sum);
    }
    for (int i = 0; i < parts.length; i++) {
      paid[i] += parts[i];
    }
  }

  private static long[] literal(long[] net, long sum, long frozen, long frozenInCase) {
    if (sum > frozenInCase) {
      throw new RefundException(
          "Losses of "
              + sum
              + " fen stand against "
              + frozenInCase
              + " frozen in the case: by the literal ratio more would be paid than is frozen. Use the normalised ratio");
    }
    // One more part stands for what nobody claims, so that parts add up to what is frozen here.
    long[] weights = Arrays.copyOf(net, net.length + 1);
    weights[net.length] = frozenInCase - sum;
    return Arrays.copyOf(LargestRemainder.split(frozen, weights, frozenInCase), net.length);
  }
}
