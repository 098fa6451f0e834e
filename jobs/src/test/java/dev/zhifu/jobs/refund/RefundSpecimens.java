package dev.zhifu.jobs.refund;

import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Freezes, refunds and reports for tests. */
public final class RefundSpecimens {
  /** When everything begins. */
  public static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");

  private RefundSpecimens() {}

  /** A freeze as it stands after its {@code sequence}-th transition. */
  public static LifeTransition freeze(
      String id, String caseId, String account, long sequence, long frozenFen, long refundedFen) {
    boolean gone = frozenFen == 0 && refundedFen > 0;
    return life(
        id,
        LifeKind.FREEZE,
        caseId,
        sequence,
        gone ? "RELEASED" : refundedFen > 0 ? "PARTIAL" : "ACTIVE",
        refundedFen > 0 ? "REFUND_EXECUTED" : "BANK_FROZE",
        FreezeDetail.newBuilder()
            .setApplicationId("00000000-0000-0000-0000-000000000001")
            .setTarget(account(account))
            .setAuthority("county")
            .setChannel(OrderChannel.PLATFORM)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(frozenFen + refundedFen)
            .setTracedFen(frozenFen + refundedFen)
            .setTermMonths(6)
            .setStartAt(T0)
            .setExpiresAt(T0.plusSeconds(180 * 86_400L))
            .setFrozenFen(frozenFen)
            .setRefundedFen(refundedFen)
            .build());
  }

  /** The account of a freeze. */
  public static AccountRef target(LifeTransition freeze) {
    return ((FreezeDetail) freeze.getDetail()).getTarget();
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setBank("B01")
        .setKind(AccountKind.PERSONAL)
        .build();
  }

  /** A refund case as an act states it. */
  public static RefundDetail refund(String freezeId, List<RefundShare> shares) {
    return RefundDetail.newBuilder()
        .setFreezeId(freezeId)
        .setShares(shares)
        .setEveryHopProved(true)
        .setCredits(1)
        .setTimestampsDecide(true)
        .setOwnershipClear(true)
        .build();
  }

  /** A share that goes to an account of the victim. */
  public static RefundShare share(
      String victim, long lossFen, long tracedFen, long compensationFen, long refundFen) {
    return RefundShare.newBuilder()
        .setVictim(victim)
        .setAccountToken(victim + "-account")
        .setAccountHolder(victim)
        .setLossFen(lossFen)
        .setTracedFen(tracedFen)
        .setCompensationFen(compensationFen)
        .setRefundFen(refundFen)
        .build();
  }

  /** A transition of a life. */
  public static LifeTransition life(
      String id,
      LifeKind kind,
      String caseId,
      long sequence,
      String state,
      String event,
      Object detail) {
    return LifeTransition.newBuilder()
        .setObjectId(id)
        .setKind(kind)
        .setCaseId(caseId)
        .setSequence(sequence)
        .setState(state)
        .setEvent(event)
        .setRole("CASE_OFFICER")
        .setActor("officer-1")
        .setSecondActor("officer-2")
        .setCause("act-" + sequence)
        .setTickAt(T0.plusSeconds(sequence))
        .setDetail(detail)
        .build();
  }

  /** What a ledger says. */
  public static AccountExamined examined(
      String freezeId, String caseId, String account, List<RefundFinding> findings) {
    return AccountExamined.newBuilder()
        .setFreezeId(freezeId)
        .setCaseId(caseId)
        .setAccountToken(account)
        .setFrozenAt(T0)
        .setCredits(findings.size())
        .setBalanceFen(findings.stream().mapToLong(RefundFinding::getThereFen).sum())
        .setFindings(findings)
        .build();
  }

  /** An accepted report of one transfer. */
  public static TraceClaim claim(String claim, String caseId, String victim, long lossFen) {
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId(claim)
            .setReportedAt(T0)
            .setReceivedAt(T0)
            .setHolderToken(victim)
            .setTakenBy("officer-1")
            .setReportChannel("110")
            .setTransfers(
                List.of(
                    ReportedTransfer.newBuilder()
                        .setPayer(account(victim + "-account"))
                        .setPayee(account("mule"))
                        .setAmountFen(lossFen)
                        .setOccurredAt(T0)
                        .build()))
            .build();
    return new TraceClaim(
        claim,
        caseId,
        OfficerAct.newBuilder()
            .setActId("accept-" + claim)
            .setKind(ActKind.ACCEPT_REPORT)
            .setOfficerId("officer-1")
            .setRole("DUTY_OFFICER")
            .setAt(T0)
            .setObjectId(claim)
            .setReason("report complete")
            .setReport(report)
            .setDocuments(List.of("form-1"))
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build());
  }
}
