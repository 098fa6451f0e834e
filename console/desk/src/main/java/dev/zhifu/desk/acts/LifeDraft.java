package dev.zhifu.desk.acts;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.VictimHoldDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What somebody wants to do about a life of recovery, before it is an act. In the role BANK it is
 * the bank's paper, typed in, and travels as an answer.
 *
 * @param life whose life
 * @param caseId the case
 * @param objectId the object; the case's own id for CASE
 * @param event event of its table (docs/lives.md)
 * @param role the role that the person acts in
 * @param reason a code or a sentence
 * @param amountFen amount, fen; null when it is about none
 * @param detail the object as the act makes or changes it; null when it changes none of its data
 * @param kind kind of the officer act that travels in its place; null for a recovery act
 * @param documents documents by id, each a line without its end
 */
public record LifeDraft(
    LifeKind life,
    String caseId,
    String objectId,
    String event,
    Role role,
    String reason,
    Long amountFen,
    SpecificRecordBase detail,
    ActKind kind,
    List<String> documents) {

  /** Stands for the second person while nobody has confirmed yet. */
  static final String SECOND = "…";

  /** What needs a second person at this desk beside cases and appeals (ADR-0122). */
  private static final Map<LifeKind, Set<String>> TWO =
      Map.of(
          LifeKind.REFUND,
          Set.of("OBJECTION_DECIDED", "PREPARED", "SERVED", "OTHER_ACCOUNT_NAMED", "REFUSED"),
          LifeKind.VICTIM_HOLD,
          Set.of("APPROVED", "HARDSHIP_ALLOWED", "LIFT_DECIDED"),
          LifeKind.PAPER,
          Set.of("SERVED"));

  /** Checks that a document is one line. */
  public LifeDraft {
    documents = documents.stream().map(one -> one.replaceAll("\\R", " ").strip()).toList();
  }

  /** One that names no document. */
  public LifeDraft(
      LifeKind life,
      String caseId,
      String objectId,
      String event,
      Role role,
      String reason,
      Long amountFen,
      SpecificRecordBase detail,
      ActKind kind) {
    this(life, caseId, objectId, event, role, reason, amountFen, detail, kind, List.<String>of());
  }

  /** An act that recovery alone hears. */
  public static LifeDraft of(
      LifeKind life, String caseId, String objectId, String event, Role role, String reason) {
    return new LifeDraft(life, caseId, objectId, event, role, reason, null, null, null);
  }

  /** The same with the object's data. */
  public LifeDraft with(SpecificRecordBase newDetail) {
    return new LifeDraft(
        life, caseId, objectId, event, role, reason, amountFen, newDetail, kind, documents);
  }

  /** The same about an amount. */
  public LifeDraft with(Long newAmountFen) {
    return new LifeDraft(
        life, caseId, objectId, event, role, reason, newAmountFen, detail, kind, documents);
  }

  /** The same with documents. */
  public LifeDraft with(List<String> newDocuments) {
    return new LifeDraft(
        life, caseId, objectId, event, role, reason, amountFen, detail, kind, newDocuments);
  }

  /** True when a second person of this desk must confirm it. */
  public boolean needsTwo() {
    return TWO.getOrDefault(life, Set.of()).contains(event);
  }

  /** True when it is the bank's word and not a person's. */
  boolean ofTheBank() {
    return role == Role.BANK;
  }

  /** The detail's bytes as they are signed; null when there is none. */
  byte[] detailBytes() {
    if (detail == null) {
      return null;
    }
    try {
      ByteBuffer bytes =
          switch (life) {
            case CASE -> CaseDetail.getEncoder().encode((CaseDetail) detail);
            case FREEZE -> FreezeDetail.getEncoder().encode((FreezeDetail) detail);
            case REFUND -> RefundDetail.getEncoder().encode((RefundDetail) detail);
            case VICTIM_HOLD -> VictimHoldDetail.getEncoder().encode((VictimHoldDetail) detail);
            case APPEAL -> AppealDetail.getEncoder().encode((AppealDetail) detail);
            case PAPER -> PaperDetail.getEncoder().encode((PaperDetail) detail);
            default -> throw new IllegalArgumentException("this desk changes no data of " + life);
          };
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a recovery act, not signed. */
  RecoveryAct act(String actId, String officerId, String secondId, Instant at) {
    return RecoveryAct.newBuilder()
        .setActId(actId)
        .setKind(life)
        .setCaseId(caseId)
        .setObjectId(objectId)
        .setEvent(event)
        .setOfficerId(officerId)
        .setRole(role.name())
        .setSecondOfficerId(secondId)
        .setAt(at)
        .setReason(reason)
        .setDocuments(documents)
        .setAmountFen(amountFen)
        .setDetail(detail == null ? null : ByteBuffer.wrap(detailBytes()))
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }
}
