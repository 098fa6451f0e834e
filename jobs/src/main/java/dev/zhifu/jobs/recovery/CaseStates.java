package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import java.util.List;

/**
 * What recovery says of a case on {@code risk.cases}: its state, beside what detection says of its
 * score. Its number is that of the transition in {@code recovery.lives}, so that a copy is the same
 * word again.
 */
final class CaseStates {
  private CaseStates() {}

  static FraudCase of(LifeTransition life) {
    CaseDetail detail = (CaseDetail) life.getDetail();
    return FraudCase.newBuilder()
        .setCaseId(life.getCaseId())
        .setSequence(life.getSequence())
        .setChange(CaseChangeKind.STATE)
        .setSubjectKind(detail.getSubjectKind())
        .setSubject(detail.getSubject())
        .setState(CaseState.valueOf(life.getState()))
        .setScore(detail.getScore())
        .setFamilies(List.of())
        .setShares(List.of())
        .setProposedActions(List.of())
        .setOccurredAt(life.getTickAt())
        .setOpenedAt(life.getTickAt())
        .setReportId(detail.getReportId())
        .build();
  }
}
