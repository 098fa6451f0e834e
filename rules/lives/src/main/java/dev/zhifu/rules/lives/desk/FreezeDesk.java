package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.channel.MessageCode;
import dev.zhifu.rules.lives.freeze.FreezeEffect;
import dev.zhifu.rules.lives.freeze.FreezeEvent;
import dev.zhifu.rules.lives.freeze.FreezeFact;
import dev.zhifu.rules.lives.freeze.FreezeState;
import dev.zhifu.rules.lives.freeze.FreezeTable;
import dev.zhifu.rules.lives.paper.PaperTable;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.StopDetail;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Freezes. */
final class FreezeDesk extends Desk<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> {

  /** Signs that a person must answer; that others pay in too binds nothing (ADR-0087). */
  private static final Set<GoodFaithSign> BINDING =
      Set.of(GoodFaithSign.SELLS, GoodFaithSign.WAGES);

  private static final List<String> ESCALATION =
      List.of("ESCALATE_BANK", "ESCALATE_BANNER", "ESCALATE_CITY");

  FreezeDesk(LifeTable<FreezeState, FreezeEvent, FreezeFact, FreezeEffect> table) {
    super(LifeKind.FREEZE, table, FreezeState.class, FreezeEvent.class, FreezeFact.class);
  }

  static FreezeDetail of(LifeTransition life) {
    return (FreezeDetail) life.getDetail();
  }

  /** True when the freeze of {@code life} keeps money at its bank. */
  static boolean holds(LifeTransition life) {
    return life != null
        && life.getKind() == LifeKind.FREEZE
        && FreezeTable.HOLDING.contains(FreezeState.valueOf(life.getState()));
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    if (!(happening.detail() instanceof FreezeDetail told)) {
      return null;
    }
    FreezeDetail fresh = FreezeDetail.newBuilder(told).build();
    // What only the bank, the review and the law give is never taken from a proposal.
    fresh.setStartAt(null);
    fresh.setExpiresAt(null);
    fresh.setFrozenFen(0L);
    fresh.setVerifiedFen(null);
    fresh.setRefundedFen(0L);
    fresh.setReviewedBy("");
    fresh.setReviewedAt(null);
    fresh.setReleaseReason("");
    fresh.setCaseAccounts(0);
    fresh.setRestFen(0L);
    fresh.setRestAskedFen(0L);
    fresh.setBeforeRenewal("");
    return fresh;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, FreezeEvent event, Happening happening) {
    FreezeDetail held = of(draft);
    switch (event) {
      case SUBMITTED -> {
        held.setCaseAccounts(accountsOfCase(turn, draft) + 1);
        countBatch(turn, draft);
      }
      case APPROVED -> {
        terms(held, happening);
        countBatch(turn, draft);
      }
      case RENEWAL_ASKED -> terms(held, happening);
      case VERIFIED_PART, VERIFIED_ALL -> held.setVerifiedFen(happening.amountFen());
      case FOUND_UNRELATED, APPEAL_UPHELD, CASE_DROPPED, THREE_MONTHS_OVER ->
          held.setReleaseReason(event.name());
      case BANK_FROZE, BANK_QUEUED, BANK_RENEWED -> answered(held, happening.answer());
      default -> {
        // The others carry no data of the freeze.
      }
    }
  }

  private static void terms(FreezeDetail held, Happening happening) {
    if (happening.detail() instanceof FreezeDetail told) {
      held.setTermMonths(told.getTermMonths());
      held.setBatchAccounts(Math.max(held.getBatchAccounts(), told.getBatchAccounts()));
    }
  }

  /**
   * Counts the accounts put forward at once: those of the case that are under review, approved or
   * sent and not yet answered, this one included. What a proposal says of its batch can only raise
   * it (ADR-0146).
   */
  private static void countBatch(Turn turn, LifeTransition draft) {
    FreezeDetail held = of(draft);
    long others =
        turn.file().all(LifeKind.FREEZE).stream()
            .filter(life -> !life.getObjectId().equals(draft.getObjectId()))
            .filter(life -> FreezeTable.AT_ONCE.contains(FreezeState.valueOf(life.getState())))
            .count();
    held.setBatchAccounts(Math.max(held.getBatchAccounts(), (int) others + 1));
  }

