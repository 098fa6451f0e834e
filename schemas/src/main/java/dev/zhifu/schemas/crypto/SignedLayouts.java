package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionControl;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;

/**
 * The bytes under each kind of signature, field by field as {@code docs/envelope.md} lists them. A
 * layout never changes: a new field means a new domain name.
 */
final class SignedLayouts {
  private static final double MILLIONTHS = 1_000_000.0;

  private SignedLayouts() {}

  static byte[] order(int version, String keyId, ByteBuffer payload) {
    return new SignedBytes("zhifu-order-v1").int32(version).text(keyId).bytes(payload).toBytes();
  }

  static byte[] authorisation(
      AuthorisationSubject subject, String officerId, String actId, String keyId) {
    return new SignedBytes("zhifu-authorisation-v1")
        .text(officerId)
        .text(actId)
        .text(keyId)
        .text(subject.orderId())
        .text(subject.bank())
        .text(subject.bankTransactionId())
        .bytes(Sha256.of(subject.cipher()))
        .int64(subject.transferAmountFen())
        .time(subject.transferTime())
        .toBytes();
  }

  static byte[] standing(StandingAuthorisation standing, String keyId) {
    boolean money = standing.getMaxFenPerHour() != 0 || standing.getMaxFenPerBankDay() != 0;
    SignedBytes bytes =
        new SignedBytes(money ? "zhifu-standing-v2" : "zhifu-standing-v1")
            .text(standing.getAuthorisationId())
            .int32(standing.getRevision())
            .text(standing.getOfficerId())
            .texts(standing.getRules())
            .int64(Math.round(standing.getMinScore() * MILLIONTHS))
            .int64(standing.getMaxAmountFen())
            .texts(standing.getAccountKinds().stream().map(AccountKind::name).toList())
            .int32(standing.getMaxOrdersPerHour())
            .int32(standing.getMaxOrdersPerBankDay())
            .int32(standing.getMaxOrdersPerDay())
            .int64(standing.getMaxFenPerDay());
    if (money) {
      bytes.int64(standing.getMaxFenPerHour()).int64(standing.getMaxFenPerBankDay());
    }
    return bytes
        .time(standing.getValidFrom())
        .time(standing.getValidTo())
        .text(standing.getLegalOpinion())
        .flag(standing.getRevoked())
        .text(keyId)
        .toBytes();
  }

  static byte[] act(OfficerAct act, String keyId) {
    boolean ownStops =
        act.getReport() != null
            && act.getReport().getTransfers().stream()
                .anyMatch(transfer -> transfer.getOwnStop() != null);
    boolean bases =
        act.getReport() != null
            && act.getReport().getTransfers().stream()
                .anyMatch(transfer -> transfer.getBasis() != null);
    SignedBytes bytes =
        new SignedBytes(bases ? "zhifu-act-v3" : ownStops ? "zhifu-act-v2" : "zhifu-act-v1")
            .text(act.getActId())
            .text(act.getKind().name())
            .text(act.getOfficerId())
            .text(act.getRole())
            .optionalText(act.getSecondOfficerId())
            .time(act.getAt())
            .text(act.getObjectId())
            .optionalText(act.getAccountToken())
            .text(act.getReason())
            .flag(act.getReport() != null);
    if (act.getReport() != null) {
      report(bytes, act.getReport(), ownStops || bases, bases);
    }
    return bytes
        .texts(act.getDocuments())
        .text(keyId)
        .optionalBytes(act.getOrderSignature())
        .toBytes();
  }

  static byte[] publication(RulePublication publication, String keyId) {
    return new SignedBytes("zhifu-publication-v1")
        .text(publication.getRuleId())
        .int32(publication.getVersion())
        .text(publication.getStatus().name())
        .text(publication.getDocumentSha256())
        .time(publication.getEffectiveFrom())
        .text(publication.getAuthor())
        .optionalText(publication.getApprover())
        .text(publication.getReason())
        .text(keyId)
        .toBytes();
  }

  static byte[] ruleText(RulePublication publication, String keyId) {
    return new SignedBytes("zhifu-rule-text-v1")
        .text(publication.getRuleId())
        .int32(publication.getVersion())
        .text(publication.getDocumentSha256())
        .text(publication.getAuthor())
        .text(keyId)
        .toBytes();
  }

