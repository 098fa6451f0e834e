package dev.zhifu.rules.features;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TransactionKind;
import java.util.Arrays;

/** Fills the features that {@link HolderMoney} keeps the state for. */
final class HolderMoneyView {
  /** A median of fewer transfers says nothing. */
  static final int LEAST_FOR_MEDIAN = 3;

  private static final long BALANCE_UNKNOWN = -1;

  private HolderMoneyView() {}

  /** Fills the features of a movement that this holder pays. */
  static void fill(HolderState state, Features features, BankTransaction transaction, long at) {
    features.setRiskyAppDays60d(riskyAppDays(state, at));
    switch (transaction.getKind()) {
      case TRANSFER -> {
        fillDay(state, features, transaction, at);
        fillRun(state, features, transaction, at);
        fillBait(state, features, at);
        features.setTransferMedianFen90d(median(state.transfers, at));
      }
      case CASH_WITHDRAWAL -> {
        fillDay(state, features, transaction, at);
        features.setCashMeanFen90d(meanBeforeToday(state.cash, at));
        features.setCashFen24h(
            sum(state.cash, at - Windows.DAY, at, HolderState.FEN) + own(transaction));
      }
      case PURCHASE -> features.setCashMeanFen90d(meanBeforeToday(state.cash, at));
      default -> {
        // No feature of these kinds.
      }
    }
  }

  private static long own(BankTransaction transaction) {
    return Movements.countsItself(transaction) ? transaction.getAmountFen() : 0;
  }

  private static Long riskyAppDays(HolderState state, long at) {
    long since = at - state.riskyAppAt;
    return state.riskyAppAt == Long.MIN_VALUE || since < 0 || since >= HolderMoney.APP_WINDOW
        ? null
        : Long.valueOf(since / Windows.DAY);
  }

  private static void fillDay(
      HolderState state, Features features, BankTransaction transaction, long at) {
    TimedRows rows = state.balances;
    long account = Hash64.of(Movements.account(transaction.getPayer()));
    long balance = balance(transaction.getPayer().getBalanceBeforeFen());
    long out = leaves(transaction, features) ? own(transaction) : 0;
    int end = rows.firstAfter(at);
    for (int row = end - 1; row >= 0 && rows.time(row) > at - Windows.DAY; row--) {
      if (rows.value(row, HolderState.ACCOUNT) == account) {
        balance = rows.value(row, HolderState.BALANCE);
        out += rows.value(row, HolderState.OUT);
      }
    }
    features.setAccountBalanceDayAgoFen(balance == BALANCE_UNKNOWN ? null : balance);
    features.setDrainedShare24h(balance <= 0 ? null : (double) out / balance);
  }

  /** A balance as state keeps it. */
  static long balance(Long told) {
    return told == null ? BALANCE_UNKNOWN : Math.max(0, told);
  }

  /** True when the money leaves the holder: cash, and transfers to others. */
  static boolean leaves(BankTransaction transaction, Features features) {
    return transaction.getKind() == TransactionKind.CASH_WITHDRAWAL
        || Boolean.FALSE.equals(features.getOwnTransfer());
  }

  private static void fillRun(
      HolderState state, Features features, BankTransaction transaction, long at) {
    if (!isToNewPayee(state, features, transaction, at) || !Movements.countsItself(transaction)) {
      return;
    }
    TimedRows rows = state.newPayees;
    long least = Math.max(at - Windows.DAY, state.lastCredit);
    long length = 1;
    long first = transaction.getAmountFen();
    for (int row = rows.firstAfter(at) - 1; row >= 0 && rows.time(row) > least; row--) {
      if (rows.value(row, HolderState.NEW_FEN) >= first) {
        break;
      }
      first = rows.value(row, HolderState.NEW_FEN);
      length++;
    }
    features.setRisingNewPayees24h(length);
    features.setRisingFirstFen24h(first);
    features.setNewPayeeFen60m(
        transaction.getAmountFen() + sum(rows, at - 60 * Windows.MINUTE, at, HolderState.NEW_FEN));
  }

  /** To another holder's account, paid for the first time now or within the last 24 hours. */
  static boolean isToNewPayee(
      HolderState state, Features features, BankTransaction transaction, long at) {
    if (transaction.getPayee() == null || !Boolean.FALSE.equals(features.getOwnTransfer())) {
      return false;
    }
    if (Boolean.TRUE.equals(features.getPayeeFirstSeen())) {
      return true;
    }
    long payee = Hash64.of(Movements.account(transaction.getPayee()));
    TimedRows rows = state.newPayees;
    for (int row = rows.firstAfter(at) - 1; row >= 0 && rows.time(row) > at - Windows.DAY; row--) {
      if (rows.value(row, HolderState.NEW_PAYEE) == payee
          && rows.value(row, HolderState.NEW_FIRST) == 1) {
        return true;
      }
    }
    return false;
  }

  private static void fillBait(HolderState state, Features features, long at) {
    TimedRows rows = state.baits;
    int end = rows.firstAfter(at);
    for (int row = rows.firstAfter(at - HolderMoney.BAIT_WINDOW); row < end; row++) {
      if (rows.value(row, HolderState.CAME_BACK) == 1) {
        features.setBaitFen60d(rows.value(row, HolderState.BAIT_FEN));
        features.setBaitDays60d((at - rows.time(row)) / Windows.DAY);
        return;
      }
    }
  }

  private static Long median(TimedRows transfers, long at) {
    int from = transfers.firstAfter(at - HolderMoney.HABIT_WINDOW);
    int end = transfers.firstAfter(at);
    if (end - from < LEAST_FOR_MEDIAN) {
      return null;
    }
    long[] amounts = new long[end - from];
    for (int row = from; row < end; row++) {
      amounts[row - from] = transfers.value(row, HolderState.FEN);
    }
    Arrays.sort(amounts);
    return amounts[(amounts.length - 1) / 2];
  }

  private static Long meanBeforeToday(TimedRows cash, long at) {
    int from = cash.firstAfter(at - HolderMoney.HABIT_WINDOW);
    int end = cash.firstAfter(at - Windows.DAY);
    return end <= from
        ? null
        : Long.valueOf(
            sum(cash, at - HolderMoney.HABIT_WINDOW, at - Windows.DAY, HolderState.FEN)
                / (end - from));
  }

  /** Sum of a column over the rows later than {@code after} and not later than {@code until}. */
  private static long sum(TimedRows rows, long after, long until, int column) {
    long sum = 0;
    int end = rows.firstAfter(until);
    for (int row = rows.firstAfter(after); row < end; row++) {
      sum += rows.value(row, column);
    }
    return sum;
  }
}
