package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every story's transactions were, kept beside the streams. */
final class TruthBook {
  private final List<TruthTransaction> transactions = new ArrayList<>();
  private final Map<Integer, Story> storyOfEntry = new HashMap<>();
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

  void booked(Payment payment, Ledger.Booked booked) {
    if (payment.story != null) {
      storyOfEntry.put(booked.payerEntry(), payment.story);
      storyOfEntry.put(booked.payeeEntry(), payment.story);
    }
  }

  /** The story that a booking belongs to, or null. */
  Story storyOfEntry(int entry) {
    return storyOfEntry.get(entry);
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
