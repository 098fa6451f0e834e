package dev.zhifu.desk;

import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceIn;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.TraceStanding;
import dev.zhifu.wire.TraceTotals;
import dev.zhifu.wire.VictimReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The example of domain knowledge on one frozen account: 100,000 yuan frozen, losses of 60,000,
 * 90,000 and 50,000 of which time stamps do not tell whose is there.
 */
public final class RefundCast {
  public static final long FROZEN = 10_000_000;
  public static final List<Long> LOSSES = List.of(6_000_000L, 9_000_000L, 5_000_000L);

  private final DeskRig rig;
  private final RecoveryTwin recovery;
  private final List<AccountRef> victims = new ArrayList<>();
  private DeskRig.Told told;
  private String freezeId;

  public RefundCast(DeskRig rig, RecoveryTwin recovery) {
    this.rig = rig;
    this.recovery = recovery;
  }

  /** Reports, stop and freeze; the ledger has not answered yet. */
  public RefundCast frozen(String name) {
    return frozen(name, Cast.T0);
  }

  /** The same; the bank froze at {@code since}. */
  public RefundCast frozen(String name, Instant since) {
    told = rig.tell(name, FROZEN, "R-" + name);
    recovery.accepted(told.opened(), "R-" + name, Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "sent", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    freezeId = LifeOffers.freezeId(active);
    rig.caughtUp();
    FreezeDetail detail =
        new LifeOffers(rig.store(), null, DeskRig.AUTHORITY)
            .freeze(
                active,
                FreezeMode.AMOUNT,
                FROZEN,
                "账户内等额资金",
                false,
                "",
                false,
                OrderChannel.PLATFORM);
    recovery.frozen(caseId(), freezeId, detail, since);
    for (int i = 0; i < LOSSES.size(); i++) {
      AccountRef account =
          Cast.account("B01", String.format("6217010000009%06d", i), name + "的被害人" + i, 0);
      victims.add(account);
      // The last victim's report names no account of the victim's own.
      if (i < LOSSES.size() - 1) {
        rig.topics().write("victim.reports", claim(i), report(i, account));
      }
      TraceCase stated = traced(i, account);
      rig.topics().write("trace.cases", stated.getClaim(), stated);
    }
    rig.caughtUp();
    return this;
  }

  private String claim(int i) {
    return "R-" + freezeId + "-" + i;
  }

  private VictimReport report(int i, AccountRef account) {
    return VictimReport.newBuilder()
        .setReportId(claim(i))
        .setReportedAt(Cast.T0)
        .setReceivedAt(Cast.T0)
        .setHolderToken(account.getHolderToken())
        .setTakenBy("officer-1")
        .setReportChannel("110")
        .setTransfers(
            List.of(
                ReportedTransfer.newBuilder()
                    .setPayer(account)
                    .setPayee(told.mule())
                    .setAmountFen(LOSSES.get(i))
                    .setOccurredAt(Cast.T0.minusSeconds(900))
                    .build()))
        .build();
  }

  private TraceCase traced(int i, AccountRef account) {
    TraceParty mule =
        TraceParty.newBuilder()
            .setAccountToken(told.mule().getAccountToken())
            .setBank("B02")
            .setKind(told.mule().getKind())
            .build();
    TraceShare there =
        TraceShare.newBuilder()
            .setFifo(List.of(i == 0 ? 2_000_000L : LOSSES.get(i) - 1_500_000L))
            .setProRata(List.of(LOSSES.get(i) / 2))
            .setLowFen(LOSSES.get(i) / 3)
            .setHighFen(LOSSES.get(i))
            .build();
    TraceIn loss =
        TraceIn.newBuilder()
            .setEdge(
                TraceEdge.newBuilder()
                    .setTransferId("B01:2026030201" + i)
                    .setOccurredAt(Cast.T0.minusSeconds(900L - i * 60L))
                    .setAmountFen(LOSSES.get(i))
                    .setPayer(
                        TraceParty.newBuilder()
                            .setAccountToken(account.getAccountToken())
                            .setBank("B01")
                            .build())
                    .setPayee(mule)
                    .setBankTransactionId("r-2026030201" + i)
                    .build())
            .setShare(there)
            .setRevision(1)
            .setStanding(TraceStanding.FOUND)
            .setLoss(true)
            .build();
    return TraceCase.newBuilder()
        .setClaim(claim(i))
        .setCaseId(caseId())
        .setNumber(1)
        .setAccount(
            TraceAccount.newBuilder()
                .setAccount(mule)
                .setLevel(1)
                .setRevision(1)
                .setReportedAt(Cast.T0)
                .setLossFen(LOSSES.get(i))
                .setInflows(List.of(loss))
                .setRemaining(there)
                .setBalanceFen(FROZEN)
                .build())
        .setTotals(totals(LOSSES.get(i)))
        .build();
  }

  private static TraceTotals totals(long fen) {
    return TraceTotals.newBuilder()
        .setComplete(true)
        .setWeight(1)
        .setOnTheWay(0)
        .setAccounts(1)
        .setAtLimits(0)
        .setLossFifoFen(fen)
        .setLossProRataFen(fen)
        .setThereFifoFen(fen)
        .setThereProRataFen(fen)
        .setEndedFifoFen(0)
        .setEndedProRataFen(0)
        .build();
  }

  /** The ledger answers: pro rata. */
  public RefundCast planned() {
    List<RefundVictim> all = new ArrayList<>();
    for (int i = 0; i < victims.size(); i++) {
      all.add(
          RefundVictim.newBuilder()
              .setVictim(victims.get(i).getHolderToken())
              .setClaims(List.of(claim(i)))
              .setWay(RefundWay.PRORATA)
              .setWhy("FIFO 与 LIFO 所得不同：其间有他人入账")
              .setLossFen(LOSSES.get(i))
              .setTracedFen(LOSSES.get(i))
              .setThereFen(LOSSES.get(i) / 2)
              .setRefundedHereFen(0)
              .setRefundedFen(0)
              .setCompensationFen(0)
              .build());
    }
    recovery.plan(
        RefundPlan.newBuilder()
            .setFreezeId(freezeId)
            .setCaseId(caseId())
            .setAccount(told.mule())
            .setFrozenFen(FROZEN)
            .setFrozenInCaseFen(FROZEN)
            .setWay(RefundWay.PRORATA)
            .setVictims(all)
            .setObstacles(List.of())
            .setExamined(
                AccountExamined.newBuilder()
                    .setFreezeId(freezeId)
                    .setCaseId(caseId())
                    .setAccountToken(told.mule().getAccountToken())
                    .setFrozenAt(Cast.T0)
                    .setCredits(7)
                    .setBalanceFen(FROZEN)
                    .setOverflowed(false)
                    .setFindings(List.of())
                    .build())
            .setRevision(1)
            .build());
    return this;
  }

  public DeskRig.Told told() {
    return told;
  }

  public String freezeId() {
    return freezeId;
  }

  public String caseId() {
    return told.opened().getCaseId();
  }

  /** Holder token of the victim with that number. */
  public String victim(int i) {
    return victims.get(i).getHolderToken();
  }

  /** The account of the victim with that number. */
  public AccountRef account(int i) {
    return victims.get(i);
  }

  /** Time after the notice. */
  public static Instant afterNotice() {
    return Cast.T0.plus(java.time.Duration.ofDays(31));
  }
}