  /** The first word that a released freeze is lifted; a second one is of no lift. */
  private static void timeLift(Turn turn, LifeTransition draft, Happening happening) {
    LifeTransition before = turn.file().get(draft.getObjectId());
    String lifted = FreezeEvent.BANK_LIFTED.name();
    if (happening.event().equals(lifted)
        && happening.answer() != null
        && !before.getEvent().equals(lifted)) {
      Instant start = happening.answer().getStartTime();
      turn.lifted(before, happening.answer().getChannel(), start == null ? happening.at() : start);
    }
  }

  private static void answered(FreezeDetail held, ChannelAnswer answer) {
    if (answer != null && !answer.getDocumentNumber().isEmpty()) {
      held.setDocumentNumber(answer.getDocumentNumber());
      held.setSeal(answer.getSeal());
    }
  }

  /** Accounts of the case that were put forward before, whatever became of them. */
  private static int accountsOfCase(Turn turn, LifeTransition draft) {
    LifeTransition owner = turn.file().get(turn.file().caseId());
    if (of(draft).getCaseAccounts() > 0) {
      return of(draft).getCaseAccounts() - 1;
    }
    return owner != null && owner.getDetail() instanceof CaseDetail detail
        ? detail.getFreezeAccounts()
        : 0;
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      FreezeEvent event,
      Happening happening,
      Findings<FreezeFact> findings) {
    FreezeDetail held = of(draft);
    aboutTheCase(turn, held, happening, findings);
    findings.found(
        FreezeFact.NOT_FROZEN_HERE, other(turn, draft).isEmpty(), "freeze " + other(turn, draft));
    aboutTheNotice(turn, held, findings);
    aboutApproval(held, happening, findings);
    aboutTheAnswer(held, happening, findings);
    aboutTime(turn, held, happening, findings);
    aboutMoney(turn, draft, happening, findings);
  }

  private static void aboutTheCase(
      Turn turn, FreezeDetail held, Happening happening, Findings<FreezeFact> findings) {
    findings
        .found(FreezeFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            FreezeFact.CASE_FILED,
            turn.file().filed(),
            "case "
                + turn.file().caseId()
                + " is "
                + turn.file().caseState().orElse(null)
                + HandOver.to(turn.file())
                    .map(body -> ", " + HandOver.whose(turn.file()))
                    .orElse(""))
        .found(
            FreezeFact.MONEY_LINKED,
            !held.getTraceId().isBlank() && linked(orders(turn, held)),
            "trace '"
                + held.getTraceId()
                + "', stop orders of the case on the account: "
                + orders(turn, held).size()
                + ", by which "
                + traced(orders(turn, held))
                + " fen were traced");
    aboutTheHolder(orders(turn, held), held, findings);
  }

  /** What the orders say of an account counts beside what whoever proposes says (ADR-0162). */
  private static void aboutTheHolder(
      List<StopDetail> orders, FreezeDetail held, Findings<FreezeFact> findings) {
    List<GoodFaithSign> signs =
        orders.stream()
            .flatMap(order -> order.getGoodFaithSigns().stream())
            .filter(BINDING::contains)
            .distinct()
            .sorted()
            .toList();
    boolean pooled = orders.stream().anyMatch(StopDetail::getPooled);
    findings
        .found(
            FreezeFact.NO_GOOD_FAITH,
            !held.getGoodFaithSigns() && (signs.isEmpty() || !held.getGoodFaithHeard().isBlank()),
            "signs by the proposal: "
                + held.getGoodFaithSigns()
                + ", by traces: "
                + signs
                + ", heard: '"
                + held.getGoodFaithHeard()
                + "'")
        .found(
            FreezeFact.NOT_POOLED,
            held.getTarget().getKind() != AccountKind.POOLED && !pooled,
            "account is "
                + held.getTarget().getKind()
                + (pooled ? ", a stop order calls it pooled" : ""));
  }

