package dev.zhifu.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes a city to gzip files: completed transactions, labels, accounts and their labels as CSV;
 * all phases of transactions with all they carry, telecom signals, accesses, reports and stories as
 * JSON lines. Lines come in arrival order; a city with disorder 0 gives files sorted by event time.
 * Call {@link #finish} once the city is at its end.
 */
public final class FileSink implements EventSink, AutoCloseable {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final ObjectMapper json = new ObjectMapper();
  private final List<Writer> open = new ArrayList<>();
  private final Path folder;
  private final Writer transactions;
  private final Writer labels;
  private final Writer bank;
  private final Writer telecom;
  private final Writer accesses;
  private final Writer reports;

  /**
   * @param folder made if missing; files in it named {@code city_*} are overwritten
   * @throws UncheckedIOException if a file cannot be written
   */
  public FileSink(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make folder " + folder, e);
    }
    transactions =
        file(
            "city_txns.csv.gz",
            "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type\n");
    labels = file("city_labels.csv.gz", "txnId,illicit,typology,caseId,role\n");
    bank = file("city_bank.jsonl.gz", "");
    telecom = file("city_telecom.jsonl.gz", "");
    accesses = file("city_access.jsonl.gz", "");
    reports = file("city_reports.jsonl.gz", "");
  }

  private Writer file(String name, String head) {
    Path path = folder.resolve(name);
    try {
      Writer writer =
          new BufferedWriter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(path), 1 << 16),
                  StandardCharsets.UTF_8));
      open.add(writer);
      writer.write(head);
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  @Override
  public void transaction(BankTransaction event) {
    write(bank, node(event).toString());
    if (event.getPhase() != TransactionPhase.COMPLETED) {
      return;
    }
    String id = id(event.getSource(), event.getTransactionId());
    write(
        transactions,
        String.join(
            ",",
            id,
            MILLIS.format(event.getOccurredAt()),
            token(event.getPayer()),
            bank(event.getPayer()),
            token(event.getPayee()),
            bank(event.getPayee()),
            BigDecimal.valueOf(event.getAmountFen(), 2).toPlainString(),
            event.getCurrency(),
            event.getChannel().name(),
            type(event.getKind())));
  }

  private static String id(String source, String transactionId) {
    return source + "-" + transactionId;
  }

  private static String token(AccountRef account) {
    return account == null ? "" : account.getAccountToken();
  }

  private static String bank(AccountRef account) {
    return account == null ? "" : account.getBank();
  }

  private static String type(TransactionKind kind) {
    return switch (kind) {
      case TRANSFER, DEPOSIT_BROKEN -> "TRANSFER";
      case CASH_WITHDRAWAL -> "CASH_OUT";
      case CASH_DEPOSIT -> "CASH_IN";
      case PURCHASE, QR_PAYMENT -> "PAYMENT";
      case LOAN_DISBURSAL -> "LOAN_DEPOSIT";
    };
  }

  @Override
  public void access(BankAccessEvent event) {
    write(accesses, node(event).toString());
  }

  @Override
  public void telecom(TelecomEvent event) {
    write(telecom, node(event).toString());
  }

  @Override
  public void report(VictimReport event) {
    write(reports, node(event).toString());
  }

  @Override
  public void truth(TruthTransaction truth) {
    String id = id(truth.source(), truth.transactionId());
    write(
        labels,
        String.join(
            ",", id, truth.illicit() ? "1" : "0", truth.kind(), truth.storyId(), truth.role()));
  }

  /** Ciphertext stays out: files are for those who hold no keys. */
  private ObjectNode node(IndexedRecord record) {
    ObjectNode node = json.createObjectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value == null || value instanceof ByteBuffer) {
        continue;
      }
      if (value instanceof IndexedRecord nested) {
        node.set(field.name(), node(nested));
      } else if (value instanceof List<?> list) {
        ArrayNode array = node.putArray(field.name());
        list.forEach(
            item -> array.add(item instanceof IndexedRecord r ? node(r) : json.valueToTree(item)));
      } else {
        node.set(field.name(), json.valueToTree(plain(value)));
      }
    }
    return node;
  }

  private static Object plain(Object value) {
    if (value instanceof Instant instant) {
      return MILLIS.format(instant);
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  /**
   * Writes what is known only at the end: accounts, their labels, the stories.
   *
   * @param city the city that wrote into this sink
   */
  public void finish(City city) {
    Writer accounts = file("city_accounts.csv.gz", "account,bank,kind\n");
    Writer accountLabels = file("city_acctlabels.csv.gz", "account,illicit,note\n");
    city.accounts(
        account -> {
          write(
              accounts,
              account.token() + "," + account.bank() + "," + account.kind().toLowerCase());
          if (account.level() > 0) {
            write(accountLabels, account.token() + ",1,mule-l" + account.level());
          }
        });
    Writer stories = file("city_stories.jsonl.gz", "");
    for (TruthStory story : city.stories()) {
      write(stories, json.valueToTree(story).toString());
    }
  }

  private void write(Writer writer, String line) {
    try {
      writer.write(line);
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder, e);
    }
  }

  @Override
  public void close() {
    for (Writer writer : open) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close a file in " + folder, e);
      }
    }
  }
}
