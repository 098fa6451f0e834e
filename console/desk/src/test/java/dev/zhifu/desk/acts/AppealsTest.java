package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.LivesTestBase;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.acts.Restrictions.Restriction;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.rules.lives.appeal.AppealEvent;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RiskHold;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appeals against freezes and holds, lodged by holders, stations and banks. */
class AppealsTest extends LivesTestBase {

  @Test
  void anAppealOfAStationAgainstAFreezeIsOnTheTopicAtOnceAndTheHeadsWordLiftsIt() {
    RefundCast about = new RefundCast(rig, recovery).frozen("冻结申诉");
    String caseId = about.caseId();
    String freezeId = about.freezeId();
    String notice = EventIds.noticeId(freezeId);
    assertThatThrownBy(() -> appeals.lodge(BANK, notice, "STATION", "工资", "断供"))
        .as("a bank speaks for itself alone")
        .hasMessage("appeal.lodger");
    assertThatThrownBy(() -> appeals.lodge(OFFICER, notice, "BANK", "工资", "断供"))
        .hasMessage("appeal.lodger");

    String appealId = appeals.lodge(OFFICER, notice, "STATION", "工资账户", "断供");

    assertThat(appeals.waiting()).as("an officer took it down").isEmpty();
    RecoveryAct lodged = lastAct();
    assertThat(lodged.getKind()).isEqualTo(LifeKind.APPEAL);
    assertThat(lodged.getObjectId()).isEqualTo(appealId);
    assertThat(lodged.getCaseId()).isEqualTo(caseId);
    assertThat(lodged.getOfficerId()).isEqualTo("officer-1");
    assertThat(lodged.getReason()).isEqualTo("STATION");
    assertThat(
            rig.one(
                "select lodged_by from own.appeal where appeal_id = '" + appealId + "'",
                String.class))
        .isEqualTo("STATION");
    recovery.answer(Cast.T0);
    assertThat(life(appealId).getState()).isEqualTo("SUBMITTED");
    assertThat(life(appealId).getReason()).isEqualTo("STATION");
    assertThat(life(appealId).getClocks())
        .extracting(LifeClock::getEvent)
        .contains(AppealEvent.ACCEPTANCE_LATE.name());
    assertThat(detail(appealId).getRestriction()).isEqualTo(LifeKind.FREEZE);

    step(caseId, appealId, OFFICER, "ACCEPTED", "受理");
    step(caseId, appealId, OFFICER, "CHECK_BEGUN", "送核");
    assertThat(detail(appealId).getDecidingOfficer()).as("who approved it").isEqualTo("somebody");
    assertThat(detail(appealId).getEvidence())
        .anyMatch(one -> one.startsWith("APPROVED "))
        .anyMatch(one -> one.startsWith("TRACE "));
    upheld(caseId, appealId, HEAD);

    assertThat(life(freezeId).getState()).isEqualTo("RELEASED");
    assertThat(
            rig.topics().all("recovery.requests").stream()
                .map(record -> Bodies.read(record.value(), ChannelRequest.class))
                .filter(request -> request.getObjectId().equals(freezeId)))
        .extracting(ChannelRequest::getCode)
        .endsWith("100203");
    assertThatThrownBy(() -> appeals.lodge(OFFICER, notice, "HOLDER", "工资", "断供"))
        .as("it is lifted")
        .hasMessage("appeal.notInForce");
  }

  @Test
  void aFreezeIsFoundByWhateverNumberItsHolderOrBankWasGiven() {
    RefundCast about = new RefundCast(rig, recovery).frozen("各种编号");
    FreezeDetail freeze = (FreezeDetail) life(about.freezeId()).getDetail();
    for (String word :
        List.of(about.freezeId(), EventIds.noticeId(about.freezeId()), freeze.getApplicationId())) {
      assertThat(appeals.choices(BANK, word))
          .as(word)
          .extracting(Restriction::id)
          .containsExactly(about.freezeId());
      assertThatThrownBy(() -> appeals.lodge(OTHER_BANK, word, "BANK", "工资", "断供"))
          .as("another bank's freeze does not exist for it")
          .hasMessage("appeal.unknown");
    }
    String account = freeze.getTarget().getAccountToken();
    assertThat(appeals.choices(BANK, account))
        .extracting(Restriction::kind)
        .containsExactlyInAnyOrder(LifeKind.STOP_ORDER, LifeKind.FREEZE);
    assertThatThrownBy(() -> appeals.lodge(BANK, account, "BANK", "工资", "断供"))
        .as("the stop and the freeze of one account: which is meant must be said")
        .hasMessage("appeal.several");

    String appealId = appeals.lodge(BANK, freeze.getApplicationId(), "BANK", "工资", "断供");
    assertThat(appeals.waiting()).extracting(Appeals.Lodged::appealId).containsExactly(appealId);
    appeals.take(OFFICER, appealId);
    assertThat(appeals.waiting()).isEmpty();
    recovery.answer(Cast.T0);
    step(about.caseId(), appealId, OFFICER, "ACCEPTED", "受理");
    upheld(about.caseId(), appealId, OFFICER);
    assertThat(life(about.freezeId()).getState())
        .as("an officer's word waits for the head's signature")
        .isEqualTo("RELEASE_DUE");
  }