  /** Stop orders of the case on the account, whatever became of them. */
  private static List<StopDetail> orders(Turn turn, FreezeDetail held) {
    return turn.file().all(LifeKind.STOP_ORDER).stream()
        .map(life -> (StopDetail) life.getDetail())
        .filter(order -> order.getAccountToken().equals(held.getTarget().getAccountToken()))
        .toList();
  }

  /** An order from before its traced sum was kept links the account too. */
  private static boolean linked(List<StopDetail> orders) {
    return orders.stream()
        .anyMatch(order -> order.getTracedFen() == null || order.getTracedFen() > 0);
  }

  /** The most that an order traces to the account, fen; null when none says. */
  private static Long traced(List<StopDetail> orders) {
    return orders.stream()
        .map(StopDetail::getTracedFen)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }

  /** Another freeze of the same account by the same body that is not over; empty for none. */
  private static String other(Turn turn, LifeTransition draft) {
    FreezeDetail held = of(draft);
    return turn.file().all(LifeKind.FREEZE).stream()
        .filter(life -> !life.getObjectId().equals(draft.getObjectId()))
        .filter(life -> !FreezeTable.ENDED.contains(FreezeState.valueOf(life.getState())))
        .filter(
            life ->
                of(life).getTarget().getAccountToken().equals(held.getTarget().getAccountToken())
                    && of(life).getAuthority().equals(held.getAuthority()))
        .map(LifeTransition::getObjectId)
        .findFirst()
        .orElse("");
  }

  private static void aboutTheNotice(Turn turn, FreezeDetail held, Findings<FreezeFact> findings) {
    boolean whole = held.getMode() == FreezeMode.WHOLE;
    Long traced = traced(orders(turn, held));
    boolean within =
        held.getAmountFen() <= held.getTracedFen()
            && (traced == null || held.getAmountFen() <= traced);
    findings
        .found(
            FreezeFact.NOTICE_COMPLETE,
            held.getTarget().getCipher() != null
                && held.getAmountFen() > 0
                && held.getTermMonths() > 0
                && !held.getScope().isBlank()
                && held.getFruits() != null,
            "amount "
                + held.getAmountFen()
                + " fen, term "
                + held.getTermMonths()
                + " months, scope '"
                + held.getScope()
                + "', fruits "
                + held.getFruits()
                + ", name and number "
                + (held.getTarget().getCipher() == null ? "missing" : "there"))
        .found(
            FreezeFact.WITHIN_TRACED,
            whole || within,
            held.getAmountFen()
                + " fen asked, "
                + held.getTracedFen()
                + " fen traced by the proposal, "
                + traced
                + " by the stop orders")
        .found(
            FreezeFact.WHOLE_REASON_GIVEN,
            !whole || !held.getWholeReason().isBlank(),
            "whole account, reason '" + held.getWholeReason() + "'");
  }

  private static String review(FreezeDetail held) {
    return "read by '" + held.getReviewedBy() + "' at " + held.getReviewedAt();
  }