  static byte[] control(ActionControl control, String keyId) {
    SubjectKind subjectKind = control.getSubjectKind();
    SignedBytes bytes =
        new SignedBytes("zhifu-control-v1")
            .text(control.getControlId())
            .text(control.getKind().name())
            .optionalText(control.getRuleId())
            .int32(control.getHitsMax())
            .int64(control.getSpanMs())
            .optionalText(subjectKind == null ? null : subjectKind.name())
            .optionalText(control.getSubject())
            .flag(control.getUntil() != null);
    if (control.getUntil() != null) {
      bytes.time(control.getUntil());
    }
    return bytes
        .time(control.getAt())
        .text(control.getBy())
        .text(control.getReason())
        .text(keyId)
        .toBytes();
  }

  static byte[] recoveryAct(RecoveryAct act, String keyId) {
    SignedBytes bytes =
        new SignedBytes("zhifu-recovery-act-v1")
            .text(act.getActId())
            .text(act.getKind().name())
            .text(act.getCaseId())
            .text(act.getObjectId())
            .text(act.getEvent())
            .text(act.getOfficerId())
            .text(act.getRole())
            .optionalText(act.getSecondOfficerId())
            .time(act.getAt())
            .text(act.getReason())
            .texts(act.getDocuments())
            .flag(act.getAmountFen() != null);
    if (act.getAmountFen() != null) {
      bytes.int64(act.getAmountFen());
    }
    return bytes.optionalBytes(act.getDetail()).text(keyId).toBytes();
  }

  static byte[] auditEntry(AuditEntry entry) {
    return new SignedBytes("zhifu-audit-entry-v1")
        .text(entry.getChain())
        .int64(entry.getSequence())
        .text(entry.getKind().name())
        .text(entry.getObjectId())
        .int64(entry.getTransition())
        .optionalText(entry.getFromState())
        .text(entry.getState())
        .text(entry.getEvent())
        .text(entry.getRole())
        .text(entry.getActor())
        .optionalText(entry.getSecondActor())
        .text(entry.getReason())
        .texts(entry.getDocuments())
        .text(entry.getAuthorisation())
        .text(entry.getCause())
        .time(entry.getTickAt())
        .text(entry.getPreviousHash())
        .toBytes();
  }

  static byte[] auditRoot(AuditRoot root, String keyId) {
    SignedBytes bytes =
        new SignedBytes("zhifu-audit-root-v1")
            .int64(root.getSequence())
            .time(root.getTickAt())
            .int32(root.getChanged().size());
    for (ChainHead head : root.getChanged()) {
      bytes.text(head.getChain()).int64(head.getSequence()).text(head.getHash());
    }
    return bytes
        .int64(root.getChains())
        .text(root.getMerkleRoot())
        .text(root.getPreviousRoot())
        .text(keyId)
        .toBytes();
  }

  private static void report(
      SignedBytes bytes, VictimReport report, boolean ownStops, boolean bases) {
    bytes
        .text(report.getReportId())
        .time(report.getReportedAt())
        .time(report.getReceivedAt())
        .text(report.getHolderToken())
        .text(report.getTakenBy())
        .text(report.getReportChannel())
        .optionalText(report.getTypology())
        .int32(report.getTransfers().size());
    for (ReportedTransfer transfer : report.getTransfers()) {
      transfer(bytes, transfer);
      if (ownStops) {
        ownStop(bytes, transfer.getOwnStop());
      }
      if (bases) {
        basis(bytes, transfer.getBasis());
      }
    }
  }

  private static void transfer(SignedBytes bytes, ReportedTransfer transfer) {
    account(bytes, transfer.getPayer());
    account(bytes, transfer.getPayee());
    bytes
        .int64(transfer.getAmountFen())
        .time(transfer.getOccurredAt())
        .optionalText(transfer.getTransactionId())
        .optionalText(transfer.getPayeeBankTransactionId());
  }

  private static void ownStop(SignedBytes bytes, OwnStop stop) {
    bytes.flag(stop != null);
    if (stop != null) {
      bytes
          .text(stop.getApplicationId())
          .time(stop.getStartTime())
          .time(stop.getExpireTime())
          .int64(stop.getBalanceFen())
          .flag(stop.getCnyDemand());
    }
  }

  private static void basis(SignedBytes bytes, StopBasis basis) {
    bytes.flag(basis != null);
    if (basis != null) {
      bytes.optionalText(basis.getCaseReport()).flag(basis.getCnyDemand());
    }
  }

  /**
   * What identifies the account; what a bank may know of it at the time (balance, age) is not
   * signed.
   */
  private static void account(SignedBytes bytes, AccountRef account) {
    bytes
        .text(account.getAccountToken())
        .text(account.getBank())
        .optionalBytes(
            account.getCipher() == null ? null : ByteBuffer.wrap(Sha256.of(account.getCipher())));
  }
}