  @Test
  void aVictimAppealsAgainstTheHoldOnTheVictimsOwnAccount() {
    DeskRig.Told told = rig.tell("保护申诉", 3_000_000, null);
    recovery.alerted(told.opened(), Cast.T0);
    String caseId = told.opened().getCaseId();
    String own = told.victim().getAccountToken();
    LifeDraft proposal = offers.hold(caseId, own, 30, "怀疑受骗");
    acts.lives().ask(OFFICER, List.of(proposal), null, false);
    recovery.answer(Cast.T0);
    String holdId = proposal.objectId();
    assertThatThrownBy(() -> appeals.lodge(OFFICER, holdId, "HOLDER", "未受骗", "房贷"))
        .as("a proposal restricts nobody")
        .hasMessage("appeal.notInForce");
    String group =
        acts.lives()
            .ask(
                OFFICER,
                List.of(
                    LifeDraft.of(
                        LifeKind.VICTIM_HOLD,
                        caseId,
                        holdId,
                        "APPROVED",
                        dev.zhifu.rules.lives.Role.DUTY_OFFICER,
                        "同意")),
                null,
                true);
    acts.confirm(LEADER, group);
    recovery.answer(Cast.T0);

    String appealId = appeals.lodge(OFFICER, holdId, "HOLDER", "未受骗", "房贷今日扣款");
    recovery.answer(Cast.T0);
    assertThat(detail(appealId).getRestriction()).isEqualTo(LifeKind.VICTIM_HOLD);
    step(caseId, appealId, OFFICER, "ACCEPTED", "受理");
    step(caseId, appealId, OFFICER, "CHECK_BEGUN", "送核");
    assertThat(detail(appealId).getDecidingOfficer()).isEqualTo("officer-1");
    upheld(caseId, appealId, HEAD);
    assertThat(life(holdId).getState()).isEqualTo("LIFTED");
  }

  @Test
  void aRiskHoldIsAppealedAgainstByTheNumberOfItsNoticeAndUpholdingLiftsIt() {
    DeskRig.Told told = rig.tell("管控申诉", 2_000_000, null);
    RiskHold hold = Cast.hold(told.mule(), 2_000_000, Cast.T0);
    rig.topics().write("restriction.notices", hold.getNoticeId(), Cast.notice(hold));
    recovery.hold(hold, Cast.T0);
    assertThatThrownBy(() -> appeals.lodge(OTHER_BANK, hold.getNoticeId(), "BANK", "货款", "断货"))
        .hasMessage("appeal.unknown");

    String appealId = appeals.lodge(BANK, hold.getNoticeId(), "BANK", "货款", "断货");
    appeals.take(OFFICER, appealId);
    recovery.answer(Cast.T0);
    assertThat(detail(appealId).getRestriction()).isEqualTo(LifeKind.RISK_HOLD);
    assertThat(detail(appealId).getHolder()).isEqualTo(told.mule().getHolderToken());
    String file = hold.getHoldId();
    assertThat(offers.of(file, OFFICER, List.of()))
        .as("nothing is filed or dismissed in a hold's file")
        .extracting(LifeOffer::life)
        .containsOnly(LifeKind.APPEAL);
    step(file, appealId, OFFICER, "ACCEPTED", "受理");
    step(file, appealId, OFFICER, "CHECK_BEGUN", "送核");
    assertThat(detail(appealId).getDecidingOfficer())
        .as("no officer decided it: who took the appeal up answers for it")
        .isEqualTo("officer-1");
    assertThat(detail(appealId).getEvidence()).anyMatch(one -> one.contains("PASS_THROUGH"));
    upheld(file, appealId, OFFICER);

    assertThat(life(file).getState()).isEqualTo("LIFTING");
    assertThat(life(file).getEvent())
        .as("detection lifts when it reads this")
        .isEqualTo("APPEAL_UPHELD");
    assertThatThrownBy(() -> appeals.lodge(BANK, hold.getHoldId(), "BANK", "货款", "断货"))
        .hasMessage("appeal.notInForce");
  }

  private void step(String caseId, String appealId, Person person, String event, String reason) {
    LifeOffer offer = offer(caseId, appealId, person, event);
    LifeDraft draft = LifeDraft.of(LifeKind.APPEAL, caseId, appealId, event, offer.role(), reason);
    acts.lives().ask(person, List.of(offers.completed(draft, person, Cast.T0)), null, false);
    recovery.answer(Cast.T0);
  }

  private void upheld(String caseId, String appealId, Person person) {
    LifeOffer offer = offer(caseId, appealId, person, "UPHELD");
    String group =
        acts.lives()
            .ask(
                person,
                List.of(
                    LifeDraft.of(
                        LifeKind.APPEAL, caseId, appealId, "UPHELD", offer.role(), "BONA_FIDE")),
                null,
                true);
    acts.confirm(LEADER, group);
    recovery.answer(Cast.T0);
    assertThat(life(appealId).getState()).isEqualTo("UPHELD");
  }

  private LifeOffer offer(String caseId, String appealId, Person person, String event) {
    return offers.of(caseId, person, List.of()).stream()
        .filter(one -> one.objectId().equals(appealId) && one.event().equals(event))
        .filter(LifeOffer::isOpen)
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " is not open to " + person.id()));
  }

  private RecoveryAct lastAct() {
    var all = rig.topics().all("recovery.acts");
    return Bodies.read(all.get(all.size() - 1).value(), RecoveryAct.class);
  }

  private LifeTransition life(String objectId) {
    return appeals.newest(objectId).orElseThrow();
  }

  private AppealDetail detail(String appealId) {
    return (AppealDetail) life(appealId).getDetail();
  }
}
