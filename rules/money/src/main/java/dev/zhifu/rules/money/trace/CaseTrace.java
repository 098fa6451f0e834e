package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import dev.zhifu.rules.money.trace.Statement.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the accounts state of one claim, put together: the tree, what is still where, and whether
 * the trace is complete.
 *
 * <p>Every fen of the loss has a weight. What lies on an account or has come to an {@link End} has
 * returned its weight; what a sender says it passed on and the receiver has not taken up under the
 * same revision is on its way. The trace is complete when the weight returned is the whole. Since
 * statements are absolute, repeats and losses of messages cannot make a weight count twice
 * (ADR-0092).
 */
public final class CaseTrace {
  private final Map<String, Statement> byAccount = new TreeMap<>();
  private final Set<String> lossAccounts = new HashSet<>();
  private final Map<String, Integer> lossesAt = new HashMap<>();

  /** Money of a claim by where it is, by both accounts; fen. */
  public record Sums(
      long lossFifo,
      long lossProRata,
      long thereFifo,
      long thereProRata,
      long endedFifo,
      long endedProRata,
      long onTheWayFifo,
      long onTheWayProRata) {}

  /**
   * Says that a loss is to be stated by an account.
   *
   * @param account token of the account that was paid
   */
  public void expect(String account) {
    lossAccounts.add(account);
    lossesAt.merge(account, 1, Integer::sum);
  }

  /**
   * Takes a statement.
   *
   * @return false when a newer one, or the same, is known
   */
  public boolean accept(Statement statement) {
    Statement known = byAccount.get(statement.account().token());
    if (known != null && known.revision() >= statement.revision()) {
      return false;
    }
    byAccount.put(statement.account().token(), statement);
    return true;
  }

  /** Newest statement of every account, by token. */
  public Collection<Statement> statements() {
    return Collections.unmodifiableCollection(byAccount.values());
  }

  /** What an account states; null when it has not. */
  public Statement of(String account) {
    return byAccount.get(account);
  }

  /** Where the money is. */
  public Sums sums() {
    long[] sums = new long[8];
    for (Statement statement : byAccount.values()) {
      for (In in : statement.inflows()) {
        if (in.standing() == Standing.FOUND) {
          sums[0] += in.share().fifo();
          sums[1] += in.share().proRata();
        }
      }
      sums[2] += statement.remaining().fifo();
      sums[3] += statement.remaining().proRata();
      for (Out out : statement.outflows()) {
        Share onward = out.end() == End.FOLLOWED ? out.share().onward() : Share.NONE;
        In in = out.end() == End.FOLLOWED ? takenUp(out) : null;
        Share goesOn = in == null ? onward : in.share();
        sums[4] += out.share().fifo() - goesOn.fifo();
        sums[5] += out.share().proRata() - goesOn.proRata();
        if (in == null) {
          sums[6] += onward.fifo();
          sums[7] += onward.proRata();
        }
      }
    }
    return new Sums(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
  }

  private boolean isTakenUp(Out out) {
    return takenUp(out) != null;
  }

  /** The transfer as its receiver counts it under the sender's revision; null when he does not. */
  private In takenUp(Out out) {
    In in = taken(out);
    return in != null && in.revision() == out.revision() && in.standing() == Standing.HOP
        ? in
        : null;
  }

  private In taken(Out out) {
    Statement receiver = byAccount.get(out.edge().payee().token());
    if (receiver == null) {
      return null;
    }
    for (In in : receiver.inflows()) {
      if (!in.loss() && in.edge().id().equals(out.edge().id())) {
        return in;
      }
    }
    return null;
  }

  /** Transfers that the receiver has not taken up under the sender's revision. */
  public int onTheWay() {
    int count = 0;
    for (Statement statement : byAccount.values()) {
      for (Out out : statement.outflows()) {
        if (out.end() == End.FOLLOWED && !isTakenUp(out)) {
          count++;
        }
      }
    }
    for (String account : lossAccounts) {
      Statement statement = byAccount.get(account);
      long stated = statement == null ? 0 : statement.inflows().stream().filter(In::loss).count();
      count += (int) Math.max(0, lossesAt.get(account) - stated);
    }
    return count;
  }

  /** Part of the loss whose weight has returned, 0 to 1. */
  public double weight() {
    Sums sums = sums();
    if (isComplete()) {
      return 1;
    }
    double fifo = sums.lossFifo() == 0 ? 0 : 1 - (double) sums.onTheWayFifo() / sums.lossFifo();
    double proRata =
        sums.lossProRata() == 0 ? 0 : 1 - (double) sums.onTheWayProRata() / sums.lossProRata();
    return Math.max(0, Math.min(fifo, proRata));
  }

  /** True when all that is known has been followed to where it is. More may still move. */
  public boolean isComplete() {
    return !byAccount.isEmpty() && onTheWay() == 0;
  }

  /**
   * What contradicts the conservation of money, in words; empty when nothing does. Sender and
   * receiver are held against each other only where their revisions are equal.
   */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Statement statement : byAccount.values()) {
      balance(statement, faults);
      for (Out out : statement.outflows()) {
        In in = out.end() == End.FOLLOWED ? takenUp(out) : null;
        if (in != null
            && !in.share().equals(out.share().onward())
            && !in.share().equals(out.share().besideALoss())) {
          faults.add(
              "Transfer "
                  + out.edge().id()
                  + " left with "
                  + out.share()
                  + " and arrived with "
                  + in.share()
                  + " at revision "
                  + in.revision());
        }
      }
    }
    if (isComplete()) {
      Sums sums = sums();
      check("FIFO", sums.lossFifo(), sums.thereFifo() + sums.endedFifo(), faults);
      check("pro rata", sums.lossProRata(), sums.thereProRata() + sums.endedProRata(), faults);
    }
    return faults;
  }

  private static void balance(Statement statement, List<String> faults) {
    long fifo = -statement.remaining().fifo();
    long proRata = -statement.remaining().proRata();
    for (In in : statement.inflows()) {
      fifo += in.share().fifo();
      proRata += in.share().proRata();
    }
    for (Out out : statement.outflows()) {
      fifo -= out.share().fifo();
      proRata -= out.share().proRata();
    }
    if (fifo != 0 || proRata != 0) {
      faults.add(
          "Account "
              + statement.account().token()
              + " of claim "
              + statement.claim()
              + " lost "
              + fifo
              + " fen by FIFO and "
              + proRata
              + " by pro rata; what came must have left or be there");
    }
  }

  private static void check(String by, long loss, long found, List<String> faults) {
    if (loss != found) {
      faults.add(
          "By " + by + " " + loss + " fen were lost and " + found + " found; they must be equal");
    }
  }
}
