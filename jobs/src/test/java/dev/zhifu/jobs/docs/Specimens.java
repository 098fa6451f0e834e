package dev.zhifu.jobs.docs;

import dev.zhifu.jobs.decide.JoinState;
import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.orders.AccountOrders;
import dev.zhifu.jobs.orders.ControlState;
import dev.zhifu.jobs.orders.DirectoryOrderKeys;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.orders.StopOrdersFunction;
import dev.zhifu.jobs.recovery.RecoveryInput;
import dev.zhifu.jobs.score.CaseHead;
import dev.zhifu.jobs.score.PlacedHold;
import dev.zhifu.jobs.score.StateIndex;
import dev.zhifu.jobs.trace.Stated;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RefundFinding;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceGround;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/** Elements of usual size, every field set, to weigh states with. */
final class Specimens {
  private static final Instant AT = Instant.parse("2026-03-02T02:00:00Z");
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final int CIPHER_BYTES = 240;
  private static final Path ORDERS =
      Path.of("src", "test", "resources", "snapshots", "stop-orders-v1.snapshot");

  private Specimens() {}

  private static AccountRef account(String bank) {
    return AccountRef.newBuilder()
        .setAccountToken(TOKEN)
        .setCipher(ByteBuffer.allocate(CIPHER_BYTES))
        .setBank(bank)
        .setHolderToken(TOKEN)
        .setKind(AccountKind.PERSONAL)
        .setOpenedOn(LocalDate.parse("2020-01-01"))
        .setBalanceBeforeFen(4_000_000L)
        .setHolderAgeYears(61)
        .setRegion("140100")
        .build();
  }

  private static BankTransaction transaction() {
    return BankTransaction.newBuilder()
        .setEventId("B01:0000000001:COMPLETED")
        .setSource("B01")
        .setTransactionId("0000000001")
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(AT)
        .setReceivedAt(AT)
        .setAmountFen(4_000_000)
        .setCurrency("CNY")
        .setPayer(account("B01"))
        .setPayee(account("B02"))
        .setPayerBooking(new Booking("B01", "B01-0000000001", AT, 4_000_000L))
        .setPayeeBooking(new Booking("B02", "B02-0000000001", AT, 4_000_000L))
        .setDeviceToken(TOKEN)
        .build();
  }

  static RuleHit hit() {
    Evidence evidence = new Evidence("payment", transaction().getEventId(), AT, Side.DEBIT);
    return RuleHit.newBuilder()
        .setHitId(TOKEN)
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(false)
        .setRuleId("T02")
        .setRuleVersion(1)
        .setFamily(RuleFamily.T)
        .setWeight(0.5)
        .setActions(List.of(ActionCode.A2, ActionCode.A3))
        .setMonotone(true)
        .setKeyKind(KeyKind.HOLDER)
        .setKey(TOKEN)
        .setEvidence(List.of(evidence, evidence, evidence))
        .setOccurredAt(AT)
        .setCauseEventId(transaction().getEventId())
        .setTransaction(transaction())
        .setFeatures(Features.newBuilder().build())
        .build();
  }

  static EnrichedEvent enriched() {
    BankTransaction transaction = transaction();
    return new EnrichedEvent(
        transaction.getEventId(), AT, 1L, transaction, Features.newBuilder().build(), -1, -1L);
  }

  /** As matching keeps one: the event's Avro bytes. */
  static byte[] enrichedBytes() {
    return new byte[weigh(of(EnrichedEvent.class), enriched())];
  }

  static RulePublication publication() {
    return RulePublication.newBuilder()
        .setRuleId("T02")
        .setVersion(1)
        .setStatus(PublicationStatus.LIVE)
        .setDocument("x".repeat(3_000))
        .setDocumentSha256(TOKEN + TOKEN)
        .setEffectiveFrom(AT)
        .setAuthor("author-1")
        .setApprover("approver-1")
        .setReason("first version")
        .setKeyId("demo-approver-1")
        .setSignature(ByteBuffer.allocate(72))
        .build();
  }

  static ListEntry listEntry() {
    return new ListEntry(
        "POOLED:ACCOUNT:" + TOKEN,
        ListKind.POOLED,
        ListSubject.ACCOUNT,
        TOKEN,
        AT,
        AT,
        "settlement account",
        "city");
  }

