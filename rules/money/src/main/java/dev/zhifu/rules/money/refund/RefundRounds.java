package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import dev.zhifu.rules.money.refund.Refunds.Allocation;
import dev.zhifu.rules.money.refund.Refunds.Claimed;
import dev.zhifu.rules.money.refund.Refunds.Refund;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The refunds of one case over all its frozen accounts and all its rounds. A new victim opens a new
 * round over the residue; what was paid stays paid and counts as compensation. Over accounts and
 * rounds nobody gets more than was lost.
 */
public final class RefundRounds {
  private final Books books;
  private final Map<String, Long> lossOf = new HashMap<>();
  private final Map<String, Long> gotOf = new HashMap<>();
  private final Map<String, Integer> roundOf = new HashMap<>();

  /** Rounds entered in books, where the frozen sums lie. */
  public RefundRounds(Books books) {
    this.books = books;
  }

  /**
   * Admits a victim, or another sum for one.
   *
   * @param claim the claim
   * @param lossFen the whole loss
   * @param compensationFen got back elsewhere already
   * @throws RefundException when compensation is above the loss
   */
  public void admit(String claim, long lossFen, long compensationFen) {
    if (lossFen <= 0 || compensationFen < 0 || compensationFen > lossFen) {
      throw new RefundException(
          "Claim "
              + claim
              + " lost "
              + lossFen
              + " fen and was compensated with "
              + compensationFen
              + "; a loss is above 0 and compensation within it");
    }
    lossOf.put(claim, lossFen);
    gotOf.merge(claim, compensationFen, Math::max);
  }

  /** What a victim is still without, fen. */
  public long openFen(String claim) {
    return lossOf.getOrDefault(claim, 0L) - gotOf.getOrDefault(claim, 0L);
  }

  /** Frozen on an account by the books, fen. */
  public long frozenFen(String account) {
    return books.of(new Place(Kind.FROZEN, account));
  }

  /** Works out a round for one account; nothing is paid yet. */
  public Allocation prepare(String account, Collection<Claimed> claims, RatioMode mode) {
    List<Claimed> open = new ArrayList<>();
    for (Claimed claim : claims) {
      if (!lossOf.containsKey(claim.claim())) {
        throw new RefundException(
            "Claim " + claim.claim() + " is not admitted to the case; admit its victim first");
      }
      // Traced here, but no more than the victim is still without anywhere.
      long least = Math.max(0, claim.lossFen() - openFen(claim.claim()));
      open.add(
          new Claimed(
              claim.claim(),
              claim.refundClass(),
              claim.lossFen(),
              claim.thereFen(),
              Math.max(least, claim.compensationFen())));
    }
    return Refunds.allocate(frozenFen(account), books.sum(Kind.FROZEN), open, mode);
  }

  /**
   * Enters a round that the bank has carried out.
   *
   * @throws RefundException when the frozen sum has changed since, or a victim would get more than
   *     was lost
   */
  public void execute(String account, Allocation allocation) {
    if (frozenFen(account) != allocation.frozenFen()) {
      throw new RefundException(
          "Account "
              + account
              + " has "
              + frozenFen(account)
              + " fen frozen, the decision rests on "
              + allocation.frozenFen()
              + "; prepare it again");
    }
    for (Refund refund : allocation.refunds()) {
      if (refund.fen() > openFen(refund.claim())) {
        throw new RefundException(
            "Claim "
                + refund.claim()
                + " would get "
                + refund.fen()
                + " fen and is without "
                + openFen(refund.claim())
                + "; nobody gets more than was lost. Prepare it again");
      }
    }
    int round = roundOf.merge(account, 1, Integer::sum);
    for (Refund refund : allocation.refunds()) {
      if (refund.fen() > 0) {
        books.enter(
            "refund/" + account + '/' + round + '/' + refund.claim(),
            new Place(Kind.FROZEN, account),
            new Place(Kind.REFUNDED, refund.claim()),
            refund.fen());
        gotOf.merge(refund.claim(), refund.fen(), Long::sum);
      }
    }
  }
}
