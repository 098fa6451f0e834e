package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.stored.StoredHistory;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a run reads, by absolute path.
 *
 * @param bank transaction files
 * @param telecom call files
 * @param accounts account file; null when there is none
 * @param stored folder of stored history, in the place of all files; null when there is none
 */
record BacktestFiles(List<String> bank, List<String> telecom, String accounts, String stored)
    implements Serializable {

  static BacktestFiles of(List<Path> bank, List<Path> telecom, Path accounts) {
    return new BacktestFiles(
        text(bank),
        text(telecom),
        accounts == null ? null : accounts.toAbsolutePath().toString(),
        null);
  }

  /** Stored history instead of files. */
  static BacktestFiles stored(Path folder) {
    return new BacktestFiles(List.of(), List.of(), null, folder.toAbsolutePath().toString());
  }

  boolean isStored() {
    return stored != null;
  }

  StoredHistory history() {
    return new StoredHistory(Path.of(stored));
  }

  private static List<String> text(List<Path> files) {
    return files.stream().map(file -> file.toAbsolutePath().toString()).toList();
  }

  /** All events in the total order. */
  MergedRows read(TurnedAway turnedAway) {
    if (isStored()) {
      return new MergedRows(List.of(new StoredRows(history())));
    }
    TransactionReader transactions =
        new TransactionReader(
            accounts == null ? AccountsFile.none() : AccountsFile.read(Path.of(accounts)));
    List<EventRows> files = new ArrayList<>();
    bank.forEach(file -> files.add(new EventRows(Path.of(file), transactions, turnedAway)));
    telecom.forEach(
        file -> files.add(new EventRows(Path.of(file), new TelecomReader(), turnedAway)));
    return new MergedRows(files);
  }
}