  private static void aboutApproval(
      FreezeDetail held, Happening happening, Findings<FreezeFact> findings) {
    boolean city = happening.role() == Role.CITY_HEAD;
    boolean few =
        held.getBatchAccounts() < LegalTerms.BATCH_FOR_CITY_HEAD
            && held.getCaseAccounts() < LegalTerms.CASE_FOR_CITY_HEAD;
    boolean shortTerm = held.getTermMonths() <= LegalTerms.FREEZE;
    findings
        .found(
            FreezeFact.LEGAL_REVIEW_DONE,
            held.getReviewedAt() != null && !held.getReviewedBy().equals(happening.actor()),
            review(held))
        .found(FreezeFact.NOT_REVIEWED, held.getReviewedAt() == null, review(held))
        .found(
            FreezeFact.HEAD_APPROVED,
            happening.role() == Role.COUNTY_HEAD || city,
            "by " + happening.role())
        .found(
            FreezeFact.CITY_HEAD_OR_FEW_ACCOUNTS,
            few || city,
            held.getBatchAccounts()
                + " accounts in the batch, "
                + held.getCaseAccounts()
                + " in the case, by "
                + happening.role())
        .found(
            FreezeFact.CITY_HEAD_OR_SHORT_TERM,
            held.getTermMonths() > 0
                && (shortTerm || city && held.getTermMonths() <= LegalTerms.LONG_FREEZE),
            held.getTermMonths() + " months, by " + happening.role())
        .found(
            FreezeFact.CHANNEL_LAWFUL,
            held.getChannel() != OrderChannel.DIRECT,
            "channel " + held.getChannel())
        .found(
            FreezeFact.REASON_GIVEN,
            !happening.reason().isBlank(),
            "reason '" + happening.reason() + "'")
        .found(
            FreezeFact.ORIGINAL_AUTHORITY,
            happening.detail() instanceof FreezeDetail told
                && told.getAuthority().equals(held.getAuthority()),
            "frozen by "
                + held.getAuthority()
                + ", asked by "
                + (happening.detail() instanceof FreezeDetail told ? told.getAuthority() : "?"));
  }

  private static String amounts(FreezeDetail held, ChannelAnswer answer) {
    return held.getMode()
        + ", "
        + held.getAmountFen()
        + " fen asked, "
        + answer.getAmountFen()
        + " fen frozen";
  }

  private static void aboutTheAnswer(
      FreezeDetail held, Happening happening, Findings<FreezeFact> findings) {
    ChannelAnswer answer = happening.answer();
    if (answer == null) {
      return;
    }
    findings
        .found(
            FreezeFact.OWN_FREEZE,
            (answer.getApplicationId().equals(held.getApplicationId())
                    || answer.getApplicationId().equals(renewalId(held)))
                && answer.getBank().equals(held.getTarget().getBank()),
            "answer of " + answer.getBank() + " to " + answer.getApplicationId())
        .found(
            FreezeFact.START_TIME_GIVEN,
            answer.getStartTime() != null,
            "start " + answer.getStartTime())
        .found(FreezeFact.NOT_FROZEN_YET, held.getStartAt() == null, "frozen " + held.getStartAt())
        .found(FreezeFact.ABOVE_ASKED, excess(held, answer) > 0, amounts(held, answer))
        .found(FreezeFact.WITHIN_ASKED, excess(held, answer) <= 0, amounts(held, answer));
  }

  /** What a bank froze above the sum that was asked, fen; of a whole account there is no above. */
  private static long excess(FreezeDetail held, ChannelAnswer answer) {
    return held.getMode() == FreezeMode.WHOLE
        ? 0
        : Math.max(0, answer.getAmountFen() - held.getAmountFen());
  }

  private static void aboutTime(
      Turn turn, FreezeDetail held, Happening happening, Findings<FreezeFact> findings) {
    if (held.getStartAt() == null || held.getExpiresAt() == null) {
      return;
    }
    Instant now = turn.now();
    boolean over = !now.isBefore(held.getExpiresAt());
    Instant threeMonths = LegalTerms.monthsEnd(held.getStartAt(), LegalTerms.VERIFY);
    Instant due =
        FreezeEvent.THREE_MONTHS_OVER.name().equals(happening.event())
            ? threeMonths
            : LegalTerms.monthsEnd(held.getStartAt(), LegalTerms.VERIFY_WHOLE);
    String end = "ends " + held.getExpiresAt() + ", now " + now;
    findings
        .found(FreezeFact.TERM_OVER, over, end)
        .found(FreezeFact.BEFORE_EXPIRY, !over, end)
        .found(FreezeFact.TEN_DAYS_AHEAD, LegalTerms.renewalInTime(now, held.getExpiresAt()), end)
        .found(FreezeFact.WHOLE_OR_RELATED, wholeOrRelated(held), "mode " + held.getMode())
        .found(FreezeFact.VERIFY_TIME_OVER, !now.isBefore(due), "due " + due + ", now " + now)
        .found(
            FreezeFact.WITHIN_THREE_MONTHS,
            now.isBefore(threeMonths),
            "three months end " + threeMonths + ", now " + now);
  }

