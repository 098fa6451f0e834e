package dev.zhifu.stack.floor;

import dev.zhifu.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One labelled set of transactions, as files {@code NAME_txns.csv.gz} and {@code
 * NAME_labels.csv.gz}.
 *
 * @param name of the set
 * @param files what was read
 * @param movements by time
 * @param illicit typology of each illicit transaction, by index
 * @param decoys typology that each transaction of a benign look-alike is built like, by index
 * @param cases case of each labelled transaction, by index
 */
record FloorSet(
    String name,
    List<Path> files,
    List<Movement> movements,
    Map<Integer, String> illicit,
    Map<Integer, String> decoys,
    Map<Integer, String> cases) {
  private static final String TRANSACTIONS = "_txns.csv.gz";
  private static final String LABELS = "_labels.csv.gz";

  /**
   * Names of the sets in a folder, sorted.
   *
   * @throws StackException when there is none
   */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(TRANSACTIONS))
              .map(file -> file.substring(0, file.length() - TRANSACTIONS.length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new StackException(
            "--data "
                + folder
                + " holds no file NAME"
                + TRANSACTIONS
                + "; name a folder that does");
      }
      return names;
    } catch (IOException e) {
      throw new StackException("--data " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads one set. */
  static FloorSet read(Path folder, String name) {
    Path transactions = folder.resolve(name + TRANSACTIONS);
    Path labels = folder.resolve(name + LABELS);
    Map<String, String> typologies = new HashMap<>();
    Map<String, String> lookAlikes = new HashMap<>();
    Map<String, String> caseIds = new HashMap<>();
    if (Files.exists(labels)) {
      rows(
          labels,
          row -> {
            boolean fraud = row.get("illicit").equals("1");
            (fraud ? typologies : lookAlikes).put(row.get("txnId"), row.get("typology"));
            caseIds.put(row.get("txnId"), row.get("caseId"));
          });
    }
    List<Movement> movements = new ArrayList<>();
    Map<Integer, String> illicit = new HashMap<>();
    Map<Integer, String> decoys = new HashMap<>();
    Map<Integer, String> cases = new HashMap<>();
    Map<String, String> once = new HashMap<>();
    rows(
        transactions,
        row -> {
          String typology = typologies.get(row.get("txnId"));
          if (typology != null) {
            illicit.put(movements.size(), typology);
          }
          String lookAlike = lookAlikes.get(row.get("txnId"));
          if (lookAlike != null) {
            decoys.put(movements.size(), lookAlike);
          }
          if (caseIds.get(row.get("txnId")) != null) {
            cases.put(movements.size(), caseIds.get(row.get("txnId")));
          }
          movements.add(movement(transactions, movements.size(), row, once));
        });
    return new FloorSet(
        name,
        Stream.of(transactions, labels).filter(Files::exists).toList(),
        movements,
        illicit,
        decoys,
        cases);
  }

  private static Movement movement(
      Path file, int index, Map<String, String> row, Map<String, String> once) {
    try {
      return new Movement(
          index,
          Instant.parse(row.get("ts")).toEpochMilli(),
          once.computeIfAbsent(row.get("payerAccount"), account -> account),
          once.computeIfAbsent(row.get("payeeAccount"), account -> account),
          Double.parseDouble(row.get("amount")),
          once.computeIfAbsent(row.get("type"), type -> type));
    } catch (DateTimeException | NumberFormatException | NullPointerException e) {
      throw new StackException(
          file
              + ":"
              + (index + 2)
              + ": ts is '"
              + row.get("ts")
              + "' and amount '"
              + row.get("amount")
              + "'; write UTC time such as 2024-03-01T00:30:00.000Z, and yuan",
          e);
    }
  }

  private static void rows(Path file, Consumer<Map<String, String>> sink) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] header = reader.readLine().split(",", -1);
      int number = 2;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sink.accept(row(file, header, line, number++));
      }
    } catch (IOException e) {
      throw new StackException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> row(Path file, String[] header, String line, int number) {
    String[] values = line.split(",", -1);
    if (values.length != header.length || line.indexOf('"') >= 0) {
      throw new StackException(
          file + ":" + number + ": write " + header.length + " plain values divided by commas");
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < header.length; i++) {
      row.put(header[i], values[i]);
    }
    return row;
  }

  /** Distinct accounts on either side. */
  int accounts() {
    Set<String> accounts = new HashSet<>();
    for (Movement one : movements) {
      accounts.add(one.payer());
      accounts.add(one.payee());
    }
    return accounts.size();
  }
}
