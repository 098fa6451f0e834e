package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.refund.RefundEffect;
import dev.zhifu.rules.lives.refund.RefundEvent;
import dev.zhifu.rules.lives.refund.RefundFact;
import dev.zhifu.rules.lives.refund.RefundState;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundShare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refund cases: one for each frozen account. */
final class RefundDesk extends Desk<RefundState, RefundEvent, RefundFact, RefundEffect> {

  /** Where the bank owes the payment; in SUPPLEMENT the officer owes papers. */
  private static final Set<RefundState> AT_BANK =
      EnumSet.of(RefundState.ISSUED, RefundState.BANK_CHECK, RefundState.EXECUTING);

  private final LifeDesk lives;

  /** Before the number of the copy of a public notice among an act's documents. */
  private static final String PUBLICATION = "publication:";

  RefundDesk(LifeTable<RefundState, RefundEvent, RefundFact, RefundEffect> table, LifeDesk lives) {
    super(LifeKind.REFUND, table, RefundState.class, RefundEvent.class, RefundFact.class);
    this.lives = lives;
  }

  /** True for a refund at its bank whose term neither runs nor has run out already. */
  static boolean lacksExecution(LifeTransition life) {
    String late = RefundEvent.EXECUTION_LATE.name();
    return AT_BANK.contains(RefundState.valueOf(life.getState()))
        && life.getClocks().stream().noneMatch(clock -> clock.getEvent().equals(late))
        && life.getTaken().stream().noneMatch(cause -> cause.endsWith(":" + late));
  }

  static RefundDetail of(LifeTransition life) {
    return (RefundDetail) life.getDetail();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    if (!(happening.detail() instanceof RefundDetail told)) {
      return null;
    }
    RefundDetail fresh = RefundDetail.newBuilder(told).build();
    fresh.setPaidFen(0L);
    fresh.setOpenObjections(0);
    fresh.setNoticeEndsAt(null);
    return fresh;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, RefundEvent event, Happening happening) {
    RefundDetail held = of(draft);
    switch (event) {
      case FLOW_TABLE_BUILT,
          FOUND_SINGLE,
          FOUND_BY_TIMESTAMP,
          FOUND_PRORATA,
          PREPARED,
          NEW_VICTIM ->
          examined(held, happening);
      case OTHER_ACCOUNT_NAMED -> otherAccount(held, happening);
      case PUBLISHED -> held.setNoticeEndsAt(LegalTerms.noticeEnd(turn.now()));
      case OBJECTED -> held.setOpenObjections(held.getOpenObjections() + 1);
      case OBJECTION_DECIDED -> held.setOpenObjections(Math.max(0, held.getOpenObjections() - 1));
      default -> {
        // The others carry no data of the refund.
      }
    }
  }

  private static void examined(RefundDetail held, Happening happening) {
    if (!(happening.detail() instanceof RefundDetail told)) {
      return;
    }
    if (!told.getShares().isEmpty()) {
      held.setShares(new ArrayList<>(told.getShares()));
    }
    held.setEveryHopProved(
        told.getEveryHopProved() != null ? told.getEveryHopProved() : held.getEveryHopProved());
    held.setCredits(told.getCredits() != null ? told.getCredits() : held.getCredits());
    held.setTimestampsDecide(
        told.getTimestampsDecide() != null
            ? told.getTimestampsDecide()
            : held.getTimestampsDecide());
    held.setOwnershipClear(
        told.getOwnershipClear() != null ? told.getOwnershipClear() : held.getOwnershipClear());
  }