  private static boolean wholeOrRelated(FreezeDetail held) {
    return held.getMode() == FreezeMode.WHOLE || held.getRelated();
  }

  private static void aboutMoney(
      Turn turn, LifeTransition draft, Happening happening, Findings<FreezeFact> findings) {
    FreezeDetail held = of(draft);
    Long amount = happening.amountFen();
    findings.found(
        FreezeFact.NOT_VERIFIED,
        held.getVerifiedFen() == null,
        "verified " + held.getVerifiedFen() + " fen");
    aboutTheRest(turn, draft, findings);
    aboutTheStateBefore(held, findings);
    if (amount == null) {
      return;
    }
    boolean rest = held.getRestFen() > 0;
    String sums = amount + " fen of " + held.getFrozenFen() + " fen frozen, rest " + rest(held);
    findings
        .found(FreezeFact.VERIFIED_BELOW_FROZEN, amount > 0 && amount < held.getFrozenFen(), sums)
        .found(FreezeFact.VERIFIED_ALL_FROZEN, amount >= held.getFrozenFen(), sums)
        .found(FreezeFact.WITHIN_FROZEN, amount > 0 && amount <= held.getFrozenFen(), sums)
        .found(FreezeFact.MONEY_LEFT, amount < held.getFrozenFen() || rest, sums)
        .found(FreezeFact.NOTHING_LEFT, amount == held.getFrozenFen() && !rest, sums);
  }

  private static void aboutTheRest(Turn turn, LifeTransition draft, Findings<FreezeFact> findings) {
    FreezeDetail held = of(draft);
    String rest = rest(held);
    boolean nothing =
        held.getRestFen() > 0
            && held.getRestFen() == held.getRestAskedFen()
            && held.getFrozenFen() == 0;
    String frozen = held.getFrozenFen() + " fen stay frozen, rest " + rest;
    findings
        .found(FreezeFact.REST_DUE, Rests.due(turn.file(), draft), rest)
        .found(FreezeFact.NO_REST_DUE, held.getRestFen() == 0, rest)
        .found(FreezeFact.NOTHING_FROZEN, nothing, frozen)
        .found(FreezeFact.STILL_FROZEN, !nothing, frozen);
  }

  private static void aboutTheStateBefore(FreezeDetail held, Findings<FreezeFact> findings) {
    // A renewal asked before the state was kept names none; it was in force.
    FreezeState was =
        held.getBeforeRenewal().isEmpty()
            ? FreezeState.ACTIVE
            : FreezeState.valueOf(held.getBeforeRenewal());
    String before = "before the renewal it was " + was;
    findings
        .found(FreezeFact.WAS_IN_FORCE, was == FreezeState.ACTIVE, before)
        .found(FreezeFact.WAS_VERIFY_DUE, was == FreezeState.VERIFY_DUE, before)
        .found(FreezeFact.WAS_RENEWED, was == FreezeState.RENEWED, before)
        .found(FreezeFact.WAS_PARTIAL, was == FreezeState.PARTIAL, before);
  }

  private static String rest(FreezeDetail held) {
    return held.getRestFen() + " fen to lift, " + held.getRestAskedFen() + " fen of it asked";
  }

