package dev.zhifu.desk;

import dev.zhifu.ingress.AccountSealer;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Booking;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.UnsignedReason;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Invented people and accounts, and what the engine would say about them. */
public final class Cast {
  public static final Instant T0 = Instant.parse("2026-03-02T18:10:00Z");
  public static final byte[] TOKEN_KEY = "token key of the tests".getBytes(StandardCharsets.UTF_8);

  private static final Tokens TOKENS = new Tokens(TOKEN_KEY);
  private static final AccountSealer SEALER =
      new AccountSealer(DemoKeys.directory(), new SecureRandom(), 100_000);

  private Cast() {}

  /** An account of a bank whose number tells its name. */
  public static AccountRef account(String bank, String number, String name, long balanceFen) {
    String token = TOKENS.account(bank, number);
    return AccountRef.newBuilder()
        .setAccountToken(token)
        .setCipher(SEALER.seal(bank, token, new ClearAccount(name, number)))
        .setBank(bank)
        .setHolderToken(TOKENS.holder("id of " + name))
        .setKind(AccountKind.PERSONAL)
        .setOpenedOn(LocalDate.of(2025, 11, 2))
        .setBalanceBeforeFen(balanceFen)
        .setRegion("150602")
        .setHolderAgeYears(66)
        .build();
  }

  public static BankTransaction transfer(
      String id, AccountRef payer, AccountRef payee, long fen, Instant at) {
    return BankTransaction.newBuilder()
        .setEventId(payer.getBank() + ":" + id + ":COMPLETED")
        .setSource(payer.getBank())
        .setTransactionId(id)
        .setKind(TransactionKind.TRANSFER)
        .setPhase(TransactionPhase.COMPLETED)
        .setOccurredAt(at)
        .setReceivedAt(at.plusMillis(40))
        .setAmountFen(fen)
        .setCurrency("CNY")
        .setPayer(payer)
        .setPayee(payee)
        .setChannel(Channel.MOBILE_APP)
        .setPayerBooking(booking(payer.getBank(), "p-" + id, at))
        .setPayeeBooking(booking(payee.getBank(), "r-" + id, at))
        .build();
  }

  private static Booking booking(String bank, String id, Instant at) {
    return Booking.newBuilder().setBank(bank).setBankTransactionId(id).setBookedAt(at).build();
  }

  public static TelecomEvent call(String id, AccountRef subscriber, Instant at) {
    return TelecomEvent.newBuilder()
        .setEventId("carrier:" + id)
        .setSource("carrier")
        .setKind(TelecomKind.CALL_START)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken(TOKENS.number("86139" + id.hashCode()))
        .setHolderToken(subscriber.getHolderToken())
        .setSessionId("s-" + id)
        .setPeerToken(TOKENS.number("0044" + id.hashCode()))
        .setPeerPrefix(PrefixClass.INTERNATIONAL)
        .setFirstContact(true)
        .build();
  }

  public static EnrichedEvent enriched(BankTransaction event, Features features) {
    return new EnrichedEvent(
        event.getEventId(), event.getOccurredAt(), null, event, features, 0, 1L);
  }

  public static EnrichedEvent enriched(TelecomEvent event) {
    return new EnrichedEvent(
        event.getEventId(), event.getOccurredAt(), null, event, new Features(), 0, 1L);
  }

  public static RuleHit hit(
      String rule,
      RuleFamily family,
      double weight,
      TelecomEvent call,
      BankTransaction paid,
      Features features) {
    List<Evidence> evidence =
        List.of(
            new Evidence("call", call.getEventId(), call.getOccurredAt(), Side.SUBJECT),
            new Evidence("payment", paid.getEventId(), paid.getOccurredAt(), Side.DEBIT));
    return RuleHit.newBuilder()
        .setHitId(Sha256.hex(rule + paid.getEventId()))
        .setRevision(1)
        .setHolds(true)
        .setIsFinal(false)
        .setRuleId(rule)
        .setRuleVersion(2)
        .setFamily(family)
        .setWeight(weight)
        .setActions(List.of(ActionCode.A2, ActionCode.A5))
        .setMonotone(true)
        .setKeyKind(KeyKind.HOLDER)
        .setKey(paid.getPayer().getHolderToken())
        .setEvidence(evidence)
        .setOccurredAt(paid.getOccurredAt())
        .setCauseEventId(paid.getEventId())
        .setTransaction(paid)
        .setFeatures(features)
        .build();
  }

  public static FraudCase fraudCase(RuleHit hit, long sequence, String reportId) {
    String subject = hit.getTransaction().getPayer().getHolderToken();
    return FraudCase.newBuilder()
        .setCaseId(
            EventIds.caseId(SubjectKind.HOLDER, subject, hit.getEvidence().get(0).getEventId()))
        .setSequence(sequence)
        .setChange(sequence == 1 ? CaseChangeKind.OPENED : CaseChangeKind.SCORE)
        .setSubjectKind(SubjectKind.HOLDER)
        .setSubject(subject)
        .setState(CaseState.ALERT)
        .setScore(hit.getWeight())
        .setFamilies(List.of(hit.getFamily()))
        .setShares(
            List.of(
                new ScoreShare(
                    hit.getHitId(),
                    hit.getRuleId(),
                    hit.getRuleVersion(),
                    hit.getFamily(),
                    hit.getWeight())))
        .setProposedActions(List.of(ActionCode.A2, ActionCode.A5))
        .setOccurredAt(hit.getOccurredAt())
        .setOpenedAt(hit.getEvidence().get(0).getOccurredAt())
        .setReportId(reportId)
        .build();
  }

