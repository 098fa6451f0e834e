package dev.zhifu.rules.lives.desk;

import dev.zhifu.rules.lives.Findings;
import dev.zhifu.rules.lives.LifeTable;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.holds.VictimHoldEffect;
import dev.zhifu.rules.lives.holds.VictimHoldEvent;
import dev.zhifu.rules.lives.holds.VictimHoldFact;
import dev.zhifu.rules.lives.holds.VictimHoldState;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.VictimHoldDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Protective stops on victims' own accounts. */
final class VictimHoldDesk
    extends Desk<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect> {

  /** Purposes of a payment in hardship; our own. */
  static final Set<String> HARDSHIP = Set.of("MORTGAGE", "MEDICAL", "UTILITIES", "SCHOOL");

  VictimHoldDesk(
      LifeTable<VictimHoldState, VictimHoldEvent, VictimHoldFact, VictimHoldEffect> table) {
    super(
        LifeKind.VICTIM_HOLD,
        table,
        VictimHoldState.class,
        VictimHoldEvent.class,
        VictimHoldFact.class);
  }

  private static VictimHoldDetail of(LifeTransition life) {
    return (VictimHoldDetail) life.getDetail();
  }

  @Override
  Object opened(Turn turn, Happening happening) {
    if (!(happening.detail() instanceof VictimHoldDetail told)) {
      return null;
    }
    VictimHoldDetail fresh = VictimHoldDetail.newBuilder(told).build();
    fresh.setStartAt(null);
    fresh.setExpiresAt(null);
    return fresh;
  }

  @Override
  void absorb(Turn turn, LifeTransition draft, VictimHoldEvent event, Happening happening) {
    // Its data are those of the proposal.
  }

  @Override
  void find(
      Turn turn,
      LifeTransition draft,
      VictimHoldEvent event,
      Happening happening,
      Findings<VictimHoldFact> findings) {
    VictimHoldDetail held = of(draft);
    String holder = held.getTarget().getHolderToken();
    findings
        .found(VictimHoldFact.ACT_VERIFIED, happening.verified(), "act " + happening.cause())
        .found(
            VictimHoldFact.OWN_ACCOUNT_OF_VICTIM,
            holder != null && holder.equals(held.getVictim()),
            "account of " + holder + ", victim " + held.getVictim())
        .found(
            VictimHoldFact.REASON_GIVEN,
            !happening.reason().isBlank(),
            "reason '" + happening.reason() + "'")
        .found(
            VictimHoldFact.TERM_WITHIN_LIMIT,
            held.getDays() > 0 && held.getDays() <= LegalTerms.VICTIM_HOLD.toDays(),
            held.getDays() + " days")
        .found(
            VictimHoldFact.CASE_IS_HERE,
            HandOver.receivedAt(turn.file()).isEmpty(),
            HandOver.whose(turn.file()))
        .found(
            VictimHoldFact.HARDSHIP_PURPOSE,
            HARDSHIP.contains(happening.reason()),
            "purpose '" + happening.reason() + "' of " + HARDSHIP.stream().sorted().toList())
        .found(
            VictimHoldFact.VISITED_AND_CONVINCED,
            happening.names("visit:"),
            "documents " + happening.documents())
        .found(
            VictimHoldFact.TERM_OVER,
            held.getExpiresAt() != null && !turn.now().isBefore(held.getExpiresAt()),
            "ends " + held.getExpiresAt() + ", now " + turn.now());
  }

  @Override
  void work(VictimHoldEffect effect, Turn turn, LifeTransition draft, Happening happening) {
    VictimHoldDetail held = of(draft);
    switch (effect) {
      case ASK_BANK -> ask(turn, draft, "保护性止付：只收不付 let credits alone in", 0);
      case ASK_TO_LIFT -> ask(turn, draft, "解除保护性止付 lift at once", 0);
      case ASK_TO_PAY ->
          ask(
              turn,
              draft,
              "放行生活急需支付 let this payment through: " + happening.reason(),
              happening.amountFen() == null ? 0 : happening.amountFen());
      case START_TERM -> startTerm(turn, draft, happening);
      case END_TERM -> {
        Turn.end(draft, VictimHoldEvent.TERM_ENDED.name());
        Turn.end(draft, VictimHoldEvent.END_NEAR.name());
      }
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
      case WARN_OF_END ->
          turn.alarm(
              "END_NEAR",
              draft,
              "victim hold " + draft.getObjectId() + " ends " + held.getExpiresAt() + "; visit",
              happening.cause());
    }
  }

  private static void startTerm(Turn turn, LifeTransition draft, Happening happening) {
    VictimHoldDetail held = of(draft);
    Instant told = happening.answer() == null ? null : happening.answer().getStartTime();
    held.setStartAt(told == null ? turn.now() : told);
    held.setExpiresAt(held.getStartAt().plus(Duration.ofDays(held.getDays())));
    Turn.start(draft, VictimHoldEvent.TERM_ENDED.name(), held.getExpiresAt());
    LegalTerms.warnings(held.getStartAt(), held.getExpiresAt(), LegalTerms.VICTIM_HOLD_WARNINGS)
        .forEach(at -> Turn.start(draft, VictimHoldEvent.END_NEAR.name(), at));
  }

  private static void ask(Turn turn, LifeTransition draft, String words, long amountFen) {
    turn.output()
        .request(
            Papers.request(
                turn,
                draft,
                "",
                OrderChannel.PAPER,
                Sha256.hex(draft.getObjectId()).substring(0, 36),
                of(draft).getTarget(),
                amountFen,
                0,
                words));
  }
}
