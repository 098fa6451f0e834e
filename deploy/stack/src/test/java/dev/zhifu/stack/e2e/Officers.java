package dev.zhifu.stack.e2e;

import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signs what the story's officers decide, each with that officer's own DEMO key. */
final class Officers {
  private static final String DUTY_OFFICER = DemoKeys.FIRST_OFFICER;

  private final KeySigner duty = DemoKeys.person(DUTY_OFFICER);
  private final KeySigner head = DemoKeys.person(DemoKeys.AUTHORISER);

  /**
   * The victim of {@code movement}, booked at {@code booked}, reports it; an officer accepts at
   * {@code at}.
   */
  OfficerAct accept(String reportId, Movement movement, Instant booked, Instant at) {
    return accept(report(reportId, movement, booked, at, null), at);
  }

  /** An officer accepts a report. */
  OfficerAct accept(VictimReport report, Instant at) {
    String reportId = report.getReportId();
    return Signatures.sign(
        act("accept-" + reportId, ActKind.ACCEPT_REPORT, reportId, at)
            .setReport(report)
            .setDocuments(List.of("form:" + reportId, "id:" + reportId))
            .build(),
        duty);
  }

  /**
   * What the victim of {@code movement} reports.
   *
   * @param ownStop the stop that the payee's bank has made itself; null for none
   */
  static VictimReport report(
      String reportId, Movement movement, Instant booked, Instant at, OwnStop ownStop) {
    return VictimReport.newBuilder()
        .setReportId(reportId)
        .setReportedAt(at)
        .setReceivedAt(at)
        .setHolderToken(movement.payer().holder())
        .setTakenBy("desk-1")
        .setReportChannel("110")
        .setTransfers(
            List.of(
                ReportedTransfer.newBuilder()
                    .setPayer(movement.payer().account())
                    .setPayee(movement.payee().account())
                    .setAmountFen(movement.fen())
                    .setOccurredAt(booked)
                    .setTransactionId(movement.id())
                    .setPayeeBankTransactionId(movement.payeeBankId())
                    .setOwnStop(ownStop)
                    .build()))
        .build();
  }

  /** An officer signs the order that {@code request} asks for. */
  OfficerAct signOrder(StopPaymentRequest request, Instant at) {
    OfficerAct draft =
        act("sign-" + request.getApplicationId(), ActKind.SIGN_ORDER, request.getOrderId(), at)
            .setAccountToken(request.getTarget().getAccountToken())
            .build();
    return Signatures.signOrder(draft, AuthorisationSubject.of(request), duty);
  }

  /** An officer extends the stop of {@code request} by a second order. */
  OfficerAct extend(String actId, StopPaymentRequest request, Instant at) {
    OfficerAct draft =
        act(actId, ActKind.EXTEND, request.getOrderId(), at)
            .setAccountToken(request.getTarget().getAccountToken())
            .build();
    return Signatures.signOrder(draft, AuthorisationSubject.extending(request), duty);
  }

  /** An officer releases a stop. */
  OfficerAct release(StopPaymentRequest request, Instant at) {
    return Signatures.sign(
        act("release-" + request.getApplicationId(), ActKind.RELEASE, request.getOrderId(), at)
            .setAccountToken(request.getTarget().getAccountToken())
            .build(),
        duty);
  }

  /** An officer releases a stop for a reason that is a code, as a bank may read it. */
  OfficerAct release(StopPaymentRequest request, String reason, Instant at) {
    OfficerAct act = release(request, at);
    act.setReason(reason);
    return Signatures.sign(act, duty);
  }

  /** The head of the county bureau files the case (立案). */
  RecoveryAct file(String caseId, Instant at) {
    return decide(caseId, caseId, LifeKind.CASE, "FILED", "COUNTY_HEAD", null, at);
  }