  @Override
  void work(FreezeEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    FreezeDetail held = of(draft);
    switch (effect) {
      case COUNT_IN_CASE -> countInCase(turn, held);
      case SEND_FREEZE -> send(turn, draft, "100201", "协助冻结 freeze");
      case SEND_RELEASE -> send(turn, draft, "100203", "协助解除冻结 release the freeze");
      case SEND_RENEWAL -> send(turn, draft, "100205", "续行冻结 renew the freeze");
      case START_ANSWER_CLOCK -> {
        // A paper has clocks of its own: a bank cannot answer what is not served yet.
        if (held.getChannel() != OrderChannel.PAPER) {
          LegalTerms.ESCALATION.forEach(
              after -> Turn.start(draft, FreezeEvent.ANSWER_LATE.name(), turn.now().plus(after)));
        }
      }
      case END_ANSWER_CLOCK -> {
        Turn.end(draft, FreezeEvent.ANSWER_LATE.name());
        timeLift(turn, draft, happening);
      }
      case ESCALATE -> escalate(turn, draft, happening);
      case START_TERM -> startTerm(draft, happening);
      case END_TERM -> {
        Turn.end(draft, FreezeEvent.TERM_ENDED.name());
        Turn.end(draft, FreezeEvent.END_NEAR.name());
      }
      case START_VERIFY -> startVerify(draft, held);
      case END_VERIFY -> {
        Turn.end(draft, FreezeEvent.MONTH_OVER.name());
        Turn.end(draft, FreezeEvent.THREE_MONTHS_OVER.name());
      }
      case START_RELEASE_CLOCK ->
          Turn.start(
              draft, FreezeEvent.RELEASE_OVERDUE.name(), turn.now().plus(LegalTerms.RELEASE));
      case START_RELEASE_AT_ONCE -> {
        Turn.end(draft, FreezeEvent.RELEASE_OVERDUE.name());
        LegalTerms.ESCALATION.forEach(
            after -> Turn.start(draft, FreezeEvent.RELEASE_OVERDUE.name(), turn.now().plus(after)));
      }
      case END_RELEASE_CLOCK -> Turn.end(draft, FreezeEvent.RELEASE_OVERDUE.name());
      case GIVE_NOTICE ->
          turn.output()
              .notice(
                  Papers.notice(
                      draft, held.getTarget(), held.getStartAt(), held.getExpiresAt(), true));
      case END_NOTICE ->
          turn.output()
              .notice(
                  Papers.notice(
                      draft,
                      held.getTarget(),
                      held.getStartAt() == null ? turn.now() : held.getStartAt(),
                      turn.now(),
                      false));
      case REDUCE -> {
        held.setRestFen(held.getRestFen() + held.getFrozenFen() - happening.amountFen());
        held.setFrozenFen(happening.amountFen());
      }
      case NOTE_REVIEW -> {
        held.setReviewedBy(happening.actor());
        held.setReviewedAt(turn.now());
      }
      case KEEP_STATE -> keepState(draft, happening);
      case PREPARE_REST -> prepareRest(turn, draft, happening);
      case ALARM_ABOVE_ASKED ->
          turn.alarm(
              "FROZEN_ABOVE_ASKED",
              draft,
              "freeze "
                  + draft.getObjectId()
                  + ": "
                  + held.getAmountFen()
                  + " fen were asked and "
                  + held.getTarget().getBank()
                  + " froze "
                  + (held.getFrozenFen() + held.getRestFen())
                  + "; phone the bank, the part above is due for release",
              happening.cause());
      case SEND_REST_RELEASE -> {
        held.setRestAskedFen(held.getRestFen());
        request(
            turn,
            draft,
            OrderChannel.PAPER,
            MessageCode.LIFT_FREEZE.code(),
            held.getRestFen(),
            PaperTable.REST_OF_FREEZE);
      }
      case END_REST -> {
        held.setRestFen(held.getRestFen() - held.getRestAskedFen());
        held.setRestAskedFen(0L);
        if (held.getRestFen() == 0 && !draft.getState().equals(FreezeState.RELEASE_DUE.name())) {
          Turn.end(draft, FreezeEvent.RELEASE_OVERDUE.name());
        }
      }
      case REDUCE_BY_REFUND -> {
        held.setFrozenFen(held.getFrozenFen() - happening.amountFen());
        held.setRefundedFen(held.getRefundedFen() + happening.amountFen());
      }
      case PREPARE_RELEASE ->
          turn.alarm(
              "RELEASE_DUE",
              draft,
              "freeze "
                  + draft.getObjectId()
                  + " must be released "
                  + (happening.event().equals(FreezeEvent.APPEAL_UPHELD.name())
                      ? "at once"
                      : "within 3 days")
                  + " ("
                  + happening.event()
                  + "); the paper is ready, the head signs RELEASE_SIGNED",
              happening.cause());
      case WARN_OF_END ->
          turn.alarm(
              "END_NEAR",
              draft,
              "freeze "
                  + draft.getObjectId()
                  + " ends "
                  + held.getExpiresAt()
                  + "; last instant to renew "
                  + held.getExpiresAt().minus(LegalTerms.RENEWAL_AHEAD),
              happening.cause());
      case ALARM_OVERDUE ->
          turn.alarm(
              "OVERDUE",
              draft,
              "freeze " + draft.getObjectId() + ": " + happening.event(),
              happening.cause());
      case ALARM_REFUSED ->
          turn.alarm(
              "BANK_REFUSED",
              draft,
              "freeze "
                  + draft.getObjectId()
                  + ": "
                  + happening.event()
                  + " "
                  + happening.reason()
                  + "; a stop runs to its own end, phone the bank",
              happening.cause());
      case MAKE_NOTICE, CONVERT_STOP -> {
        // Said by the transition itself.
      }
    }
  }

