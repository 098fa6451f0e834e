package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

/**
 * Transactions with the columns {@code
 * txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type}. The file's
 * account ids serve as tokens, and the account stands for its unknown holder; there is no
 * ciphertext, so that no order could be formed.
 *
 * @param accounts kinds of accounts
 */
record TransactionReader(AccountsFile accounts) implements RowReader {

  @Override
  public List<String> columns() {
    return List.of(
        "txnId",
        "ts",
        "payerAccount",
        "payerBank",
        "payeeAccount",
        "payeeBank",
        "amount",
        "currency",
        "channel",
        "type");
  }

  @Override
  public List<SpecificRecord> read(CsvRow row) {
    Instant at = row.instant("ts");
    TransactionKind kind = kind(row);
    AccountRef payer = kind == TransactionKind.CASH_DEPOSIT ? null : account(row, "payer");
    AccountRef payee = kind == TransactionKind.CASH_WITHDRAWAL ? null : account(row, "payee");
    String source = source(row, payer, payee);
    String id = row.required("txnId");
    return List.of(
        BankTransaction.newBuilder()
            .setEventId(EventIds.transactionEventId(source, id, TransactionPhase.COMPLETED))
            .setSource(source)
            .setTransactionId(id)
            .setKind(kind)
            .setPhase(TransactionPhase.COMPLETED)
            .setOccurredAt(at)
            .setReceivedAt(at)
            .setAmountFen(row.fen("amount"))
            .setCurrency(row.text("currency"))
            .setPayer(payer)
            .setPayee(payee)
            .setChannel(channel(row.text("channel")))
            .build());
  }

  /** The payer's bank reports a transaction, the payee's when nobody pays. */
  private static String source(CsvRow row, AccountRef payer, AccountRef payee) {
    if (payer == null && payee == null) {
      throw row.fault(
          "neither payerAccount nor payeeAccount of this "
              + row.text("type")
              + " is there; name one");
    }
    return payer == null ? payee.getBank() : payer.getBank();
  }

  private AccountRef account(CsvRow row, String side) {
    String id = row.text(side + "Account");
    if (id.isEmpty()) {
      return null;
    }
    return AccountRef.newBuilder()
        .setAccountToken(id)
        .setHolderToken(id)
        .setBank(row.required(side + "Bank").toUpperCase(Locale.ROOT))
        .setKind(accounts.kind(id))
        .build();
  }

  private static TransactionKind kind(CsvRow row) {
    return switch (row.required("type")) {
      case "TRANSFER" -> TransactionKind.TRANSFER;
      case "CASH_OUT", "WITHDRAW" -> TransactionKind.CASH_WITHDRAWAL;
      case "CASH_IN" -> TransactionKind.CASH_DEPOSIT;
      case "PAYMENT", "DEBIT" -> TransactionKind.PURCHASE;
      case "LOAN_DEPOSIT" -> TransactionKind.LOAN_DISBURSAL;
      default ->
          throw row.fault(
              "type is '"
                  + row.text("type")
                  + "'; it must be TRANSFER, CASH_OUT, CASH_IN, PAYMENT, DEBIT, WITHDRAW or LOAN_DEPOSIT");
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