  /**
   * An act about a life of recovery, by the head or by the duty officer as case officer.
   *
   * @param detail the object as the act makes or changes it; null when it changes none of its data
   */
  RecoveryAct decide(
      String caseId,
      String objectId,
      LifeKind kind,
      String event,
      String role,
      FreezeDetail detail,
      Instant at) {
    String officer =
        role.endsWith("HEAD")
            ? DemoKeys.AUTHORISER
            : role.equals("LEGAL_REVIEWER") ? DemoKeys.LEGAL : DUTY_OFFICER;
    try {
      return Signatures.sign(
          RecoveryAct.newBuilder()
              .setActId(event + "-" + objectId)
              .setKind(kind)
              .setCaseId(caseId)
              .setObjectId(objectId)
              .setEvent(event)
              .setOfficerId(officer)
              .setRole(role)
              .setAt(at)
              .setReason("story")
              .setDocuments(List.of("paper-1"))
              .setDetail(detail == null ? null : detail.toByteBuffer())
              .setKeyId("")
              .setSignature(ByteBuffer.allocate(0))
              .build(),
          DemoKeys.person(officer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An act about a paper, by two officers, with receipt and answer at hand.
   *
   * @param detail the answer typed in; null when the act brings none
   */
  RecoveryAct paper(String caseId, String paperId, String event, PaperDetail detail, Instant at) {
    try {
      return Signatures.sign(
          RecoveryAct.newBuilder()
              .setActId(event + "-" + paperId)
              .setKind(LifeKind.PAPER)
              .setCaseId(caseId)
              .setObjectId(paperId)
              .setEvent(event)
              .setOfficerId(DUTY_OFFICER)
              .setSecondOfficerId("officer-2")
              .setRole("CASE_OFFICER")
              .setAt(at)
              .setReason("story")
              .setDocuments(List.of("receipt:1", "answer:1"))
              .setDetail(detail == null ? null : detail.toByteBuffer())
              .setKeyId("")
              .setSignature(ByteBuffer.allocate(0))
              .build(),
          duty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An act about a refund, with identity checked, the notice at hand and a second officer.
   *
   * @param actId of this act
   * @param detail what it makes of the refund case; null when it changes none of its data
   */
  RecoveryAct refund(
      String actId,
      String caseId,
      String refundId,
      String event,
      String role,
      RefundDetail detail,
      Instant at) {
    boolean byHead = role.endsWith("HEAD");
    try {
      return Signatures.sign(
          RecoveryAct.newBuilder()
              .setActId(actId)
              .setKind(LifeKind.REFUND)
              .setCaseId(caseId)
              .setObjectId(refundId)
              .setEvent(event)
              .setOfficerId(byHead ? DemoKeys.AUTHORISER : DUTY_OFFICER)
              .setSecondOfficerId("officer-2")
              .setRole(role)
              .setAt(at)
              .setReason("story")
              .setDocuments(List.of("id:1", "notice:1"))
              .setDetail(detail == null ? null : detail.toByteBuffer())
              .setKeyId("")
              .setSignature(ByteBuffer.allocate(0))
              .build(),
          byHead ? head : duty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OfficerAct.Builder act(String id, ActKind kind, String object, Instant at) {
    return OfficerAct.newBuilder()
        .setActId(id)
        .setKind(kind)
        .setOfficerId(DUTY_OFFICER)
        .setRole("DUTY_OFFICER")
        .setAt(at)
        .setObjectId(object)
        .setReason("story")
        .setDocuments(List.of())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0));
  }

  /** Permission to sign for reports, in force from {@code from} for two days. */
  StandingAuthorisation standing(Instant from) {
    return standing(from, 1);
  }

  /** The same, given anew. */
  StandingAuthorisation standing(Instant from, int revision) {
    return Signatures.sign(
        StandingAuthorisation.newBuilder()
            .setAuthorisationId("standing-1")
            .setRevision(revision)
            .setOfficerId(DemoKeys.AUTHORISER)
            .setRules(List.of("REPORT", "T02"))
            .setMinScore(0.8)
            .setMaxAmountFen(50_000_000)
            .setAccountKinds(List.of(AccountKind.PERSONAL))
            .setMaxOrdersPerHour(10)
            .setMaxOrdersPerBankDay(10)
            .setMaxOrdersPerDay(20)
            .setMaxFenPerDay(1_000_000_000)
            .setMaxFenPerHour(1_000_000_000)
            .setMaxFenPerBankDay(1_000_000_000)
            .setValidFrom(from)
            .setValidTo(from.plus(Duration.ofDays(2)))
            .setLegalOpinion("OPINION-1")
            .setRenewedAt(from)
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build(),
        head);
  }
}
