package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every story's transactions were, kept beside the streams. */
final class TruthBook {
  /** What a fraud makes a victim do with own money, and the bait that comes back. */
  private static final Set<String> OWN_MOVES =
      Set.of("rebate", "loan", "depositBroken", "gathered");

  private final List<TruthTransaction> transactions = new ArrayList<>();
  private final Map<Integer, Story> storyOfEntry = new HashMap<>();
  private final Map<Account, Story> innocentOf = new HashMap<>();
  private int handed;

  void transaction(Payment payment, long now) {
    Story story = payment.story;
    transactions.add(
        new TruthTransaction(
            payment.transactionId,
            Messages.bankCode(payment.source()),
            story.id,
            story.kind,
            story.fraud && !OWN_MOVES.contains(payment.role),
            payment.role,
            payment.doneAt != 0 ? payment.doneAt : now,
            payment.amountFen));
  }

  void booked(Payment payment, Ledger.Booked booked, long at) {
    if (payment.story != null) {
      payment.story.booked(payment, at);
      if (!payment.story.fraud) {
        took(payment.payer, payment.story);
        took(payment.payee, payment.story);
      }
      storyOfEntry.put(booked.payerEntry(), payment.story);
      storyOfEntry.put(booked.payeeEntry(), payment.story);
    }
  }

  private void took(Account account, Story story) {
    if (account != null) {
      innocentOf.put(account, story);
    }
  }

  /** The innocent story that an account last took part in, or null. */
  Story innocentOf(Account account) {
    return innocentOf.get(account);
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
