package dev.zhifu.desk.acts;

import dev.zhifu.rules.lives.Role;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.RecoveryAct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What somebody wants to do about a life of recovery, before it is an act.
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
    ActKind kind) {

  /** An act that recovery alone hears. */
  public static LifeDraft of(
      LifeKind life, String caseId, String objectId, String event, Role role, String reason) {
    return new LifeDraft(life, caseId, objectId, event, role, reason, null, null, null);
  }

  /** The same with the object's data. */
  public LifeDraft with(SpecificRecordBase newDetail) {
    return new LifeDraft(life, caseId, objectId, event, role, reason, amountFen, newDetail, kind);
  }

  /** The same about an amount. */
  public LifeDraft with(Long newAmountFen) {
    return new LifeDraft(life, caseId, objectId, event, role, reason, newAmountFen, detail, kind);
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
            case APPEAL -> AppealDetail.getEncoder().encode((AppealDetail) detail);
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
    return act(
        actId,
        life,
        caseId,
        objectId,
        event,
        officerId,
        role.name(),
        secondId,
        at,
        reason,
        amountFen,
        detailBytes());
  }

  static RecoveryAct act(
      String actId,
      LifeKind life,
      String caseId,
      String objectId,
      String event,
      String officerId,
      String role,
      String secondId,
      Instant at,
      String reason,
      Long amountFen,
      byte[] detail) {
    return RecoveryAct.newBuilder()
        .setActId(actId)
        .setKind(life)
        .setCaseId(caseId)
        .setObjectId(objectId)
        .setEvent(event)
        .setOfficerId(officerId)
        .setRole(role)
        .setSecondOfficerId(secondId)
        .setAt(at)
        .setReason(reason)
        .setDocuments(List.of())
        .setAmountFen(amountFen)
        .setDetail(detail == null ? null : ByteBuffer.wrap(detail))
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }
}