  private static void countInCase(Turn turn, FreezeDetail held) {
    LifeTransition owner = turn.file().get(turn.file().caseId());
    if (owner != null && owner.getKind() == LifeKind.CASE) {
      LifeTransition counted = LifeTransition.newBuilder(owner).build();
      ((CaseDetail) counted.getDetail()).setFreezeAccounts(held.getCaseAccounts());
      turn.file().put(counted);
    }
  }

  private static void send(Turn turn, LifeTransition draft, String code, String words) {
    FreezeDetail held = of(draft);
    // What is released is all that the bank keeps, the rest included.
    long rest = code.equals(MessageCode.LIFT_FREEZE.code()) ? held.getRestFen() : 0;
    long kept = held.getFrozenFen() + rest;
    request(turn, draft, held.getChannel(), code, kept > 0 ? kept : held.getAmountFen(), words);
  }

  private static void keepState(LifeTransition draft, Happening happening) {
    FreezeDetail held = of(draft);
    String before = held.getBeforeRenewal();
    held.setBeforeRenewal(
        switch (FreezeEvent.valueOf(happening.event())) {
          case REFUND_EXECUTED -> FreezeState.PARTIAL.name();
          case MONTH_OVER ->
              before.equals(FreezeState.PARTIAL.name()) ? before : FreezeState.VERIFY_DUE.name();
          default -> draft.getFromState();
        });
  }

  private static void prepareRest(Turn turn, LifeTransition draft, Happening happening) {
    FreezeDetail held = of(draft);
    turn.alarm(
        "RELEASE_DUE",
        draft,
        "freeze "
            + draft.getObjectId()
            + ": "
            + (held.getRestFen() - held.getRestAskedFen())
            + " fen must be released within 3 days ("
            + happening.event()
            + "), "
            + held.getFrozenFen()
            + " fen stay frozen; the head signs REST_RELEASE_SIGNED for that part alone",
        happening.cause());
  }

