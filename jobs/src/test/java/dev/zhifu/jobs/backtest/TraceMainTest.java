package dev.zhifu.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.stored.StoredFile;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceMainTest {
  private static final String ROWS =
      """
      txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type
      t0,2026-03-02T09:00:00Z,friend,B1,mule,B2,200.00,CNY,MOBILE,TRANSFER
      t1,2026-03-02T10:00:00Z,victim,B1,mule,B2,50000.00,CNY,MOBILE,TRANSFER
      t2,2026-03-02T10:04:00Z,mule,B2,second,B3,30000.00,CNY,MOBILE,TRANSFER
      t3,2026-03-02T10:05:00Z,mule,B2,third,B4,19000.00,CNY,MOBILE,TRANSFER
      t4,2026-03-02T10:09:00Z,second,B3,,,20000.00,CNY,ATM,CASH_OUT
      t5,2026-03-02T10:11:00Z,third,B4,shop,B5,4000.00,CNY,POS,PAYMENT
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theTreeGoesToTheTerminalAndTheFlowTableToAFile() throws IOException {
    int code =
        run(
            "--account",
            "mule",
            "--at",
            "2026-03-02T10:03:00Z",
            "--amount",
            "50000",
            "--flow",
            folder.resolve("flow.csv").toString(),
            "--json",
            folder.resolve("t.json").toString(),
            "--html",
            folder.resolve("t.html").toString());

    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("11 movements");
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "CASH_ATM → task ATM_PICTURES", "MERCHANT → task GOODS_CHECK", "complete: 3 accounts");
    assertThat(Files.readAllLines(folder.resolve("flow.csv")))
        .hasSize(6)
        .contains(
            "2,2026-03-02T10:04:00Z,mule,B2,second,B3,30000.00,29800.00,29880.48,B2:t2,FOLLOWED,NONE");
    assertThat(Files.readString(folder.resolve("t.json"))).contains("\"complete\" : true");
    assertThat(Files.readString(folder.resolve("t.html"))).contains("资金流向表");
  }

  @Test
  void theListsOfTheJobEndATraceOnFilesToo() throws IOException {
    Path lists = folder.resolve("lists.avro");
    StoredFile.write(
        lists,
        ListEntry.class,
        List.of(
                listed("second", ListKind.CRYPTO_OTC, "2026-03-02T10:00:00Z"),
                listed("third", ListKind.POOLED, "2026-03-02T10:05:01Z"))
            .iterator(),
        Map.of());
    String[] asked = {
      "--account", "mule", "--at", "2026-03-02T10:00:00Z", "--amount", "50000", "--least", "1"
    };
    assertThat(run(asked)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("complete: 3 accounts");
    out.reset();

    String[] withLists = Arrays.copyOf(asked, asked.length + 2);
    withLists[asked.length] = "--lists";
    withLists[asked.length + 1] = lists.toString();
    assertThat(run(withLists)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .as("the trader ends it, what was listed after its transfer does not")
        .contains("CRYPTO → task CRYPTO_ADDRESS", "complete: 2 accounts")
        .doesNotContain("POOLED", "CASH_ATM");
  }

  private static ListEntry listed(String account, ListKind kind, String from) {
    return new ListEntry(
        kind + ":ACCOUNT:" + account,
        kind,
        ListSubject.ACCOUNT,
        account,
        Instant.parse(from),
        null,
        "a list of this story",
        "centre");
  }

  @Test
  void aListFileThatIsNoneIsRefused() throws IOException {
    Path none = folder.resolve("lists.csv");
    Files.writeString(none, "account,list");
    assertThat(
            run(
                "--account",
                "mule",
                "--at",
                "2026-03-02T10:00:00Z",
                "--amount",
                "50000",
                "--lists",
                none.toString()))
        .isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--lists", "lists.csv");
  }

  @Test
  void aTransferThatIsNotThereIsSaid() throws IOException {
    assertThat(run("--account", "mule", "--at", "2026-03-02T10:03:00Z", "--amount", "50001"))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("No transfer of 50,001.00 yuan");
  }

  @Test
  void aWrongWordIsRefused() throws IOException {
    assertThat(run("--account", "mule", "--at", "yesterday", "--amount", "50001")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--at is 'yesterday'");
  }

  private int run(String... words) throws IOException {
    Path bank = Files.writeString(folder.resolve("bank.csv"), ROWS);
    String[] all = new String[words.length + 2];
    all[0] = "--bank";
    all[1] = bank.toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return TraceMain.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all);
  }
}
