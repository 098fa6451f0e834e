package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.Events;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What really happened: sizes, and the labelled transactions with their amounts and times.
 *
 * @param transactions number of transactions
 * @param accounts number of distinct accounts
 * @param labelled labelled transactions by event id
 * @param accountLabels labelled accounts; empty when the data label none
 */
record Truth(
    long transactions,
    long accounts,
    Map<String, Labelled> labelled,
    Map<String, Labels.Account> accountLabels) {

  /**
   * One labelled transaction.
   *
   * @param eventId its event id
   * @param label its label
   * @param payer account, or null
   * @param payee account, or null
   * @param amountFen amount in fen
   * @param atMs event time
   */
  record Labelled(
      String eventId,
      Labels.Transaction label,
      String payer,
      String payee,
      long amountFen,
      long atMs) {}

  /** Cases, illicit or decoys: id to their transactions by time. What has no case id is in none. */
  Map<String, List<Labelled>> cases(boolean illicit) {
    Map<String, List<Labelled>> cases = new TreeMap<>();
    for (Labelled one : labelled.values()) {
      if (one.label().illicit() == illicit && one.label().caseId() != null) {
        cases.computeIfAbsent(one.label().caseId(), id -> new ArrayList<>()).add(one);
      }
    }
    cases.values().forEach(list -> list.sort(Comparator.comparingLong(Labelled::atMs)));
    return cases;
  }

  /** Gathers the truth while the files are read. */
  static final class Builder {
    private final Labels labels;
    private final Set<String> accounts = new HashSet<>();
    private final Map<String, Labelled> labelled = new HashMap<>();
    private long transactions;

    Builder(Labels labels) {
      this.labels = labels;
    }

    void add(EnrichedEvent event) {
      BankTransaction transaction = Events.transaction(event);
      if (transaction == null) {
        return;
      }
      transactions++;
      String payer = Events.payerToken(event);
      String payee = Events.payeeToken(event);
      add(payer);
      add(payee);
      Labels.Transaction label = labels.transactions().get(transaction.getTransactionId());
      if (label != null) {
        labelled.put(
            event.getEventId(),
            new Labelled(
                event.getEventId(),
                label,
                payer,
                payee,
                transaction.getAmountFen(),
                event.getOccurredAt().toEpochMilli()));
      }
    }

    private void add(String account) {
      if (account != null) {
        accounts.add(account);
      }
    }

    Truth build() {
      return new Truth(transactions, accounts.size(), labelled, labels.accounts());
    }
  }
}