  private static void request(
      Turn turn,
      LifeTransition draft,
      OrderChannel channel,
      String code,
      long amount,
      String words) {
    FreezeDetail held = of(draft);
    turn.output()
        .request(
            ChannelRequest.newBuilder(
                    Papers.request(
                        turn,
                        draft,
                        code,
                        channel,
                        code.equals(MessageCode.EXTEND_FREEZE.code())
                            ? renewalId(held)
                            : held.getApplicationId(),
                        held.getTarget(),
                        amount,
                        held.getTermMonths(),
                        words))
                .setOriginalApplicationId(
                    code.equals(MessageCode.FREEZE.code()) ? "" : held.getApplicationId())
                .setWhole(held.getMode() == FreezeMode.WHOLE)
                .build());
  }

  /**
   * Application of the renewal at the end of this term: asked for again it is the same, and the
   * next term's is another. The platform takes an application and code for one message for ever.
   */
  private static String renewalId(FreezeDetail held) {
    return EventIds.applicationId(
        Sha256.hex(held.getApplicationId() + "\n100205\n" + held.getExpiresAt()));
  }

  /**
   * The same request under the same id goes out again with each rung but the last: three tries in
   * all, as of an order.
   */
  private static void escalate(Turn turn, LifeTransition draft, Happening happening) {
    long left =
        draft.getClocks().stream()
            .filter(clock -> clock.getEvent().equals(FreezeEvent.ANSWER_LATE.name()))
            .count();
    int rung = Math.max(0, ESCALATION.size() - 1 - (int) left);
    turn.alarm(
        ESCALATION.get(rung),
        draft,
        "freeze "
            + draft.getObjectId()
            + " has no answer of "
            + of(draft).getTarget().getBank()
            + " after "
            + LegalTerms.ESCALATION.get(rung).toMinutes()
            + " min (our own service level)",
        happening.cause());
    if (rung < ESCALATION.size() - 1) {
      sendAgain(turn, draft);
    }
  }

  private static void sendAgain(Turn turn, LifeTransition draft) {
    switch (FreezeState.valueOf(draft.getState())) {
      case RENEW_REVIEW -> send(turn, draft, "100205", "续行冻结（重发） renew the freeze, again");
      case RELEASED -> send(turn, draft, "100203", "协助解除冻结（重发） release the freeze, again");
      default -> send(turn, draft, "100201", "协助冻结（重发） freeze, again");
    }
  }

  private static void startTerm(LifeTransition draft, Happening happening) {
    FreezeDetail held = of(draft);
    ChannelAnswer answer = happening.answer();
    Instant from = answer.getStartTime();
    if (held.getStartAt() == null) {
      held.setStartAt(from);
      long excess = excess(held, answer);
      held.setRestFen(excess);
      held.setFrozenFen(
          answer.getAmountFen() > 0 ? answer.getAmountFen() - excess : held.getAmountFen());
    } else {
      // A renewal runs from the old end, so that no day is counted twice.
      from = held.getExpiresAt().minusMillis(1);
    }
    // What was read before this term is not read for the next.
    held.setReviewedAt(null);
    held.setExpiresAt(LegalTerms.freezeEnd(from, held.getTermMonths(), answer.getExpireTime()));
    Turn.end(draft, FreezeEvent.TERM_ENDED.name());
    Turn.end(draft, FreezeEvent.END_NEAR.name());
    Turn.start(draft, FreezeEvent.TERM_ENDED.name(), held.getExpiresAt());
    LegalTerms.warnings(held.getStartAt(), held.getExpiresAt(), LegalTerms.FREEZE_WARNINGS)
        .forEach(at -> Turn.start(draft, FreezeEvent.END_NEAR.name(), at));
  }

  private static void startVerify(LifeTransition draft, FreezeDetail held) {
    if (wholeOrRelated(held)) {
      Turn.start(
          draft,
          FreezeEvent.MONTH_OVER.name(),
          LegalTerms.monthsEnd(held.getStartAt(), LegalTerms.VERIFY_WHOLE));
    }
    Turn.start(
        draft,
        FreezeEvent.THREE_MONTHS_OVER.name(),
        LegalTerms.monthsEnd(held.getStartAt(), LegalTerms.VERIFY));
  }
}
