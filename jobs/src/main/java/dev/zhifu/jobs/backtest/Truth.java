package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.Events;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files hold beside what the rules saw: sizes, and the labelled transactions with their amounts and times.
 *
 * @param transactions number of transactions
 * @param accounts number of distinct accounts
 * @param labelled labelled transactions by event id
 */
record Truth(long transactions, long accounts, Map<String, Labelled> labelled) {

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
  record Labelled(String eventId, Labels.Label label, String payer, String payee, long amountFen, long atMs) {}

  static Truth read(List<Path> files, AccountsFile kinds, Labels labels) {
    long transactions = 0;
    Set<String> accounts = new HashSet<>();
    Map<String, Labelled> labelled = new HashMap<>();
    for (Path file : files) {
      TransactionRows rows = new TransactionRows(file, kinds);
      while (rows.hasNext()) {
        EnrichedEvent event = rows.next();
        transactions++;
        String payer = Events.payerToken(event);
        String payee = Events.payeeToken(event);
        if (payer != null) {
          accounts.add(payer);
        }
        if (payee != null) {
          accounts.add(payee);
        }
        BankTransaction transaction = (BankTransaction) event.getEvent();
        Labels.Label label = labels.byTransaction().get(transaction.getTransactionId());
        if (label != null) {
          labelled.put(
              event.getEventId(),
              new Labelled(
                  event.getEventId(), label, payer, payee, transaction.getAmountFen(),
                  event.getOccurredAt().toEpochMilli()));
        }
      }
    }
    return new Truth(transactions, accounts.size(), labelled);
  }

  /** Illicit cases: id to their transactions by time. */
  Map<String, List<Labelled>> cases() {
    Map<String, List<Labelled>> cases = new HashMap<>();
    for (Labelled one : labelled.values()) {
      if (one.label().illicit()) {
        cases.computeIfAbsent(one.label().caseId(), id -> new ArrayList<>()).add(one);
      }
    }
    cases.values().forEach(list -> list.sort(java.util.Comparator.comparingLong(Labelled::atMs)));
    return cases;
  }
}
