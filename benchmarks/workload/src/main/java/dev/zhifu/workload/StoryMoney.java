package dev.zhifu.workload;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where one story's money went. At every moment {@code paidFen = cashedFen + goodFaithFen + what
 * lies on mule accounts}.
 */
final class StoryMoney {
  final int story;
  long paidFen;
  long cashedFen;
  long goodFaithFen;

  /** Kept on mule accounts because a hold was there before the stop. */
  long heldThenStoppedFen;

  /** Kept on mule accounts by a stop alone. */
  long stoppedFen;

  /** Every account that this money ever reached, in order. */
  final Set<Account> reached = new LinkedHashSet<>();

  StoryMoney(int story) {
    this.story = story;
  }

  /** What lies on mule accounts now. */
  long onMulesFen() {
    long sum = 0;
    for (Account account : reached) {
      sum += onFen(account);
    }
    return sum;
  }

  /** What lies on mule accounts of connected banks now. */
  long onMulesFen(Connections connections) {
    long sum = 0;
    for (Account account : reached) {
      sum += connections.has(account.bank) ? onFen(account) : 0;
    }
    return sum;
  }

  /** What of this story lies on one account now. */
  long onFen(Account account) {
    if (account.lots == null) {
      return 0;
    }
    long sum = 0;
    for (Lot lot : account.lots) {
      if (lot.story == story) {
        sum += lot.fen;
      }
    }
    return sum;
  }

  /** What of this story lies on one account and no stop keeps. */
  long unkeptFen(Account account) {
    long sum = 0;
    for (Lot lot : account.lots) {
      if (lot.story == story && lot.kept == Lot.Kept.NOT) {
        sum += lot.fen;
      }
    }
    return sum;
  }

  void count(Lot.Kept kept, long fen) {
    switch (kept) {
      case HELD_BACK -> heldThenStoppedFen += fen;
      case STOPPED -> stoppedFen += fen;
      case NOT -> {}
    }
  }
}