  /** Only where a victim's money goes may change, never whose or how much. */
  private static void otherAccount(RefundDetail held, Happening happening) {
    if (!(happening.detail() instanceof RefundDetail told)) {
      return;
    }
    Map<String, RefundShare> named = new HashMap<>();
    told.getShares().forEach(share -> named.put(share.getVictim(), share));
    List<RefundShare> shares = new ArrayList<>();
    for (RefundShare share : held.getShares()) {
      RefundShare next = RefundShare.newBuilder(share).build();
      RefundShare other = named.get(share.getVictim());
      if (other != null) {
        next.setAccountToken(other.getAccountToken());
        next.setAccountHolder(other.getAccountHolder());
      }
      shares.add(next);
    }
    held.setShares(shares);
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      RefundEvent event,
      Happening happening,
      Findings<RefundFact> findings) {
    RefundDetail held = of(draft);
    boolean said = !happening.reason().isBlank();
    LifeTransition freeze = turn.file().get(held.getFreezeId());
    long frozen = FreezeDesk.holds(freeze) ? FreezeDesk.of(freeze).getFrozenFen() : 0;
    findings
        .found(RefundFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            RefundFact.FREEZE_IN_FORCE,
            FreezeDesk.holds(freeze),
            "freeze " + held.getFreezeId() + " is " + (freeze == null ? null : freeze.getState()))
        .found(
            RefundFact.VICTIM_ID_OK, happening.names("id:"), "documents " + happening.documents())
        .found(
            RefundFact.AGENT_POWER_OK,
            happening.documents().stream().noneMatch("agent"::equals) || happening.names("power:"),
            "documents " + happening.documents())
        .found(
            RefundFact.EVERY_HOP_PROVED,
            Boolean.TRUE.equals(held.getEveryHopProved()),
            held.getEveryHopProved())
        .found(
            RefundFact.ONE_CREDIT,
            held.getCredits() != null && held.getCredits() == 1,
            held.getCredits() + " credits")
        .found(
            RefundFact.TIMESTAMPS_DECIDE,
            Boolean.TRUE.equals(held.getTimestampsDecide()),
            held.getTimestampsDecide())
        .found(
            RefundFact.OWNERSHIP_CLEAR,
            Boolean.TRUE.equals(held.getOwnershipClear()),
            held.getOwnershipClear())
        .found(
            RefundFact.OBJECTIONS_DECIDED,
            held.getOpenObjections() == 0,
            held.getOpenObjections() + " open")
        .found(RefundFact.REASON_GIVEN, said, "reason '" + happening.reason() + "'")
        .found(
            RefundFact.HEAD_APPROVED,
            happening.role() == Role.COUNTY_HEAD || happening.role() == Role.CITY_HEAD,
            "by " + happening.role())
        .found(
            RefundFact.TWO_OFFICERS,
            happening.secondActor() != null
                && !happening.secondActor().isBlank()
                && !happening.secondActor().equals(happening.actor()),
            "officers " + happening.actor() + " and " + happening.secondActor())
        .found(
            RefundFact.NOTICE_TO_BANK,
            happening.names("notice:"),
            "documents " + happening.documents())
        .found(
            RefundFact.COURT_RULED,
            happening.names("ruling:"),
            "documents " + happening.documents());
    aboutMoney(held, frozen, happening, findings);
    aboutTime(turn, draft, happening, findings);
    aboutTheAnswer(freeze, happening, findings);
  }

  private static void aboutMoney(
      RefundDetail held, long frozen, Happening happening, Findings<RefundFact> findings) {
    // Shares are those of the round: what earlier rounds paid has left the freeze already.
    long due = held.getShares().stream().mapToLong(RefundShare::getRefundFen).sum();
    List<String> above =
        held.getShares().stream()
            .filter(share -> share.getRefundFen() < 0 || aboveLoss(share))
            .map(
                share ->
                    share.getVictim()
                        + " gets "
                        + share.getRefundFen()
                        + " and got "
                        + share.getCompensationFen()
                        + " of "
                        + share.getLossFen())
            .toList();
    List<String> others =
        held.getShares().stream()
            .filter(share -> !share.getVictim().equals(share.getAccountHolder()))
            .map(share -> share.getVictim() + " by account of " + share.getAccountHolder())
            .toList();
    findings
        .found(
            RefundFact.SUM_WITHIN_FROZEN,
            due > 0 && due <= frozen,
            due + " fen of " + frozen + " fen frozen")
        .found(RefundFact.EACH_WITHIN_LOSS, !held.getShares().isEmpty() && above.isEmpty(), above)
        .found(RefundFact.PAID_TO_VICTIM, !held.getShares().isEmpty() && others.isEmpty(), others)
        .found(RefundFact.SAME_VICTIM, !held.getShares().isEmpty() && others.isEmpty(), others)
        .found(RefundFact.MONEY_LEFT, frozen > 0, frozen + " fen frozen")
        .found(RefundFact.NOTHING_LEFT, frozen == 0, frozen + " fen frozen")
        .found(
            RefundFact.RECEIPT_ADDS_UP,
            happening.amountFen() != null && happening.amountFen() == due,
            "paid " + happening.amountFen() + ", decided " + due);
  }

  private static boolean aboveLoss(RefundShare share) {
    return share.getRefundFen() + share.getCompensationFen() > share.getLossFen()
        || share.getRefundFen() > share.getTracedFen();
  }

