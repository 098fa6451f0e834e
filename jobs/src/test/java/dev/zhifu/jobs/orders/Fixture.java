package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.KeySigner;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopBasis;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceGround;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Evidence, acts and answers of the tests. The default proposal is one that an authorisation covers
 * in every respect.
 */
final class Fixture {

  static final long T0 = Instant.parse("2026-03-02T02:00:00Z").toEpochMilli();
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  static final String MULE = "0123456789abcdef0123456789abcdef";
  static final String BANK = "B03";

  static final OrderKeys KEYS = open(DirectoryOrderKeys.ofDemo());
  static final KeySigner OFFICER = DemoKeys.person(DemoKeys.FIRST_OFFICER);
  static final KeySigner HEAD = DemoKeys.person(DemoKeys.AUTHORISER);

  private Fixture() {}

  static OrderKeys open(OrderKeysFactory factory) {
    try {
      return factory.open();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A proposal under construction; every field can be turned against a guard. */
  static final class Proposal {
    String account = MULE;
    AccountKind kind = AccountKind.PERSONAL;
    String cipher = "cipher of " + MULE;
    boolean holds = true;
    OrderOrigin origin = OrderOrigin.REPORT;
    String reportId = "report-1";
    String actId = "act-accept-1";
    String bankTransactionId = "B03-778";
    long amountFen = 4_000_000;
    long transferTimeMs = T0 - 20 * MINUTE;
    long tracedFen = 4_000_000;
    Long balanceFen = 5_000_000L;
    long balanceAtMs = T0 - 10 * MINUTE;
    double score = 0.95;
    List<String> ruleIds = List.of("REPORT", "T02");
    List<String> caseIds = List.of("case-1");
    boolean settled = true;
    boolean idle = false;
    long basisAtMs = T0;
    String cause = "act-accept-1";
    List<TraceGround> grounds = List.of(ground());
    List<String> ruleVersions = List.of("T02:3", "M01:1");
    OwnStop ownStop = null;
    StopBasis basis = null;

    Proposal with(java.util.function.Consumer<Proposal> change) {
      change.accept(this);
      return this;
    }

    StopProposal build() {
      AccountRef target = new AccountRef();
      target.setAccountToken(account);
      target.setCipher(cipher == null ? null : bytes(cipher));
      target.setBank(BANK);
      target.setKind(kind);
      return new StopProposal(
          account,
          target,
          holds,
          origin,
          caseIds,
          reportId,
          actId,
          bankTransactionId,
          amountFen,
          transferTimeMs,
          tracedFen,
          balanceFen,
          balanceAtMs,
          score,
          List.of(RuleFamily.T, RuleFamily.M),
          List.of("hit-1"),
          ruleIds,
          settled,
          idle,
          ReasonCode.VICTIM_REPORT,
          basisAtMs,
          cause,
          grounds,
          ruleVersions,
          ownStop,
          basis);
    }
  }

  /** Why a trace names the account, without any sign of good faith. */
  static TraceGround ground(GoodFaithSign... signs) {
    return TraceGround.newBuilder()
        .setReportId("report-1")
        .setCaseId("case-1")
        .setFromAccount("f".repeat(32))
        .setFromBank("B02")
        .setLevel(2)
        .setArrivedAt(java.time.Instant.ofEpochMilli(T0 - 10 * MINUTE))
        .setLowFen(4_000_000)
        .setHighFen(4_000_000)
        .setBalanceFen(5_000_000L)
        .setClaimedInFen(4_000_000)
        .setCreditsFen(4_500_000)
        .setGoodFaithSigns(List.of(signs))
        .build();
  }

  static Proposal proposal() {
    return new Proposal();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final StandingAuthorisation COVERS_ALL = authorisation(a -> {});

  static StandingAuthorisation authorisation() {
    return StandingAuthorisation.newBuilder(COVERS_ALL).build();
  }

  /**
   * An authorisation that covers the default proposal, given an hour before T0 and renewed at T0.
   */
  static StandingAuthorisation authorisation(
      java.util.function.Consumer<StandingAuthorisation> change) {
    StandingAuthorisation draft = new StandingAuthorisation();
    draft.setAuthorisationId("auth-1");
    draft.setRevision(1);
    draft.setOfficerId(DemoKeys.AUTHORISER);
    draft.setRules(List.of("REPORT", "T02"));
    draft.setMinScore(0.9);
    draft.setMaxAmountFen(10_000_000);
    draft.setAccountKinds(List.copyOf(EnumSet.allOf(AccountKind.class)));
    draft.setMaxOrdersPerHour(10);
    draft.setMaxOrdersPerBankDay(20);
    draft.setMaxOrdersPerDay(40);
    draft.setMaxFenPerDay(100_000_000);
    draft.setMaxFenPerHour(50_000_000);
    draft.setMaxFenPerBankDay(80_000_000);
    draft.setValidFrom(Instant.ofEpochMilli(T0 - HOUR));
    draft.setValidTo(Instant.ofEpochMilli(T0 + 30 * DAY));
    draft.setLegalOpinion("legal-opinion-7");
    draft.setRenewedAt(Instant.ofEpochMilli(T0));
    change.accept(draft);
    return Signatures.sign(draft, HEAD);
  }

  static StandingAuthorisation renewed(StandingAuthorisation given, long atMs) {
    return StandingAuthorisation.newBuilder(given).setRenewedAt(Instant.ofEpochMilli(atMs)).build();
  }

  static ClockTick tick(long atMs) {
    return new ClockTick(Instant.ofEpochMilli(atMs), atMs / SECOND, "clock-1", false);
  }

  private static OfficerAct draft(
      ActKind kind, String actId, String objectId, String account, long atMs, String reason) {
    OfficerAct act = new OfficerAct();
    act.setActId(actId);
    act.setKind(kind);
    act.setOfficerId(DemoKeys.FIRST_OFFICER);
    act.setRole("DUTY_OFFICER");
    act.setAt(Instant.ofEpochMilli(atMs));
    act.setObjectId(objectId);
    act.setAccountToken(account);
    act.setReason(reason);
    act.setDocuments(List.of());
    return act;
  }

  static OfficerAct act(ActKind kind, String actId, String objectId, long atMs, String reason) {
    return Signatures.sign(draft(kind, actId, objectId, MULE, atMs, reason), OFFICER);
  }

  static OfficerAct act(
      ActKind kind, String actId, String objectId, long atMs, String reason, String account) {
    return Signatures.sign(draft(kind, actId, objectId, account, atMs, reason), OFFICER);
  }

  static OfficerAct killSwitch(long atMs) {
    return Signatures.sign(
        draft(ActKind.KILL_SWITCH, "act-kill", "stop-orders", null, atMs, "drill of the switch"),
        OFFICER);
  }

  static OfficerAct signature(StopPaymentRequest request, String actId, long atMs) {
    return signature(request, actId, atMs, "DUTY_OFFICER");
  }

  static OfficerAct signature(StopPaymentRequest request, String actId, long atMs, String role) {
    OfficerAct draft =
        draft(
            ActKind.SIGN_ORDER,
            actId,
            request.getOrderId(),
            request.getTarget().getAccountToken(),
            atMs,
            "agreed");
    draft.setRole(role);
    return Signatures.signOrder(draft, AuthorisationSubject.of(request), OFFICER);
  }

  /** An officer extends the stop of an order. */
  static OfficerAct extension(StopPaymentRequest request, String actId, long atMs) {
    OfficerAct draft =
        draft(
            ActKind.EXTEND,
            actId,
            request.getOrderId(),
            request.getTarget().getAccountToken(),
            atMs,
            "the case is not filed yet");
    return Signatures.signOrder(draft, AuthorisationSubject.extending(request), OFFICER);
  }

  static StopPaymentReceipt receipt(AddressedOrder sent, ReceiptResult result, long atMs) {
    StopPaymentOrder order = Envelopes.open(sent.envelope());
    boolean stopped = result == ReceiptResult.STOPPED || result == ReceiptResult.STOPPED_ZERO;
    return StopPaymentReceipt.newBuilder()
        .setOrderId(order.getOrderId())
        .setApplicationId(order.getApplicationId())
        .setAccountToken(order.getAccountToken())
        .setBank(order.getBank())
        .setPayloadSha256(Envelopes.payloadSha256(sent.envelope()))
        .setResult(result)
        .setBalanceBeforeFen(stopped ? result == ReceiptResult.STOPPED ? 5_000_000L : 0L : null)
        .setStartTime(stopped ? Instant.ofEpochMilli(atMs) : null)
        .setExpireTime(stopped ? Instant.ofEpochMilli(atMs).plus(Duration.ofHours(48)) : null)
        .setAt(Instant.ofEpochMilli(atMs))
        .build();
  }

  static OrderInput record(AddressedOrder sent, long offset) {
    return OrderInput.record(
        sent.envelope(),
        Envelopes.open(sent.envelope()),
        "bank." + sent.bank() + ".orders",
        0,
        offset);
  }

  static ListEntry listed(ListKind list, String account) {
    return ListEntry.newBuilder()
        .setEntryId(list + ":ACCOUNT:" + account)
        .setList(list)
        .setSubject(ListSubject.ACCOUNT)
        .setToken(account)
        .setEffectiveFrom(Instant.ofEpochMilli(T0 - DAY))
        .setReason("settlement account")
        .setSource("city")
        .build();
  }

  static Set<SigningGuard> allBut(SigningGuard... dropped) {
    EnumSet<SigningGuard> guards = EnumSet.allOf(SigningGuard.class);
    guards.removeAll(List.of(dropped));
    return guards;
  }
}
