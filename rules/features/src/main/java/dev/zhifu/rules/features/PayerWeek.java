package dev.zhifu.rules.features;

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

  /**
   * Fills the features of one debit.
   *
   * @param other hash of the account that it goes to
   */
  void fill(PayerState state, Features features, BankTransaction debit, long other, long at) {
    boolean own = Boolean.TRUE.equals(Movements.ownTransfer(debit));
    boolean counts = Movements.countsItself(debit) && kept(debit, own, true);
    boolean cash = debit.getKind() == TransactionKind.CASH_WITHDRAWAL;
    long fen = counts ? debit.getAmountFen() : 0;
    long payee = counts && !cash ? other : Hash64.NONE;
    long sentDay = fen;
    long sent = fen;
    long receivedDay = 0;
    long received = 0;
    long cashDay = cash ? fen : 0;
    long alike = 1;
    distinct.clear();
    TimedRows week = state.week;
    int end = week.firstAfter(at);
    for (int row = week.firstAfter(at - WEEK); row < end; row++) {
      long flags = week.value(row, PayerState.FLAGS);
      long amount = week.value(row, PayerState.AMOUNT);
      boolean day = week.time(row) > at - Windows.DAY;
      if ((flags & PayerState.DEBIT) == 0) {
        received += amount;
        receivedDay += day ? amount : 0;
        distinct.addToken(week.value(row, PayerState.OTHER));
      } else {
        sent += amount;
        sentDay += day ? amount : 0;
        alike += isAlike(week, row, payee, fen) ? 1 : 0;
      }
      cashDay += day && (flags & PayerState.CASH) != 0 ? amount : 0;
    }
    features.setPayerInDegree7d(distinct.distinct());
    features.setPayerReceivedFen24h(receivedDay);
    features.setPayerReceivedFen7d(received);
    features.setPayerSentFen24h(sentDay);
    features.setPayerSentFen7d(sent);
    features.setPayerCashFen24h(cashDay);
    features.setPayerSimilarTransfers7d(payee == Hash64.NONE ? null : alike);
  }

  /** Keeps a booked movement, if it is one that counts. */
  void add(
      PayerState state, BankTransaction movement, long other, boolean own, long at, boolean debit) {
    state.week.dropUntil(state.lastMove - WEEK - Windows.SLACK);
    if (!kept(movement, own, debit)) {
      return;
    }
    boolean cash = movement.getKind() == TransactionKind.CASH_WITHDRAWAL;
    long flags = debit ? PayerState.DEBIT : 0;
    flags |= cash ? PayerState.CASH : 0;
    if (!state.week.add(at, other, movement.getAmountFen(), flags)) {
      limits.passed(PayerState.LIMIT_WEEK);
    }
  }

  /** Transfers between holders, and cash drawn. */
  private static boolean kept(BankTransaction movement, boolean own, boolean debit) {
    return switch (movement.getKind()) {
      case TRANSFER -> !own && movement.getPayer() != null && movement.getPayee() != null;
      case CASH_WITHDRAWAL -> debit;
      default -> false;
    };
  }

  /** True for a transfer to that payee of about that amount. */
  private static boolean isAlike(TimedRows week, int row, long payee, long fen) {
    return (week.value(row, PayerState.FLAGS) & ALL) == PayerState.DEBIT
        && week.value(row, PayerState.OTHER) == payee
        && Math.abs(week.value(row, PayerState.AMOUNT) - fen) <= fen / ALIKE_PART;
  }
}
