package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Transactions of a CSV file with the columns {@code txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,
 * channel,type}, as events. The file's account ids serve as tokens; there is no ciphertext, so no order could be formed.
 */
final class TransactionRows implements Iterator<EnrichedEvent> {
  static final List<String> COLUMNS =
      List.of(
          "txnId", "ts", "payerAccount", "payerBank", "payeeAccount", "payeeBank", "amount", "currency", "channel",
          "type");

  private final Path file;
  private final AccountsFile accounts;
  private final Iterator<Map<String, String>> rows;
  private long line = 1;

  TransactionRows(Path file, AccountsFile accounts) {
    this.file = file;
    this.accounts = accounts;
    this.rows = CsvFile.open(file, COLUMNS);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public EnrichedEvent next() {
    Map<String, String> row = rows.next();
    line++;
    try {
      return EnrichedEvents.of(transaction(row));
    } catch (RuntimeException e) {
      throw new BacktestException(
          file + ":" + line + ": " + row + " is not a transaction: " + e.getMessage() + "; the columns are "
              + String.join(",", COLUMNS));
    }
  }

  private BankTransaction transaction(Map<String, String> row) {
    Instant at = Instant.parse(row.get("ts"));
    TransactionKind kind = kind(row.get("type"));
    String source = row.get("payerBank").isEmpty() ? row.get("payeeBank") : row.get("payerBank");
    boolean cashOut = kind == TransactionKind.CASH_WITHDRAWAL;
    boolean cashIn = kind == TransactionKind.CASH_DEPOSIT;
    return BankTransaction.newBuilder()
        .setEventId(EventIds.transactionEventId(source, row.get("txnId"), TransactionPhase.COMPLETED))
        .setSource(source)
        .setTransactionId(row.get("txnId"))
        .setKind(kind)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setAmountFen(fen(row.get("amount")))
        .setCurrency(row.get("currency"))
        .setPayer(cashIn ? null : account(row.get("payerAccount"), row.get("payerBank")))
        .setPayee(cashOut ? null : account(row.get("payeeAccount"), row.get("payeeBank")))
        .setChannel(channel(row.get("channel")))
        .build();
  }

  private AccountRef account(String id, String bank) {
    if (id.isEmpty()) {
      return null;
    }
    return AccountRef.newBuilder().setAccountToken(id).setBank(bank).setKind(accounts.kind(id)).build();
  }

  /** Yuan with at most two decimals to fen, exactly. */
  static long fen(String yuan) {
    return new BigDecimal(yuan).movePointRight(2).longValueExact();
  }

  private static TransactionKind kind(String type) {
    return switch (type) {
      case "TRANSFER" -> TransactionKind.TRANSFER;
      case "CASH_OUT", "WITHDRAW" -> TransactionKind.CASH_WITHDRAWAL;
      case "CASH_IN" -> TransactionKind.CASH_DEPOSIT;
      case "PAYMENT", "DEBIT" -> TransactionKind.PURCHASE;
      case "LOAN_DEPOSIT" -> TransactionKind.LOAN_DISBURSAL;
      default ->
          throw new IllegalArgumentException(
              "type is '" + type + "'; it must be TRANSFER, CASH_OUT, CASH_IN, PAYMENT, DEBIT, WITHDRAW or LOAN_DEPOSIT");
    };
  }

  private static Channel channel(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "MOBILE" -> Channel.MOBILE_APP;
      case "ONLINE" -> Channel.WEB;
      case "BRANCH" -> Channel.COUNTER;
      case "ATM" -> Channel.ATM;
      case "POS" -> Channel.POS;
      case "QR" -> Channel.QR;
      default -> Channel.OTHER;
    };
  }
}
