package dev.zhifu.jobs.backtest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small files for these tests. */
final class CsvText {
  static final String BANK_HEADER =
      "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type";
  static final String TELECOM_HEADER = "eventId,ts,caller,callee,type,duration,roaming";

  private CsvText() {}

  static Path write(Path folder, String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  static Path gzip(Path folder, String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** A transfer of 100 yuan from a to b. */
  static String transfer(String id, String at) {
    return id + ",2024-03-01T" + at + "Z,a,B01,b,B02,100.00,CNY,ONLINE,TRANSFER";
  }

  static EventRows bankRows(Path file) {
    return new EventRows(file, new TransactionReader(AccountsFile.none()), new TurnedAway());
  }

  static <T> List<T> all(Iterator<T> iterator) {
    List<T> all = new ArrayList<>();
    iterator.forEachRemaining(all::add);
    return all;
  }
}
