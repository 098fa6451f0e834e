package dev.zhifu.desk.gateway;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for requests under way, a bounded number over all banks (ADR-0142): what is open takes
 * memory, and a gateway that runs out of it answers nobody. Half of the places are shared out, so
 * that a bank always finds its own however much the others ask; half are for whoever comes first.
 */
final class Places {
  private final int own;
  private final int common;
  private final Map<String, Integer> taken = new HashMap<>();
  private int commonTaken;

  /**
   * @param all how many there are, at least two a bank
   * @param banks who shares them
   * @throws IllegalArgumentException when a bank would have none of its own
   */
  Places(int all, Collection<String> banks) {
    if (all < 2 * banks.size()) {
      throw new IllegalArgumentException(
          "gateway.open is " + all + "; it must be at least two a bank, " + 2 * banks.size());
    }
    this.own = banks.isEmpty() ? 0 : all / 2 / banks.size();
    this.common = all - own * banks.size();
    banks.forEach(bank -> taken.put(bank, 0));
  }

  /** Takes one; false when neither one of the bank's own nor a common one is left. */
  synchronized boolean take(String bank) {
    int now = taken.get(bank);
    if (now >= own) {
      if (commonTaken >= common) {
        return false;
      }
      commonTaken++;
    }
    taken.put(bank, now + 1);
    return true;
  }

  /** Gives one back. */
  synchronized void leave(String bank) {
    int now = taken.get(bank);
    if (now > own) {
      commonTaken--;
    }
    taken.put(bank, now - 1);
  }
}
