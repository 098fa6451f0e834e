package dev.zhifu.jobs.backtest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Truth beside the transactions. What is not listed is legitimate.
 *
 * @param transactions label by transaction id, from files {@code
 *     txnId,illicit,typology,caseId,role}
 * @param accounts label by account, from files {@code account,illicit,note}; empty when there was
 *     none
 * @param subscribers true for a fraudulent number, from files {@code subscriber,fraud}; numbers
 *     that are not listed are not judged
 */
record Labels(
    Map<String, Transaction> transactions,
    Map<String, Account> accounts,
    Map<String, Boolean> subscribers) {

  /**
   * One labelled transaction.
   *
   * @param illicit false marks a benign look-alike, a decoy
   * @param typology what it is
   * @param caseId case it belongs to, unique over typologies; null when the file gives none
   */
  record Transaction(boolean illicit, String typology, String caseId) {}

  /**
   * One labelled account.
   *
   * @param illicit false marks a decoy
   * @param typologies what it takes part in; a star behind the main account of a case is dropped
   */
  record Account(boolean illicit, Set<String> typologies) {}

  static Labels none() {
    return new Labels(Map.of(), Map.of(), Map.of());
  }

  /** Reads label files of all kinds; their headers tell which is which. */
  static Labels read(List<Path> files) {
    Labels labels = new Labels(new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (Path file : files) {
      List<String> header = CsvRows.header(file);
      if (header.contains("txnId")) {
        labels.readTransactions(file);
      } else if (header.contains("account")) {
        labels.readAccounts(file);
      } else if (header.contains("subscriber")) {
        labels.readSubscribers(file);
      } else {
        throw new BacktestException(
            file
                + " labels neither transactions nor accounts nor subscribers; its header must name"
                + " txnId,illicit,typology,caseId or account,illicit,note or subscriber,fraud");
      }
    }
    return labels;
  }

  private void readTransactions(Path file) {
    CsvRows rows = CsvRows.open(file, List.of("txnId", "illicit", "typology", "caseId"));
    while (rows.hasNext()) {
      CsvRow row = rows.next();
      String typology = row.text("typology");
      String caseId = row.text("caseId").isEmpty() ? null : typology + ":" + row.text("caseId");
      transactions.put(
          row.required("txnId"), new Transaction(row.flag("illicit"), typology, caseId));
    }
  }

  private void readAccounts(Path file) {
    CsvRows rows = CsvRows.open(file, List.of("account", "illicit", "note"));
    while (rows.hasNext()) {
      CsvRow row = rows.next();
      accounts.put(
          row.required("account"), new Account(row.flag("illicit"), typologies(row.text("note"))));
    }
  }

  private void readSubscribers(Path file) {
    CsvRows rows = CsvRows.open(file, List.of("subscriber", "fraud"));
    while (rows.hasNext()) {
      CsvRow row = rows.next();
      subscribers.put(row.required("subscriber"), row.flag("fraud"));
    }
  }

  private static Set<String> typologies(String note) {
    return Arrays.stream(note.split("\\|"))
        .map(word -> word.replace("*", ""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }
}