  public static StopPaymentRequest request(
      FraudCase about, BankTransaction paid, String reportId, OrderState state, long sequence) {
    String orderId = EventIds.orderId(paid.getPayee().getAccountToken(), 1);
    boolean draft = state == OrderState.DRAFT;
    return StopPaymentRequest.newBuilder()
        .setOrderId(orderId)
        .setApplicationId(EventIds.applicationId(orderId))
        .setOrdinal(1)
        .setSequence(sequence)
        .setState(state)
        .setFromState(draft ? null : OrderState.DRAFT)
        .setOrigin(reportId == null ? OrderOrigin.HITS : OrderOrigin.REPORT)
        .setCaseIds(List.of(about.getCaseId()))
        .setReportId(reportId)
        .setTarget(paid.getPayee())
        .setBankTransactionId(paid.getPayeeBooking().getBankTransactionId())
        .setTransferAmountFen(paid.getAmountFen())
        .setTransferTime(paid.getPayeeBooking().getBookedAt())
        .setTracedFen(reportId == null ? 0 : paid.getAmountFen())
        .setScore(about.getScore())
        .setFamilies(about.getFamilies())
        .setHitIds(about.getShares().stream().map(ScoreShare::getHitId).toList())
        .setReasonCode(ReasonCode.VICTIM_AT_RISK)
        .setUnsigned(
            !draft
                ? List.of()
                : reportId == null
                    ? List.of(UnsignedReason.NO_ACCEPTED_REPORT, UnsignedReason.NO_AUTHORISATION)
                    : List.of(UnsignedReason.NO_AUTHORISATION))
        .setBasisAt(paid.getOccurredAt())
        .setCause(paid.getEventId())
        .setTickAt(paid.getOccurredAt().plusSeconds(1))
        .build();
  }

  /** The same order in its next state, brought about by {@code cause}. */
  public static StopPaymentRequest next(
      StopPaymentRequest before, OrderState state, String cause, Instant tickAt) {
    return StopPaymentRequest.newBuilder(before)
        .setSequence(before.getSequence() + 1)
        .setFromState(before.getState())
        .setState(state)
        .setCause(cause)
        .setTickAt(tickAt)
        .setUnsigned(List.of())
        .build();
  }

  public static BankInbound receipt(
      StopPaymentRequest order, ReceiptResult result, long balanceFen, Instant at) {
    boolean stopped = result == ReceiptResult.STOPPED || result == ReceiptResult.STOPPED_ZERO;
    return new BankInbound(
        order.getTarget().getBank(),
        StopPaymentReceipt.newBuilder()
            .setOrderId(order.getOrderId())
            .setApplicationId(order.getApplicationId())
            .setAccountToken(order.getTarget().getAccountToken())
            .setBank(order.getTarget().getBank())
            .setPayloadSha256("00")
            .setResult(result)
            .setBalanceBeforeFen(stopped ? balanceFen : null)
            .setStartTime(stopped ? at : null)
            .setExpireTime(stopped ? at.plus(Duration.ofHours(48)) : null)
            .setAt(at)
            .build());
  }

  public static VictimWarning warning(FraudCase about, WarningTier tier) {
    return VictimWarning.newBuilder()
        .setWarningId(Sha256.hex(about.getCaseId() + tier))
        .setSequence(1)
        .setCaseId(about.getCaseId())
        .setHolderToken(about.getSubject())
        .setTier(tier)
        .setAction(ActionCode.A2)
        .setTypology("V03")
        .setOccurredAt(about.getOccurredAt())
        .build();
  }

  /** Detection asks the account's bank to keep a payment's money in place. */
  public static RiskHold hold(AccountRef account, long fen, Instant at) {
    String holdId = EventIds.holdId("B01:" + fen, account.getAccountToken());
    return RiskHold.newBuilder()
        .setHoldId(holdId)
        .setSequence(1)
        .setAction(HoldAction.PLACE)
        .setBank(account.getBank())
        .setAccount(account)
        .setAmountFen(fen)
        .setReasonCode(ReasonCode.PASS_THROUGH)
        .setOccurredAt(at)
        .setEndsAt(at.plus(Duration.ofHours(24)))
        .setNoticeId(EventIds.noticeId(holdId))
        .build();
  }

  /** The notice of a hold, as detection gives it. */
  public static RestrictionNotice notice(RiskHold hold) {
    return RestrictionNotice.newBuilder()
        .setNoticeId(hold.getNoticeId())
        .setRestrictionId(hold.getHoldId())
        .setRestriction("RISK_HOLD")
        .setAccountToken(hold.getAccount().getAccountToken())
        .setBank(hold.getBank())
        .setReasonCode(hold.getReasonCode())
        .setFrom(hold.getOccurredAt())
        .setUntil(hold.getEndsAt())
        .setRelief("ask the bank")
        .setDocuments(List.of("identity document"))
        .build();
  }

  public static ClockTick tick(Instant at, long sequence) {
    return new ClockTick(at, sequence, "test", false);
  }
}
