package dev.zhifu.jobs.backtest;

import static dev.zhifu.jobs.backtest.CsvText.BANK_HEADER;
import static dev.zhifu.jobs.backtest.CsvText.TELECOM_HEADER;
import static dev.zhifu.jobs.backtest.CsvText.all;
import static dev.zhifu.jobs.backtest.CsvText.bankRows;
import static dev.zhifu.jobs.backtest.CsvText.gzip;
import static dev.zhifu.jobs.backtest.CsvText.transfer;
import static dev.zhifu.jobs.backtest.CsvText.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventRowsTest {
  @TempDir private Path folder;

  @Test
  void aLineBecomesACompletedTransaction() throws IOException {
    Path accounts =
        write(
            folder,
            "accounts.csv",
            "account,bank,kind",
            "a,B01,personal",
            "m,B02,merchant",
            "x,B02,robot");
    Path file =
        write(
            folder,
            "bank.csv",
            BANK_HEADER,
            "t1,2024-03-01T00:00:01.500Z,a,bankA,m,bankB,12.34,CNY,MOBILE,TRANSFER");

    BankTransaction transaction = transaction(file, AccountsFile.read(accounts));

    assertThat(transaction.getEventId()).isEqualTo("BANKA:t1:COMPLETED");
    assertThat(transaction.getAmountFen()).isEqualTo(1234);
    assertThat(transaction.getChannel()).isEqualTo(Channel.MOBILE_APP);
    assertThat(transaction.getPayer().getKind()).isEqualTo(AccountKind.PERSONAL);
    assertThat(transaction.getPayer().getHolderToken()).isEqualTo("a");
    assertThat(transaction.getPayee().getKind()).isEqualTo(AccountKind.MERCHANT);
    assertThat(transaction.getPayee().getBank()).isEqualTo("BANKB");
  }

  @Test
  void cashHasOneSideAndIsReportedByItsBank() throws IOException {
    BankTransaction out = transaction("c1,2024-03-01T00:00:00Z,a,B01,agent,B02,5,CNY,ATM,CASH_OUT");
    BankTransaction in =
        transaction("c2,2024-03-01T00:00:00Z,agent,B02,a,B01,5,CNY,BRANCH,CASH_IN");

    assertThat(out.getKind()).isEqualTo(TransactionKind.CASH_WITHDRAWAL);
    assertThat(out.getPayee()).isNull();
    assertThat(in.getKind()).isEqualTo(TransactionKind.CASH_DEPOSIT);
    assertThat(in.getPayer()).isNull();
    assertThat(in.getSource()).isEqualTo("B01");
  }

  @Test
  void yuanBecomeFenExactly() throws IOException {
    assertThat(transaction(amount("0.01")).getAmountFen()).isEqualTo(1);
    assertThat(transaction(amount("3121")).getAmountFen()).isEqualTo(312_100);
    assertThat(transaction(amount("548.6")).getAmountFen()).isEqualTo(54_860);
    assertThat(transaction(amount("90071992547.93")).getAmountFen()).isEqualTo(9_007_199_254_793L);
    for (String bad : List.of("12.345", "1e400", "abc", "", "1 000")) {
      assertThatThrownBy(() -> transaction(amount(bad)))
          .isInstanceOf(BacktestException.class)
          .hasMessageContaining("bank.csv:2: amount is ");
    }
  }

  @Test
  void gzipAndPlainReadAlike() throws IOException {
    String[] lines = {BANK_HEADER, transfer("t1", "00:00:01"), "", transfer("t2", "00:00:02")};

    assertThat(ids(bankRows(gzip(folder, "bank.csv.gz", lines))))
        .isEqualTo(ids(bankRows(write(folder, "bank.csv", lines))))
        .containsExactly("B01:t1:COMPLETED", "B01:t2:COMPLETED");
  }

  @Test
  void everyMissingColumnIsNamed() throws IOException {
    Path file =
        write(folder, "bank.csv", "txnId,ts,payerAccount,payerBank,amount,currency,channel,type");

    assertThatThrownBy(() -> bankRows(file))
        .hasMessageContaining(
            "bank.csv lacks the column(s) payeeAccount, payeeBank; its header must name txnId,ts");
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertThatThrownBy(() -> bankRows(empty))
        .hasMessageContaining("empty.csv lacks the column(s) txnId, ts");
  }

  @Test
  void aBadLineIsNamedByFileLineAndColumn() throws IOException {
    assertFault(
        "t,yesterday,a,B01,b,B02,1,CNY,ONLINE,TRANSFER",
        "bank.csv:3: ts is 'yesterday'; write UTC time");
    assertFault(
        "t,2024-03-01T01:00:00Z,a,B01,b,B02,1,CNY,ONLINE,GIFT",
        "bank.csv:3: type is 'GIFT'; it must be TRANSFER,");
    assertFault("t,2024-03-01T01:00:00Z,a,B01,b", "bank.csv:3: the line ends before column ");
    assertFault(
        transfer("t", "01:00:00") + ",more", "bank.csv:3: the line is not CSV of 10 columns");
    assertFault(
        "t,2024-03-01T01:00:00Z,,B01,,B02,1,CNY,ONLINE,TRANSFER",
        "bank.csv:3: neither payerAccount nor payeeAccount");
    assertFault(
        "t,2024-03-01T01:00:00Z,a,,b,B02,1,CNY,ONLINE,TRANSFER", "bank.csv:3: payerBank is empty");
    assertFault(
        transfer("t", "00:00:00"),
        "bank.csv:3: ts is 2024-03-01T00:00:00Z, before 2024-03-01T00:00:01Z of a line above; sort");
  }

  @Test
  void aCutGzipAndAMissingFileAreNamed() throws IOException {
    Path whole = gzip(folder, "whole.gz", BANK_HEADER, transfer("t1", "00:00:01"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> all(bankRows(cut))).hasMessageContaining("cut.gz cannot be read (");
    assertThatThrownBy(() -> bankRows(folder.resolve("none.csv")))
        .hasMessageContaining("none.csv cannot be read (");
  }

  @Test
  void aRecordAgainstItsContractIsTurnedAwayAndTheRestGoesOn() throws IOException {
    Path file =
        write(
            folder,
            "bank.csv",
            BANK_HEADER,
            "self,2024-03-01T00:00:00Z,a,B01,a,B01,1,CNY,ONLINE,TRANSFER",
            "zero,2024-03-01T00:00:00Z,a,B01,b,B01,0,CNY,ONLINE,TRANSFER",
            "euro,2024-03-01T00:00:00Z,a,B01,b,B01,1,EUR,ONLINE,TRANSFER",
            transfer("good", "00:00:01"));
    TurnedAway turnedAway = new TurnedAway();

    List<String> ids =
        ids(new EventRows(file, new TransactionReader(AccountsFile.none()), turnedAway));

    assertThat(ids).containsExactly("B01:good:COMPLETED");
    assertThat(turnedAway.count()).isEqualTo(3);
    assertThat(turnedAway.first().get(0)).startsWith("bank.csv:2: payee.accountToken is 'a'");
    assertThat(turnedAway.first().get(1)).startsWith("bank.csv:3: amountFen is 0");
    assertThat(turnedAway.first().get(2)).startsWith("bank.csv:4: currency is 'EUR'");
  }

  @Test
  void equalTimesComeInTheOrderOfTheirIdsWithinAFileAndAcrossFiles() throws IOException {
    Path first =
        write(
            folder,
            "1.csv",
            BANK_HEADER,
            transfer("d", "00:00:01"),
            transfer("b", "00:00:01"),
            transfer("e", "00:00:03"));
    Path second =
        write(
            folder,
            "2.csv",
            BANK_HEADER,
            transfer("z", "00:00:00"),
            transfer("c", "00:00:01"),
            transfer("a", "00:00:02"));

    List<EnrichedEvent> merged = all(new MergedRows(List.of(bankRows(first), bankRows(second))));

    assertThat(merged)
        .extracting(event -> ((BankTransaction) event.getEvent()).getTransactionId())
        .containsExactly("z", "b", "c", "d", "a", "e");
  }

  @Test
  void callsEndInTheirTurnAmongOtherSignals() throws IOException {
    Path file =
        write(
            folder,
            "calls.csv",
            TELECOM_HEADER,
            "1,2024-03-01T00:00:00Z,p,q,VOICE,100,0",
            "2,2024-03-01T00:00:10Z,p,r,VOICE,5,0",
            "3,2024-03-01T00:00:20Z,p,q,SMS,0,0",
            "4,2024-03-01T00:05:00Z,p,q,VOICE,0,0");

    List<EnrichedEvent> events = all(new EventRows(file, new TelecomReader(), new TurnedAway()));

    assertThat(events)
        .extracting(EnrichedEvent::getEventId)
        .containsExactly(
            "FILE:1",
            "FILE:1-placed",
            "FILE:2",
            "FILE:2-placed",
            "FILE:2-end",
            "FILE:2-placed-end",
            "FILE:3",
            "FILE:1-end",
            "FILE:1-placed-end",
            "FILE:4",
            "FILE:4-end",
            "FILE:4-placed",
            "FILE:4-placed-end");
    TelecomEvent end = (TelecomEvent) events.get(4).getEvent();
    assertThat(end.getDurationSeconds()).isEqualTo(5);
    assertThat(end.getNumberToken()).isEqualTo("r");
    assertThat(end.getPeerToken()).isEqualTo("p");
    assertThat(end.getIncoming()).isTrue();
    TelecomEvent placed = (TelecomEvent) events.get(5).getEvent();
    assertThat(placed.getNumberToken()).isEqualTo("p");
    assertThat(placed.getPeerToken()).isEqualTo("r");
    assertThat(placed.getIncoming()).isFalse();
  }

  @Test
  void aBadCallIsNamedByFileLineAndColumn() throws IOException {
    Path file = write(folder, "calls.csv", TELECOM_HEADER, "1,2024-03-01T00:00:00Z,p,q,VOICE,-1,0");
    Path fax = write(folder, "fax.csv", TELECOM_HEADER, "1,2024-03-01T00:00:00Z,p,q,FAX,1,0");

    assertThatThrownBy(() -> all(new EventRows(file, new TelecomReader(), new TurnedAway())))
        .hasMessageContaining("calls.csv:2: duration is '-1'; write a whole number from 0 on");
    assertThatThrownBy(() -> all(new EventRows(fax, new TelecomReader(), new TurnedAway())))
        .hasMessageContaining("fax.csv:2: type is 'FAX'; it must be VOICE or SMS");
  }

  private void assertFault(String line, String message) throws IOException {
    Path file = write(folder, "bank.csv", BANK_HEADER, transfer("ok", "00:00:01"), line);
    assertThatThrownBy(() -> all(bankRows(file)))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining(message);
  }

  private static String amount(String yuan) {
    return "t,2024-03-01T00:00:00Z,a,B01,b,B02," + yuan + ",CNY,ONLINE,TRANSFER";
  }

  private BankTransaction transaction(String line) throws IOException {
    return transaction(write(folder, "bank.csv", BANK_HEADER, line), AccountsFile.none());
  }

  private static BankTransaction transaction(Path file, AccountsFile accounts) {
    EventRows rows = new EventRows(file, new TransactionReader(accounts), new TurnedAway());
    return (BankTransaction) rows.next().getEvent();
  }

  private static List<String> ids(EventRows rows) {
    return all(rows).stream().map(EnrichedEvent::getEventId).toList();
  }
}
