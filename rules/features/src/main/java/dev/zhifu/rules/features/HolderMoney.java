package dev.zhifu.rules.features;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TransactionKind;

/**
 * What a person's own money did lately: payees he never paid before, usual transfers and cash, what
 * his accounts held a day ago, and small payments that came back as bait does. Reads features that
 * the payer step filled before: whether the payee is new, whether both sides are one holder's.
 */
final class HolderMoney {
  /** A payment at most this large can be bait: an engineering default. */
  static final long BAIT_MOST_FEN = 5_000_00L;

  /** Bait comes back within this time: an engineering default. */
  static final long BAIT_BACK = 7 * Windows.DAY;

  /** What comes back is at most so many times what went, and at least this part of it. */
  static final long BAIT_TIMES = 2;

  static final long BAIT_WINDOW = 60 * Windows.DAY;
  static final long APP_WINDOW = 60 * Windows.DAY;
  static final long HABIT_WINDOW = 90 * Windows.DAY;

  private final Limits limits;

  HolderMoney(Limits limits) {
    this.limits = limits;
  }

  /** Fills the features of a movement by this holder, then moves the state if it is booked. */
  boolean enrich(HolderState state, EnrichedEvent event, BankTransaction transaction, long at) {
    if (transaction.getPayer() == null) {
      return false;
    }
    HolderMoneyView.fill(state, event.getFeatures(), transaction, at);
    return Movements.booked(transaction) && debit(state, event.getFeatures(), transaction, at);
  }

  private boolean debit(
      HolderState state, Features features, BankTransaction transaction, long at) {
    boolean cash = transaction.getKind() == TransactionKind.CASH_WITHDRAWAL;
    if (!cash && transaction.getKind() != TransactionKind.TRANSFER) {
      return false;
    }
    boolean leaves = HolderMoneyView.leaves(transaction, features);
    boolean isNew = HolderMoneyView.isToNewPayee(state, features, transaction, at);
    touch(state, at);
    long fen = transaction.getAmountFen();
    keepBalance(
        state,
        at,
        Movements.account(transaction.getPayer()),
        transaction.getPayer().getBalanceBeforeFen(),
        leaves ? fen : 0);
    // Of habits only the newest are kept: going over is no loss, so nobody is told.
    if (cash) {
      state.cash.add(at, fen);
    } else if (leaves) {
      state.transfers.add(at, fen);
    }
    if (isNew && !cash) {
      keepNewPayee(state, features, transaction, at);
    }
    return true;
  }

  private void keepNewPayee(
      HolderState state, Features features, BankTransaction transaction, long at) {
    long fen = transaction.getAmountFen();
    long payee = Hash64.of(Movements.account(transaction.getPayee()));
    boolean first = Boolean.TRUE.equals(features.getPayeeFirstSeen());
    if (!state.newPayees.add(at, payee, fen, first ? 1 : 0)) {
      limits.passed(HolderState.LIMIT_NEW_PAYEES);
    }
    if (first && fen <= BAIT_MOST_FEN && !state.baits.add(at, fen, 0)) {
      limits.passed(HolderState.LIMIT_BAITS);
    }
  }

  private void keepBalance(HolderState state, long at, String account, Long balance, long out) {
    if (!state.balances.add(at, Hash64.of(account), HolderMoneyView.balance(balance), out)) {
      limits.passed(HolderState.LIMIT_BALANCES);
    }
  }

  /** Money that came to one of this holder's accounts. */
  void credit(HolderState state, Features features, BankTransaction transaction, long at) {
    touch(state, at);
    keepBalance(
        state,
        at,
        Movements.account(transaction.getPayee()),
        transaction.getPayee().getBalanceBeforeFen(),
        0);
    boolean loan = transaction.getKind() == TransactionKind.LOAN_DISBURSAL;
    boolean fromOther =
        transaction.getKind() == TransactionKind.TRANSFER
            && Boolean.FALSE.equals(features.getOwnTransfer());
    if (loan || fromOther) {
      state.lastCredit = Math.max(state.lastCredit, at);
    }
    if (fromOther && Boolean.TRUE.equals(features.getPayeeFirstSeen())) {
      markBait(state.baits, transaction.getAmountFen(), at);
    }
  }

  /** What comes back is half to twice of what went: the gain that a victim is shown. */
  private static void markBait(TimedRows baits, long fen, long at) {
    for (int row = baits.firstAfter(at) - 1; row >= 0 && baits.time(row) > at - BAIT_BACK; row--) {
      long bait = baits.value(row, HolderState.BAIT_FEN);
      if (BAIT_TIMES * fen >= bait && fen <= BAIT_TIMES * bait) {
        baits.set(row, HolderState.CAME_BACK, 1);
      }
    }
  }

  /** A session of a listed application, or a hit on a listed address. */
  void riskyApp(HolderState state, long at) {
    touch(state, at);
    state.riskyAppAt = Math.max(state.riskyAppAt, at);
  }

  private static void touch(HolderState state, long at) {
    state.newestMoney = Math.max(state.newestMoney, at);
    long now = state.newestMoney - Windows.SLACK;
    state.newPayees.dropUntil(now - Windows.DAY);
    state.balances.dropUntil(now - Windows.DAY);
    state.baits.dropUntil(now - BAIT_WINDOW);
    state.transfers.dropUntil(now - HABIT_WINDOW);
    state.cash.dropUntil(now - HABIT_WINDOW);
  }
}
