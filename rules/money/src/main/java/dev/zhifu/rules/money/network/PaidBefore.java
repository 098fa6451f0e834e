package dev.zhifu.rules.money.network;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whom one account has paid, in memory: for files and tests. The longest unpaid leave first. */
public final class PaidBefore {
  private final Set<String> paid = new LinkedHashSet<>();
  private final int most;

  /**
   * Nobody yet.
   *
   * @param most accounts that are remembered
   */
  public PaidBefore(int most) {
    this.most = most;
  }

  /** Notes a payment, and says whether it is the first to that account. */
  public boolean isFirst(String payee) {
    boolean first = !paid.remove(payee);
    paid.add(payee);
    if (paid.size() > most) {
      Iterator<String> oldest = paid.iterator();
      oldest.next();
      oldest.remove();
    }
    return first;
  }

  /** How many are remembered. */
  public int size() {
    return paid.size();
  }
}
