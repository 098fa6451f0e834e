package dev.zhifu.rules.features;

import dev.zhifu.wire.Features;

/** What an account's own QR code took in the hour before it pays. */
final class PayerQr {
  private static final long KIND = PayerState.QR | PayerState.DEBIT;

  private final Distinct distinct = new Distinct(PayerState.MOST_MOVES + 1);

  void fill(TimedRows moves, Features features, long at) {
    int end = moves.firstAfter(at);
    int from = moves.firstAfter(at - Windows.HOUR);
    features.setPayerQrPayers60m(payers(moves, from, end));
    features.setPayerQrSameAmountShare60m(sameAmountShare(moves, from, end));
  }

  private long payers(TimedRows moves, int from, int end) {
    distinct.clear();
    for (int row = from; row < end; row++) {
      if (isReceipt(moves, row)) {
        distinct.addToken(moves.value(row, PayerState.OTHER));
      }
    }
    return distinct.distinct();
  }

  private Double sameAmountShare(TimedRows moves, int from, int end) {
    distinct.clear();
    long receipts = 0;
    for (int row = from; row < end; row++) {
      if (isReceipt(moves, row)) {
        distinct.add(moves.value(row, PayerState.AMOUNT));
        receipts++;
      }
    }
    return receipts == 0 ? null : (double) distinct.mostFrequent() / receipts;
  }

  private static boolean isReceipt(TimedRows moves, int row) {
    return (moves.value(row, PayerState.FLAGS) & KIND) == PayerState.QR;
  }
}