  static CaseHead caseHead() {
    return new CaseHead(TOKEN, 3, 1, 2, 0.85, TOKEN, 3, TOKEN, 2, 1, true);
  }

  static StateIndex stateIndex() {
    return new StateIndex(List.of(TOKEN), List.of(1L));
  }

  static PlacedHold placedHold() {
    RiskHold hold =
        RiskHold.newBuilder()
            .setHoldId(TOKEN)
            .setSequence(1)
            .setAction(HoldAction.PLACE)
            .setBank("B02")
            .setAccount(account("B02"))
            .setBankTransactionId("B02-0000000001")
            .setAmountFen(4_000_000)
            .setReasonCode(ReasonCode.VICTIM_AT_RISK)
            .setOccurredAt(AT)
            .setEndsAt(AT)
            .setNoticeId(TOKEN)
            .build();
    return new PlacedHold(hold, List.of(TOKEN));
  }

  static HolderScore link() {
    ScoreShare share = new ScoreShare(TOKEN, "T02", 1, RuleFamily.T, 0.5);
    return new HolderScore(
        TOKEN,
        account("B02"),
        TOKEN,
        transaction(),
        TOKEN,
        List.of(share, share),
        List.of("A2", "A3"),
        true,
        false,
        TOKEN,
        1);
  }

  static ReportedAccount reported() {
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(account("B01"))
            .setPayee(account("B02"))
            .setAmountFen(4_000_000)
            .setOccurredAt(AT)
            .setTransactionId("0000000001")
            .setPayeeBankTransactionId("B02-0000000001")
            .build();
    return new ReportedAccount(TOKEN, transfer, TOKEN, TOKEN, 1, TOKEN, 4_000_000L, 1);
  }

  static StopProposal proposal() {
    return new StopProposal(
        TOKEN,
        account("B02"),
        true,
        OrderOrigin.HITS,
        List.of(TOKEN, TOKEN),
        TOKEN,
        TOKEN,
        "B02-0000000001",
        4_000_000,
        1,
        4_000_000,
        4_000_000L,
        1,
        0.85,
        List.of(RuleFamily.V, RuleFamily.T),
        List.of(TOKEN, TOKEN),
        List.of("V03", "T02"),
        true,
        false,
        ReasonCode.VICTIM_AT_RISK,
        1,
        TOKEN,
        List.of(),
        List.of(),
        null,
        null);
  }

  static JoinState joinState() {
    Announcement asked =
        new Announcement(transaction().getEventId(), "0000000001", "B01", 1, 801, 3);
    String part = "ACCOUNT:DEBIT:" + TOKEN;
    return new JoinState(asked, List.of(part, part, part), true, ReasonCode.VICTIM_AT_RISK, true);
  }

  /**
   * Bytes of an account with one stop in force, answered, from the stored snapshot of stop-orders.
   */
  static int bytesOfOneOrder() {
    try (var harness = stopOrders()) {
      AtomicLong most = new AtomicLong();
      KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
      backend.applyToAllKeys(
          VoidNamespace.INSTANCE,
          VoidNamespaceSerializer.INSTANCE,
          new ValueStateDescriptor<>(
              "stop-orders.account.v1", TypeInformation.of(AccountOrders.class)),
          (String key, ValueState<AccountOrders> account) ->
              most.accumulateAndGet(weigh(of(AccountOrders.class), account.value()), Math::max));
      return most.intValue();
    } catch (Exception e) {
      throw new IllegalStateException("The stored snapshot of stop-orders cannot be weighed", e);
    }
  }

  /** Bytes of the control state in the same snapshot. */
  static int bytesOfControl() {
    try (var harness = stopOrders()) {
      var kept =
          harness
              .getOperator()
              .getOperatorStateBackend()
              .getListState(
                  new ListStateDescriptor<>(
                      "stop-orders.control.v1", TypeInformation.of(ControlState.class)));
      return weigh(of(ControlState.class), kept.get().iterator().next());
    } catch (Exception e) {
      throw new IllegalStateException("The stored snapshot of stop-orders cannot be weighed", e);
    }
  }