  private static void aboutTime(
      Turn turn, LifeTransition draft, Happening happening, Findings<RefundFact> findings) {
    Instant ends = of(draft).getNoticeEndsAt();
    findings
        .found(
            RefundFact.NOTICE_PUBLISHED,
            happening.names(PUBLICATION),
            "documents " + happening.documents())
        .found(RefundFact.TERM_OVER, happening.role() == Role.CLOCK, happening.cause());
    if (ends == null) {
      return;
    }
    boolean over = !turn.now().isBefore(ends);
    String words = "notice ends " + ends + ", now " + turn.now();
    findings
        .found(RefundFact.WITHIN_NOTICE, !over, words)
        .found(RefundFact.NOTICE_OVER, over, words);
  }

  private static void aboutTheAnswer(
      LifeTransition freeze, Happening happening, Findings<RefundFact> findings) {
    ChannelAnswer answer = happening.answer();
    if (answer != null && freeze != null) {
      findings.found(
          RefundFact.OWN_REFUND,
          answer.getBank().equals(FreezeDesk.of(freeze).getTarget().getBank()),
          "answer of " + answer.getBank());
    }
  }

  @Override
  void work(RefundEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    RefundDetail held = of(draft);
    switch (effect) {
      case START_NOTICE ->
          Turn.start(draft, RefundEvent.NOTICE_ENDED.name(), held.getNoticeEndsAt());
      case START_EXECUTION -> startExecution(turn, draft);
      case END_EXECUTION -> Turn.end(draft, RefundEvent.EXECUTION_LATE.name());
      case ALARM_NOTICE_OVER ->
          turn.alarm(
              "NOTICE_OVER",
              draft,
              "the notice of refund " + draft.getObjectId() + " is over; sums can be prepared",
              happening.cause());
      case ALARM_EXECUTION ->
          turn.alarm(
              "OVERDUE",
              draft,
              "refund "
                  + draft.getObjectId()
                  + " was not paid within 3 working days of the bank's receipt of the notice (返还规定 art."
                  + " 12); tell the regulator",
              happening.cause());
      case SEND_TO_BANK -> sendToBank(turn, draft, "冻结资金协助返还通知书 return the frozen money");
      case RECALL_NOTICE ->
          sendToBank(turn, draft, "撤回冻结资金协助返还通知书 call the notice of return back, pay nothing");
      case REDUCE_FREEZE -> held.setPaidFen(held.getPaidFen() + happening.amountFen());
      case TELL_VICTIMS, RECOMPUTE, COMPUTE_SUMS, MAKE_DECISION, KEEP_FROZEN, GIVE_REASONS -> {
        // Papers and sums are made by whoever reads this transition; its data stand in it.
      }
    }
  }

  private static void startExecution(Turn turn, LifeTransition draft) {
    String complaint = turn.terms().knows(turn.now(), LegalTerms.EXECUTION_DAYS);
    if (complaint != null) {
      turn.alarm("CALENDAR", draft, complaint, draft.getCause());
    }
    Turn.start(
        draft,
        RefundEvent.EXECUTION_LATE.name(),
        turn.terms().workingDaysEndOrEarlier(turn.now(), LegalTerms.EXECUTION_DAYS));
  }

  private static void sendToBank(Turn turn, LifeTransition draft, String words) {
    LifeTransition freeze = turn.file().get(of(draft).getFreezeId());
    FreezeDetail frozen = FreezeDesk.of(freeze);
    long sum = of(draft).getShares().stream().mapToLong(RefundShare::getRefundFen).sum();
    turn.output()
        .request(
            Papers.request(
                turn,
                draft,
                "",
                OrderChannel.PAPER,
                frozen.getApplicationId(),
                frozen.getTarget(),
                sum,
                0,
                words));
  }

  @Override
  void follow(Turn turn, LifeTransition done, RefundEvent event, Happening happening) {
    if (event != RefundEvent.BANK_PAID) {
      return;
    }
    lives.refunded(turn, of(done).getFreezeId(), happening);
    if (FreezeDesk.holds(turn.file().get(of(done).getFreezeId()))) {
      take(
          turn,
          done.getObjectId(),
          Happening.message(
              RefundEvent.REST_KEPT.name(),
              Role.ENGINE,
              turn.now(),
              happening.cause() + ":rest",
              null));
    }
  }
}
