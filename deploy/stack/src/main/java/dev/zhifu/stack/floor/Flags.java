package dev.zhifu.stack.floor;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What one rule says: the transactions it points at, by index, and the accounts it alerts.
 *
 * @param transactions indexes into the set's movements
 * @param accounts account ids
 */
record Flags(BitSet transactions, Set<String> accounts) {

  static Flags none() {
    return new Flags(new BitSet(), new HashSet<>());
  }

  void add(Flags other) {
    transactions.or(other.transactions);
    accounts.addAll(other.accounts);
  }
}