  private static KeyedBroadcastOperatorTestHarness<String, OrderInput, ?, StopPaymentRequest>
      stopOrders() throws Exception {
    var function =
        new StopOrdersFunction(
            OrderSettings.defaults(Environment.DEMO), DirectoryOrderKeys.ofDemo());
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(StopOrdersFunction.BROADCAST)),
            OrderInput::accountToken,
            Types.STRING,
            4,
            1,
            0);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.initializeState(OperatorSnapshotUtil.readStateHandle(ORDERS.toString()));
    harness.open();
    return harness;
  }

  private static <T> TypeSerializer<T> of(Class<T> type) {
    return TypeInformation.of(type)
        .createSerializer(new org.apache.flink.api.common.serialization.SerializerConfigImpl());
  }

  /** Bytes that a serializer writes for a value. */
  static <T> int weigh(TypeSerializer<T> serializer, T value) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(1_024);
      serializer.serialize(value, out);
      return out.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A freeze in force, with its clocks. */
  static LifeTransition life() {
    return LifeTransition.newBuilder()
        .setObjectId("f".repeat(64))
        .setKind(LifeKind.FREEZE)
        .setCaseId("c".repeat(64))
        .setSequence(5)
        .setFromState("SENT")
        .setState("ACTIVE")
        .setEvent("BANK_FROZE")
        .setRole("BANK")
        .setActor("B01")
        .setReason("")
        .setDocuments(List.of("document-1"))
        .setAuthorisation("act-4")
        .setCause("answer-1")
        .setTickAt(Instant.EPOCH)
        .setClocks(List.of(new LifeClock("TERM_ENDED", Instant.EPOCH)))
        .setTaken(List.of("act-1", "act-2", "act-3", "act-4", "answer-1"))
        .setDetail(
            FreezeDetail.newBuilder()
                .setApplicationId("00000000-0000-0000-0000-000000000001")
                .setTarget(account("B01"))
                .setAuthority("county")
                .setChannel(OrderChannel.PLATFORM)
                .setMode(FreezeMode.AMOUNT)
                .setAmountFen(4_000_000)
                .setTracedFen(4_000_000)
                .setTraceId("trace-1")
                .setTermMonths(6)
                .setScope("the amount")
                .setFruits(false)
                .setStartAt(Instant.EPOCH)
                .setExpiresAt(Instant.EPOCH)
                .setFrozenFen(4_000_000)
                .build())
        .build();
  }

  static ChainHead chainHead() {
    return new ChainHead("c".repeat(64), 7L, "0".repeat(64));
  }

  static RecoveryInput recoveryInput() {
    return RecoveryInput.record(life());
  }

  static AccountRef traceAccount() {
    return account("B02");
  }

  static Stated stated() {
    return new Stated("report-1", new byte[400], traceAccount(), traceGround());
  }

  static TraceGround traceGround() {
    return TraceGround.newBuilder()
        .setReportId("report-1")
        .setCaseId(TOKEN)
        .setFromAccount(TOKEN)
        .setFromBank("B01")
        .setLevel(2)
        .setArrivedAt(Instant.EPOCH)
        .setLowFen(4_000_000)
        .setHighFen(4_000_000)
        .setBalanceFen(4_000_000L)
        .setClaimedInFen(4_000_000)
        .setCreditsFen(4_000_000)
        .setGoodFaithSigns(List.of(GoodFaithSign.WAGES))
        .build();
  }

  static TraceClaim traceClaim() {
    return new TraceClaim("report-1", TOKEN, recoveryAcceptance());
  }

  static AccountExamined examined() {
    return AccountExamined.newBuilder()
        .setFreezeId("f".repeat(64))
        .setCaseId("c".repeat(64))
        .setAccountToken(TOKEN)
        .setFrozenAt(Instant.EPOCH)
        .setCredits(3)
        .setBalanceFen(4_000_000)
        .setFindings(
            List.of(
                new RefundFinding("report-1", RefundWay.PRORATA, 4_000_000L, 4_000_000L, "先进先出")))
        .build();
  }

  static RefundPlan refundPlan() {
    return RefundPlan.newBuilder()
        .setFreezeId("f".repeat(64))
        .setCaseId("c".repeat(64))
        .setAccount(account("B02"))
        .setFrozenFen(4_000_000)
        .setFrozenInCaseFen(4_000_000)
        .setWay(RefundWay.PRORATA)
        .setVictims(
            List.of(
                RefundVictim.newBuilder()
                    .setVictim(TOKEN)
                    .setClaims(List.of("report-1"))
                    .setWay(RefundWay.PRORATA)
                    .setWhy("先进先出")
                    .setLossFen(4_000_000)
                    .setTracedFen(4_000_000)
                    .setThereFen(4_000_000)
                    .setNormalisedFen(4_000_000L)
                    .setLiteralFen(4_000_000L)
                    .build()))
        .setExamined(examined())
        .setRevision(1)
        .build();
  }

  static FollowOn followOn() {
    return FollowOn.newBuilder()
        .setClaim("report-1")
        .setCaseId(TOKEN)
        .setActId("act-1")
        .setVictim(TOKEN)
        .setAcceptedAt(Instant.EPOCH)
        .setRevision(1)
        .setHolds(true)
        .setTarget(traceAccount())
        .setLevel(2)
        .setEdge(
            TraceEdge.newBuilder()
                .setTransferId("B01:0000000001")
                .setOccurredAt(Instant.EPOCH)
                .setAmountFen(4_000_000)
                .setPayer(new TraceParty(TOKEN, "B01", AccountKind.PERSONAL))
                .setPayee(new TraceParty(TOKEN, "B02", AccountKind.PERSONAL))
                .build())
        .setThereFen(4_000_000)
        .setBalanceFen(4_000_000)
        .setAt(Instant.EPOCH)
        .setGround(traceGround())
        .build();
  }

  /** An act that accepts a report of one transfer. */
  static OfficerAct recoveryAcceptance() {
    ReportedTransfer transfer =
        ReportedTransfer.newBuilder()
            .setPayer(account("B01"))
            .setPayee(account("B02"))
            .setAmountFen(4_000_000)
            .setOccurredAt(Instant.EPOCH)
            .build();
    return OfficerAct.newBuilder()
        .setActId("act-1")
        .setKind(ActKind.ACCEPT_REPORT)
        .setOfficerId("officer-1")
        .setRole("DUTY_OFFICER")
        .setAt(Instant.EPOCH)
        .setObjectId("report-1")
        .setReason("accepted")
        .setReport(
            VictimReport.newBuilder()
                .setReportId("report-1")
                .setReportedAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setHolderToken("h".repeat(32))
                .setTakenBy("station-1")
                .setReportChannel("110")
                .setTransfers(List.of(transfer))
                .build())
        .setDocuments(List.of("form-1", "id-1"))
        .setKeyId("demo-officer-1")
        .setSignature(ByteBuffer.wrap(new byte[70]))
        .build();
  }

  /** A bank's own stop that waits for its order. */
  static PaperworkClock paperwork() {
    return new PaperworkClock(
        "c".repeat(64), false, "R-" + "0".repeat(32), "B01", 1, 86_400_001, 72_000_001);
  }

  /** A stop in force. */
  static StopPaymentRequest stopRequest() {
    return StopPaymentRequest.newBuilder()
        .setOrderId("o".repeat(64))
        .setApplicationId("00000000-0000-0000-0000-000000000001")
        .setOrdinal(1)
        .setSequence(4)
        .setState(OrderState.ACTIVE)
        .setFromState(OrderState.SENT)
        .setOrigin(OrderOrigin.REPORT)
        .setCaseIds(List.of("c".repeat(64)))
        .setReportId("report-1")
        .setTarget(account("B01"))
        .setBankTransactionId("bank-transaction-1")
        .setTransferAmountFen(4_000_000)
        .setTransferTime(Instant.EPOCH)
        .setTracedFen(4_000_000)
        .setScore(0.9)
        .setFamilies(List.of(RuleFamily.V, RuleFamily.M))
        .setHitIds(List.of("h".repeat(64)))
        .setReasonCode(ReasonCode.VICTIM_REPORT)
        .setBasisAt(Instant.EPOCH)
        .setCause("receipt-1")
        .setTickAt(Instant.EPOCH)
        .setGrounds(List.of(traceGround()))
        .build();
  }
}
