package dev.zhifu.rules.features;

import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.TransactionKind;

/**
 * What a week of transfers and cash tells about the account that pays: how many brought, how much
 * came and went, what left as cash. Purchases and QR payments are no part of it, so that a week of
 * an ordinary customer is a handful of rows.
 */
final class PayerWeek {
  static final long WEEK = 7 * Windows.DAY;

  /** Amounts are alike when they differ by at most a twentieth of the newer one. */
  static final long ALIKE_PART = 20;

  private static final long ALL = PayerState.DEBIT | PayerState.CASH;

  private final Limits limits;
  private final Distinct distinct = new Distinct(PayerState.MOST_WEEK + 1);

  PayerWeek(Limits limits) {
    this.limits = limits;
  }

  /** Fills the features of one debit. */
  void fill(PayerState state, Features features, BankTransaction debit, long at) {
    boolean counts = Movements.countsItself(debit) && kept(debit, true);
    boolean cash = debit.getKind() == TransactionKind.CASH_WITHDRAWAL;
    long fen = counts ? debit.getAmountFen() : 0;
    long payee = counts && !cash ? Hash64.of(Movements.account(debit.getPayee())) : Hash64.NONE;
    TimedRows week = state.week;
    features.setPayerInDegree7d(payers(week, at));
    features.setPayerReceivedFen24h(sum(week, at, Windows.DAY, PayerState.DEBIT, 0));
    features.setPayerReceivedFen7d(sum(week, at, WEEK, PayerState.DEBIT, 0));
    features.setPayerSentFen24h(
        fen + sum(week, at, Windows.DAY, PayerState.DEBIT, PayerState.DEBIT));
    features.setPayerSentFen7d(fen + sum(week, at, WEEK, PayerState.DEBIT, PayerState.DEBIT));
    features.setPayerCashFen24h(
        (cash ? fen : 0) + sum(week, at, Windows.DAY, PayerState.CASH, PayerState.CASH));
    features.setPayerSimilarTransfers7d(payee == Hash64.NONE ? null : alike(week, at, payee, fen));
  }

  /** Keeps a booked movement, if it is one that counts. */
  void add(PayerState state, BankTransaction movement, long at, boolean debit) {
    state.week.dropUntil(state.lastMove - WEEK - Windows.SLACK);
    if (!kept(movement, debit)) {
      return;
    }
    boolean cash = movement.getKind() == TransactionKind.CASH_WITHDRAWAL;
    AccountRef other = debit ? movement.getPayee() : movement.getPayer();
    long flags = debit ? PayerState.DEBIT : 0;
    flags |= cash ? PayerState.CASH : 0;
    if (!state.week.add(at, Hash64.of(Movements.account(other)), movement.getAmountFen(), flags)) {
      limits.passed(PayerState.LIMIT_WEEK);
    }
  }

  /** Transfers between holders, and cash drawn. */
  private static boolean kept(BankTransaction movement, boolean debit) {
    return switch (movement.getKind()) {
      case TRANSFER -> Boolean.FALSE.equals(Movements.ownTransfer(movement));
      case CASH_WITHDRAWAL -> debit;
      default -> false;
    };
  }

  private long payers(TimedRows week, long at) {
    distinct.clear();
    int end = week.firstAfter(at);
    for (int row = week.firstAfter(at - WEEK); row < end; row++) {
      if ((week.value(row, PayerState.FLAGS) & PayerState.DEBIT) == 0) {
        distinct.addToken(week.value(row, PayerState.OTHER));
      }
    }
    return distinct.distinct();
  }

  private static long sum(TimedRows week, long at, long window, long mask, long flags) {
    long sum = 0;
    int end = week.firstAfter(at);
    for (int row = week.firstAfter(at - window); row < end; row++) {
      if ((week.value(row, PayerState.FLAGS) & mask) == flags) {
        sum += week.value(row, PayerState.AMOUNT);
      }
    }
    return sum;
  }

  private static long alike(TimedRows week, long at, long payee, long fen) {
    long count = 1;
    int end = week.firstAfter(at);
    for (int row = week.firstAfter(at - WEEK); row < end; row++) {
      boolean paid = (week.value(row, PayerState.FLAGS) & ALL) == PayerState.DEBIT;
      if (paid && week.value(row, PayerState.OTHER) == payee) {
        long apart = Math.abs(week.value(row, PayerState.AMOUNT) - fen);
        count += apart <= fen / ALIKE_PART ? 1 : 0;
      }
    }
    return count;
  }
}
