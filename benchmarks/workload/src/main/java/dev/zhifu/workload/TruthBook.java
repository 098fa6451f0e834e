package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.List;

/** What every story's transactions were, kept beside the streams. */
final class TruthBook {
  private final List<TruthTransaction> transactions = new ArrayList<>();
  private int handed;

  void transaction(Payment payment, long now) {
    Story story = payment.story;
    transactions.add(
        new TruthTransaction(
            payment.transactionId,
            Messages.bankCode(payment.source()),
            story.id,
            story.kind,
            story.fraud,
            payment.role,
            payment.doneAt != 0 ? payment.doneAt : now,
            payment.amountFen));
  }

  List<TruthTransaction> transactions() {
    return transactions;
  }

  /** Hands over what is new since the last call. */
  void deliver(EventSink sink) {
    while (handed < transactions.size()) {
      sink.truth(transactions.get(handed++));
    }
  }
}
