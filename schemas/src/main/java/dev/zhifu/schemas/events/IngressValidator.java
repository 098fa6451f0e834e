package dev.zhifu.schemas.events;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Checks what Avro cannot: that the fields of an ingress record make sense together. It knows no
 * history and no clock; a record is judged by itself, so the same record always gets the same
 * answer.
 */
public final class IngressValidator {

  private static final int MOST_TRANSFERS = 100;
  private static final int APPLICATION_ID_CHARS = 36;
  private static final Duration STOP = Duration.ofHours(48);
  private static final String TYPOLOGY = "[VMTG][0-9]{2}";

  private IngressValidator() {}

  /**
   * Checks one record.
   *
   * @param record BankTransaction, BankAccessEvent, TelecomEvent or VictimReport
   * @return the first fault found, or empty when the record may enter
   * @throws IllegalArgumentException if it is another record
   */
  public static Optional<Fault> check(SpecificRecord record) {
    Findings findings = new Findings(kind(record));
    if (record instanceof BankTransaction transaction) {
      new TransactionCheck(transaction, findings).run();
    } else if (record instanceof TelecomEvent telecom) {
      new TelecomCheck(telecom, findings).run();
    } else if (record instanceof BankAccessEvent access) {
      access(access, findings);
    } else {
      report((VictimReport) record, findings);
    }
    return findings.first();
  }

  private static Enum<?> kind(SpecificRecord record) {
    if (record instanceof BankTransaction transaction) {
      return transaction.getKind();
    }
    if (record instanceof TelecomEvent telecom) {
      return telecom.getKind();
    }
    if (record instanceof BankAccessEvent access) {
      return access.getKind();
    }
    if (record instanceof VictimReport) {
      return null;
    }
    throw new IllegalArgumentException(
        record.getClass().getSimpleName()
            + " is no ingress record; these are BankTransaction, BankAccessEvent, TelecomEvent, VictimReport");
  }

  private static void access(BankAccessEvent event, Findings findings) {
    findings.bank("source", event.getSource());
    findings.serialId(event.getSource(), event.getEventId());
    findings.time("receivedAt", event.getReceivedAt());
    findings.notAfter("occurredAt", event.getOccurredAt(), "receivedAt", event.getReceivedAt());
    AccountCheck.run("account", event.getAccount(), event.getOccurredAt(), findings);
    findings.require(
        event.getAccount().getBank().equals(event.getSource()),
        "account.bank",
        event.getAccount().getBank(),
        "the account-holding bank reports the access (source)");
    findings.optionalToken("deviceToken", event.getDeviceToken());
    findings.optionalToken("ipToken", event.getIpToken());
    accessDetails(event, findings);
  }

  private static void accessDetails(BankAccessEvent event, Findings findings) {
    AccessKind kind = event.getKind();
    findings.exactlyIf(
        kind == AccessKind.LIMIT_CHANGED,
        "newLimitFen",
        event.getNewLimitFen(),
        "it is set exactly when LIMIT_CHANGED");
    if (event.getNewLimitFen() != null) {
      findings.require(
          event.getNewLimitFen() >= 0, "newLimitFen", event.getNewLimitFen(), "it is 0 or more");
      findings.size("newLimitFen", event.getNewLimitFen());
    }
    findings.exactlyIf(
        kind == AccessKind.PAYEE_ADDED,
        "payeeToken",
        event.getPayeeToken(),
        "it is set exactly when PAYEE_ADDED");
    findings.optionalToken("payeeToken", event.getPayeeToken());
    findings.require(
        !event.getAccount().getAccountToken().equals(event.getPayeeToken()),
        "payeeToken",
        event.getPayeeToken(),
        "an account is not added as its own payee");
  }

  private static void report(VictimReport report, Findings findings) {
    findings.token("reportId", report.getReportId());
    findings.time("receivedAt", report.getReceivedAt());
    findings.notAfter("reportedAt", report.getReportedAt(), "receivedAt", report.getReceivedAt());
    findings.token("holderToken", report.getHolderToken());
    findings.words("takenBy", report.getTakenBy());
    findings.words("reportChannel", report.getReportChannel());
    if (report.getTypology() != null) {
      findings.require(
          report.getTypology().matches(TYPOLOGY),
          "typology",
          report.getTypology(),
          "it is a family V, M, T or G and two digits, such as V03");
    }
    if (report.getTransfers().isEmpty()) {
      findings.missing("transfers", "a report names at least one transfer");
    }
    findings.oversized("transfers", report.getTransfers().size(), MOST_TRANSFERS);
    for (int i = 0; i < report.getTransfers().size() && findings.clean(); i++) {
      reportedTransfer("transfers[" + i + "].", report.getTransfers().get(i), report, findings);
    }
  }

  private static void reportedTransfer(
      String path, ReportedTransfer transfer, VictimReport report, Findings findings) {
    findings.amount(path + "amountFen", transfer.getAmountFen());
    findings.notAfter(
        path + "occurredAt", transfer.getOccurredAt(), "reportedAt", report.getReportedAt());
    AccountCheck.run(path + "payer", transfer.getPayer(), transfer.getOccurredAt(), findings);
    AccountCheck.run(path + "payee", transfer.getPayee(), transfer.getOccurredAt(), findings);
    findings.require(
        !transfer.getPayer().getAccountToken().equals(transfer.getPayee().getAccountToken()),
        path + "payee.accountToken",
        transfer.getPayee().getAccountToken(),
        "payer and payee are different accounts");
    findings.optionalToken(path + "transactionId", transfer.getTransactionId());
    findings.optionalToken(path + "payeeBankTransactionId", transfer.getPayeeBankTransactionId());
    if (transfer.getOwnStop() != null) {
      ownStop(path + "ownStop.", transfer.getOwnStop(), findings);
    }
    if (transfer.getBasis() != null && transfer.getBasis().getCaseReport() != null) {
      findings.require(
          transfer.getBasis().getCaseReport().length() == APPLICATION_ID_CHARS,
          path + "basis.caseReport",
          transfer.getBasis().getCaseReport(),
          "it has " + APPLICATION_ID_CHARS + " characters");
    }
  }

  private static void ownStop(String path, OwnStop stop, Findings findings) {
    findings.require(
        stop.getApplicationId().length() == APPLICATION_ID_CHARS,
        path + "applicationId",
        stop.getApplicationId(),
        "it has " + APPLICATION_ID_CHARS + " characters");
    findings.time(path + "startTime", stop.getStartTime());
    findings.require(
        stop.getExpireTime().isAfter(stop.getStartTime())
            && !stop.getExpireTime().isAfter(stop.getStartTime().plus(STOP)),
        path + "expireTime",
        stop.getExpireTime(),
        "it lies after startTime, 48 h at most");
    findings.require(
        stop.getBalanceFen() >= 0, path + "balanceFen", stop.getBalanceFen(), "it is 0 or more");
  }
}
