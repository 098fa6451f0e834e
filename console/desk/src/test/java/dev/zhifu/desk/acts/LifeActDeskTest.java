package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.LivesTestBase;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeActDeskTest extends LivesTestBase {
  private static final Person CITY_HEAD = new Person("head-city-1", "苏", Role.CITY_HEAD, null);

  private List<LifeOffer> offered(DeskRig.Told told, Person person) {
    String caseId = told.opened().getCaseId();
    return offers.of(caseId, person, List.of(active(told)));
  }

  private StopPaymentRequest active(DeskRig.Told told) {
    return Bodies.read(
        rig.store()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select body from seen.stop_order where order_id = ?")
                        .bind(0, told.draft().getOrderId())
                        .mapTo(byte[].class)
                        .one()),
        StopPaymentRequest.class);
  }

  private LifeOffer offer(DeskRig.Told told, Person person, String event) {
    return offered(told, person).stream()
        .filter(one -> one.life() != LifeKind.VICTIM_HOLD && one.event().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " is not among " + offered(told, person)));
  }

  private void ask(DeskRig.Told told, Person person, String event, String reason) {
    LifeOffer offer = offer(told, person, event);
    LifeDraft draft =
        LifeDraft.of(
            offer.life(), told.opened().getCaseId(), offer.objectId(), event, offer.role(), reason);
    String group =
        acts.lives().ask(person, List.of(offers.completed(draft, person, Cast.T0)), null, false);
    assertThat(acts.lives().ofCase(told.opened().getCaseId()))
        .filteredOn(act -> act.groupId().equals(group))
        .extracting(Act::state)
        .containsOnly(ActState.SENT);
    recovery.answer(Cast.T0);
    assertThat(acts.lives().ofCase(told.opened().getCaseId()))
        .filteredOn(act -> act.groupId().equals(group))
        .extracting(Act::state)
        .containsOnly(ActState.DONE);
  }

  @Test
  void aFreezeIsOfferedOnlyAfterFilingAndEachStepIsTheTablesOwn() {
    DeskRig.Told told = stopped("转冻结");
    LifeOffer early = offer(told, OFFICER, "PROPOSED");
    assertThat(early.hindrances()).extracting(Hindrance::rule).containsExactly("CASE_FILED");
    assertThat(early.hindrances().get(0).words(true)).contains("立案").contains("第174条");
    assertThat(offered(told, OFFICER)).extracting(LifeOffer::event).doesNotContain("FILED");

    ask(told, HEAD, "FILED", "符合立案条件");

    StopPaymentRequest order = active(told);
    assertThat(offer(told, OFFICER, "PROPOSED").isOpen()).isTrue();
    assertThatThrownBy(
            () ->
                acts.lives()
                    .ask(
                        OFFICER,
                        offers.conversion(
                            told.opened().getCaseId(),
                            order,
                            freeze(order, 4_000_001, OrderChannel.PLATFORM)),
                        null,
                        false))
        .as("one fen more than is traced")
        .hasMessage("act.tables");
    acts.lives()
        .ask(
            OFFICER,
            offers.conversion(
                told.opened().getCaseId(), order, freeze(order, 4_000_000, OrderChannel.PLATFORM)),
            null,
            false);
    recovery.answer(Cast.T0);

    assertThat(offer(told, HEAD, "APPROVED").hindrances())
        .extracting(Hindrance::rule)
        .containsExactly("LEGAL_REVIEW_DONE");
    offers.review(told.opened().getCaseId(), LifeOffers.freezeId(order), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    ask(told, HEAD, "APPROVED", "同意");
    ask(told, OFFICER, "SENT", "发送");

    List<ChannelRequest> requests =
        rig.topics().all("recovery.requests").stream()
            .map(record -> Bodies.read(record.value(), ChannelRequest.class))
            .filter(request -> request.getCaseId().equals(told.opened().getCaseId()))
            .toList();
    assertThat(requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getCode()).isEqualTo("100201");
              assertThat(request.getAmountFen()).isEqualTo(4_000_000);
            });
  }

  @Test
  void aFreezeThatWasRefusedIsPutForwardAnewAsAnotherApplication() {
    DeskRig.Told told = stopped("再提冻结");
    String caseId = told.opened().getCaseId();
    StopPaymentRequest order = putForward(told, 1);
    assertThat(freezesOffered(told)).as("one freeze of an account at a time").isEmpty();
    FreezeDetail first = (FreezeDetail) life(caseId, LifeOffers.freezeId(order)).getDetail();
    ask(told, HEAD, "REFUSED", "范围不明");
    assertThat(freezesOffered(told)).singleElement().matches(LifeOffer::isOpen);

    List<LifeDraft> again =
        offers.conversion(
            caseId,
            order,
            offers.freeze(
                order,
                new LifeOffers.FreezeForm(
                    FreezeMode.AMOUNT,
                    4_000_000,
                    "账户内等额资金",
                    false,
                    "",
                    false,
                    "",
                    true,
                    12,
                    OrderChannel.PLATFORM)));
    assertThat(again).extracting(LifeDraft::objectId).doesNotContain(LifeOffers.freezeId(order));
    acts.lives().ask(OFFICER, again, null, false);
    assertThat(offers.conversion(caseId, order, first))
        .as("pressed twice it is the same")
        .extracting(LifeDraft::objectId)
        .containsOnly(again.get(0).objectId());
    recovery.answer(Cast.T0);
    LifeTransition second = life(caseId, again.get(0).objectId());
    assertThat(second.getState()).isEqualTo("LEGAL_REVIEW");
    FreezeDetail held = (FreezeDetail) second.getDetail();
    assertThat(held.getApplicationId()).isNotEqualTo(first.getApplicationId()).hasSize(36);
    assertThat(held.getRelated()).as("verified within one month").isTrue();

    offers.review(caseId, again.get(0).objectId(), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    assertThat(offer(told, HEAD, "APPROVED").hindrances())
        .as("a year is the city head's")
        .extracting(Hindrance::rule)
        .containsExactly("CITY_HEAD_OR_SHORT_TERM");
  }

  @Test
  void aStopThatHasEndedBecomesAFreezeWhereTheCaseIsFiled() {
    DeskRig.Told told = stopped("期满冻结");
    StopPaymentRequest ended = Cast.next(active(told), OrderState.EXPIRED, "tick:expired", Cast.T0);
    rig.topics().write("stop.requests", ended.getOrderId(), ended);
    recovery.stop(ended);
    rig.caughtUp();
    assertThat(freezesOffered(told)).isEmpty();
    ask(told, HEAD, "FILED", "立案");
    assertThat(freezesOffered(told)).singleElement().matches(LifeOffer::isOpen);
  }

  private List<LifeOffer> freezesOffered(DeskRig.Told told) {
    return offered(told, OFFICER).stream()
        .filter(offer -> offer.form() == LifeOffer.Form.FREEZE)
        .toList();
  }

  private LifeTransition life(String caseId, String objectId) {
    return new LifeTrial(rig.store()).file(caseId, Cast.T0).get(objectId);
  }

  private FreezeDetail freeze(StopPaymentRequest order, long fen, OrderChannel channel) {
    return offers.freeze(order, FreezeMode.AMOUNT, fen, "全部", false, "", false, channel);
  }

  /** A freeze of a filed case before its approval. */
  private StopPaymentRequest putForward(DeskRig.Told told, int accountsOfTheBatch) {
    ask(told, HEAD, "FILED", "立案");
    StopPaymentRequest order = active(told);
    FreezeDetail detail =
        FreezeDetail.newBuilder(freeze(order, 4_000_000, OrderChannel.PLATFORM))
            .setBatchAccounts(accountsOfTheBatch)
            .build();
    acts.lives()
        .ask(OFFICER, offers.conversion(told.opened().getCaseId(), order, detail), null, false);
    recovery.answer(Cast.T0);
    return order;
  }

  private RecoveryAct signed(DeskRig.Told told, String event) {
    return rig.topics().all("recovery.acts").stream()
        .map(record -> Bodies.read(record.value(), RecoveryAct.class))
        .filter(act -> act.getCaseId().equals(told.opened().getCaseId()))
        .filter(act -> act.getEvent().equals(event))
        .reduce((first, next) -> next)
        .orElseThrow();
  }

  private static void isSigned(RecoveryAct act, String person, String role) {
    assertThat(act.getOfficerId()).isEqualTo(person);
    assertThat(act.getRole()).isEqualTo(role);
    assertThat(new Signatures(DemoKeys.directory(), Environment.DEMO).verify(act, Cast.T0).holds())
        .as("signed with the key of %s", role)
        .isTrue();
  }

  @Test
  void theTwoHundredthAccountOfABatchIsTheCityHeadsWithAKeyOfHisOwn() {
    DeskRig.Told told = stopped("二百户");
    StopPaymentRequest order = putForward(told, 200);
    offers.review(told.opened().getCaseId(), LifeOffers.freezeId(order), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    assertThat(offer(told, HEAD, "APPROVED").hindrances())
        .extracting(Hindrance::rule)
        .containsExactly("CITY_HEAD_OR_FEW_ACCOUNTS");
    assertThat(offer(told, CITY_HEAD, "APPROVED").isOpen()).isTrue();
    ask(told, CITY_HEAD, "APPROVED", "同意");
    isSigned(signed(told, "APPROVED"), "head-city-1", "CITY_HEAD");
  }

  @Test
  void oneAccountLessIsTheCountyHeads() {
    DeskRig.Told told = stopped("一百九十九户");
    StopPaymentRequest order = putForward(told, 199);
    offers.review(told.opened().getCaseId(), LifeOffers.freezeId(order), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    ask(told, HEAD, "APPROVED", "同意");
    isSigned(signed(told, "APPROVED"), "head-1", "COUNTY_HEAD");
  }

  @Test
  void theLegalOfficeRefusesAFreezeWithAKeyOfItsOwn() {
    DeskRig.Told told = stopped("法制不同意");
    putForward(told, 1);
    ask(told, LEGAL, "REFUSED", "范围不明确");
    isSigned(signed(told, "REFUSED"), "legal-1", "LEGAL_REVIEWER");
  }

  @Test
  void whatAnotherRolesTableSaysIsNotTaken() {
    DeskRig.Told told = stopped("越权");
    LifeDraft filing =
        LifeDraft.of(
            LifeKind.CASE,
            told.opened().getCaseId(),
            told.opened().getCaseId(),
            "FILED",
            dev.zhifu.rules.lives.Role.COUNTY_HEAD,
            "x");
    assertThatThrownBy(() -> acts.lives().ask(OFFICER, List.of(filing), null, false))
        .hasMessage("refused.role");
    assertThat(offers.of(told.opened().getCaseId(), BANK, List.of())).isEmpty();
  }

  @Test
  void aFalseAlarmIsDismissedByTwoPersonsAndDoneWhenTheJobSaysSo() {
    DeskRig.Told told = rig.tell("误报", 2_000_000, null);
    recovery.alerted(told.opened(), Cast.T0);
    LifeDraft draft =
        new LifeDraft(
            LifeKind.CASE,
            told.opened().getCaseId(),
            told.opened().getCaseId(),
            "NO_FRAUD_FOUND",
            dev.zhifu.rules.lives.Role.DUTY_OFFICER,
            "KNOWN_PAYEE: 已与本人核实",
            null,
            null,
            ActKind.DISMISS_CASE);
    String group = acts.lives().ask(OFFICER, List.of(draft), null, true);
    assertThat(rig.act(told.opened().getCaseId())).isNull();
    assertThatThrownBy(() -> acts.confirm(OFFICER, group)).hasMessage("act.samePerson");
    acts.confirm(LEADER, group);

    OfficerAct act = rig.act(told.opened().getCaseId());
    assertThat(act.getKind()).isEqualTo(ActKind.DISMISS_CASE);
    assertThat(act.getSecondOfficerId()).isEqualTo("officer-4");
    assertThat(acts.state(act.getActId()).orElseThrow().state()).isEqualTo(ActState.SENT);
    now = now.plus(ActDesk.WORD_WITHIN).plusMillis(1);
    assertThat(acts.state(act.getActId()).orElseThrow().state()).isEqualTo(ActState.NOT_SENT);
    recovery.answer(Cast.T0);
    assertThat(acts.state(act.getActId()).orElseThrow().state()).isEqualTo(ActState.DONE);
  }

  @Test
  void anAppealOfTheBankIsTakenUpByAnOfficerAndUpholdingLiftsTheStopByTheSamePress() {
    DeskRig.Told told = stopped("申诉");
    String orderId = told.draft().getOrderId();
    assertThatThrownBy(() -> appeals.lodge(OTHER_BANK, orderId, "BANK", "不是涉案人", "工资"))
        .as("another bank's restriction does not exist for it")
        .hasMessage("appeal.unknown");
    String appealId = appeals.lodge(BANK, orderId, "BANK", "户主是商户，货已发出", "工资账户，今日发薪");
    assertThat(rig.topics().all("recovery.acts"))
        .noneMatch(record -> new String(record.key()).equals(told.opened().getCaseId()));
    assertThat(appeals.waiting()).extracting(Appeals.Lodged::appealId).contains(appealId);

    appeals.take(OFFICER, appealId);
    recovery.answer(Cast.T0);
    ask(told, OFFICER, "ACCEPTED", "受理");
    LifeOffer uphold = offer(told, OFFICER, "UPHELD");
    assertThat(uphold.isOpen()).isTrue();
    String group =
        acts.lives()
            .ask(
                OFFICER,
                List.of(
                    LifeDraft.of(
                        LifeKind.APPEAL,
                        told.opened().getCaseId(),
                        appealId,
                        "UPHELD",
                        uphold.role(),
                        "BONA_FIDE")),
                null,
                true);
    acts.ask(
        OFFICER, ActKind.UPHOLD_APPEAL, orderId, told.opened().getCaseId(), "BONA_FIDE", group);
    acts.confirm(LEADER, group);
    recovery.answer(Cast.T0);

    assertThat(rig.act(orderId).getKind()).isEqualTo(ActKind.UPHOLD_APPEAL);
    assertThat(rig.act(orderId).getAccountToken()).isEqualTo(told.mule().getAccountToken());
    assertThat(appeals.known())
        .filteredOn(life -> life.getObjectId().equals(appealId))
        .singleElement()
        .satisfies(life -> assertThat(life.getState()).isEqualTo("UPHELD"));
    assertThat(acts.lives().ofCase(told.opened().getCaseId()))
        .filteredOn(act -> act.groupId().equals(group))
        .extracting(Act::state)
        .containsExactly(ActState.DONE);
  }

  @Test
  void anActThatTheJobRefusesSaysWhy() {
    DeskRig.Told told = stopped("被拒");
    ask(told, HEAD, "FILED", "立案");
    LifeOffer begin = offer(told, OFFICER, "INVESTIGATION_BEGUN");
    LifeDraft draft =
        LifeDraft.of(
            LifeKind.CASE,
            told.opened().getCaseId(),
            told.opened().getCaseId(),
            "INVESTIGATION_BEGUN",
            begin.role(),
            "侦查");
    acts.lives().ask(OFFICER, List.of(draft), null, false);
    String first = newest(told).actId();
    now = now.plus(ActDesk.SECOND_PERSON_WITHIN);
    acts.lives().ask(LEADER, List.of(draft), null, false);
    String second = newest(told).actId();
    recovery.answer(Cast.T0);
    assertThat(acts.state(first).orElseThrow().state()).isEqualTo(ActState.DONE);
    assertThat(acts.state(second).orElseThrow().state()).isEqualTo(ActState.TURNED_DOWN);
    assertThat(acts.lives().refusal(second).orElseThrow()).contains("INVESTIGATION_BEGUN");
    assertThat(acts.lives().refused(second))
        .as("in the page's language by its rule")
        .extracting(Hindrance::key)
        .containsExactly("lifeHindrance.NO_SUCH_TRANSITION");
  }

  private Act newest(DeskRig.Told told) {
    return acts.lives().ofCase(told.opened().getCaseId()).get(0);
  }

  @Test
  void aSecondStopIsOfferedOnceAndIsDoneWhenTheOrderIsExtended() {
    DeskRig.Told told = stopped("延期");
    StopPaymentRequest order = active(told);
    assertThat(acts.offers(order))
        .filteredOn(offer -> offer.kind() == ActKind.EXTEND)
        .allMatch(Offer::isOpen);
    String act =
        acts.ask(
            OFFICER, ActKind.EXTEND, order.getOrderId(), told.opened().getCaseId(), "尚未立案，资金仍在");
    acts.confirm(LEADER, act);
    assertThat(rig.act(order.getOrderId()).getKind()).isEqualTo(ActKind.EXTEND);
    now = now.plus(ActDesk.WORD_WITHIN).plusMillis(1);
    assertThat(acts.state(act).orElseThrow().state()).isEqualTo(ActState.NOT_SENT);

    StopPaymentRequest extended = Cast.next(order, OrderState.EXTENDED, "answer-1", Cast.T0);
    rig.topics().write("stop.requests", order.getOrderId(), extended);
    rig.caughtUp();
    assertThat(acts.state(act).orElseThrow().state()).isEqualTo(ActState.DONE);
    assertThat(acts.offers(active(told)))
        .filteredOn(offer -> offer.kind() == ActKind.EXTEND)
        .extracting(Offer::hindrance)
        .containsExactly("offer.stopsUsed");
    assertThatThrownBy(() -> acts.ask(OFFICER, ActKind.EXTEND, order.getOrderId(), "", "again"))
        .hasMessage("offer.stopsUsed");
  }

  @Test
  void aVictimHoldIsProposedApprovedByTwoAndLiftedAfterAVisit() {
    DeskRig.Told told = rig.tell("保护", 3_000_000, null);
    recovery.alerted(told.opened(), Cast.T0);
    String caseId = told.opened().getCaseId();
    assertThat(offers.protectable(caseId))
        .singleElement()
        .satisfies(
            own -> assertThat(own.getAccountToken()).isEqualTo(told.victim().getAccountToken()));
    assertThat(hold(told, OFFICER, "PROPOSED").isOpen()).isTrue();
    assertThatThrownBy(() -> offers.hold(caseId, told.mule().getAccountToken(), 30, "怀疑受骗"))
        .as("a payee's account takes a stop, not this")
        .hasMessage("hold.notOwn");
    assertThatThrownBy(() -> send(OFFICER, offers.hold(caseId, own(told), 31, "怀疑受骗")))
        .as("a day more than the table allows")
        .hasMessage("act.tables");

    LifeDraft proposal = offers.hold(caseId, own(told), 30, "怀疑受骗");
    word(caseId, send(OFFICER, proposal));
    assertThat(offers.protectable(caseId)).as("one hold an account").isEmpty();
    String group = send(OFFICER, drafted(told, "APPROVED", "同意", null));
    assertThat(state(caseId, group)).as("two persons approve").isEqualTo(ActState.ASKED);
    acts.confirm(LEADER, group);
    word(caseId, group);
    answered(caseId, "BANK_APPLIED", 0);
    assertThat(recoveryHold(told).getState()).isEqualTo("ACTIVE");
    assertThat(recoveryHold(told).getClocks()).isNotEmpty();

    for (String purpose : LifeOffers.HARDSHIPS) {
      // Two of a kind about one object within five seconds are one press too many.
      now = now.plus(ActDesk.WORD_WITHIN).plusMillis(1);
      String hardship = send(OFFICER, drafted(told, "HARDSHIP_ALLOWED", purpose, 500_000L));
      acts.confirm(LEADER, hardship);
      word(caseId, hardship);
      answered(caseId, "BANK_PAID", 0);
    }
    assertThatThrownBy(() -> send(OFFICER, drafted(told, "HARDSHIP_ALLOWED", "理财", 500_000L)))
        .hasMessage("act.tables");
    assertThatThrownBy(() -> send(OFFICER, drafted(told, "LIFT_DECIDED", "已劝住", null)))
        .as("nobody has visited")
        .hasMessage("act.tables");
    String lift = send(OFFICER, drafted(told, "LIFT_DECIDED", "已劝住", null, "visit:上门记录 12"));
    acts.confirm(LEADER, lift);
    word(caseId, lift);
    assertThat(recoveryHold(told).getState()).isEqualTo("LIFTED");
    assertThat(offers.protectable(caseId)).as("a second hold is possible").hasSize(1);
  }

  private LifeTransition paper(String caseId) {
    return acts.lives().trial().file(caseId, Cast.T0).all(LifeKind.PAPER).stream()
        .max(Comparator.comparingLong(PaperWork::asked))
        .orElseThrow();
  }

  private LifeOffer ofPaper(String caseId, String event) {
    String paperId = paper(caseId).getObjectId();
    return offers.of(caseId, OFFICER, List.of()).stream()
        .filter(one -> one.objectId().equals(paperId) && one.event().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " of the paper is not shown"));
  }

  private LifeDraft paperDraft(String caseId, String event) {
    LifeOffer offer = ofPaper(caseId, event);
    return LifeDraft.of(LifeKind.PAPER, caseId, offer.objectId(), event, offer.role(), "");
  }

  private void served(String caseId) {
    word(caseId, send(OFFICER, paperDraft(caseId, "PRINTED")));
    String group =
        send(
            OFFICER,
            offers.served(
                paperDraft(caseId, "SERVED"),
                new PaperWork.Service("回执 7", "赵经理", Cast.T0, "高原银行值班台")));
    assertThat(state(caseId, group)).as("two go").isEqualTo(ActState.ASKED);
    acts.confirm(LEADER, group);
    word(caseId, group);
  }

  private LifeDraft typed(String caseId, String answer, Long fen, Instant start) {
    return offers.answered(
        paperDraft(caseId, "ANSWERED"),
        new PaperWork.Answer(answer, "NAME", fen, start, null, "银行复〔2026〕7号", "已办"));
  }

  /** The newest paper is printed, served by two and answered so. */
  private void answered(String caseId, String answer, long fen) {
    served(caseId);
    word(caseId, send(OFFICER, typed(caseId, answer, fen, Cast.T0)));
  }

  @Test
  void aFreezeOnPaperIsPrintedServedByTwoAndItsAnswerFreezes() {
    DeskRig.Told told = stopped("书面冻结");
    String caseId = told.opened().getCaseId();
    approved(told, freeze(active(told), 4_000_000, OrderChannel.PAPER));
    ask(told, OFFICER, "SENT", "书面送达");
    assertThat(paper(caseId).getState()).isEqualTo("TO_PRINT");
    assertThat(offers.of(caseId, OFFICER, List.of()))
        .filteredOn(one -> one.life() == LifeKind.PAPER)
        .extracting(LifeOffer::event)
        .as("what is not printed is not served")
        .containsExactly("PRINTED", "VOIDED");
    assertThat(offers.of(caseId, HEAD, List.of()))
        .filteredOn(one -> one.life() == LifeKind.PAPER)
        .extracting(LifeOffer::event)
        .as("heads void and do not serve")
        .containsExactly("VOIDED");

    served(caseId);
    LifeTransition now = paper(caseId);
    assertThat(now.getSecondActor()).isEqualTo("officer-4");
    assertThat(PaperWork.said(now.getDocuments(), PaperWork.TO)).isEqualTo("赵经理");
    assertThat(PaperWork.said(now.getDocuments(), PaperWork.AT)).isEqualTo(Cast.T0.toString());
    assertThat(PaperWork.said(now.getDocuments(), PaperWork.DESK)).isEqualTo("高原银行值班台");
    assertThat(ofPaper(caseId, "ANSWERED").answers())
        .containsExactlyInAnyOrder("BANK_QUEUED", "BANK_FROZE", "BANK_REFUSED");
    assertThatThrownBy(() -> typed(caseId, "BANK_FROZE", 4_000_000L, null))
        .as("nothing took effect at no time")
        .hasMessage("paperLife.start.missing");
    assertThatThrownBy(() -> typed(caseId, "BANK_FROZE", null, Cast.T0))
        .hasMessage("paperLife.sum");
    assertThatThrownBy(() -> typed(caseId, "BANK_RENEWED", null, Cast.T0))
        .as("nothing was renewed")
        .hasMessage("act.tables");

    word(caseId, send(OFFICER, typed(caseId, "BANK_FROZE", 3_900_000L, Cast.T0)));
    FreezeDetail frozen =
        (FreezeDetail)
            acts.lives()
                .trial()
                .file(caseId, Cast.T0)
                .get(LifeOffers.freezeId(active(told)))
                .getDetail();
    assertThat(frozen.getFrozenFen()).isEqualTo(3_900_000);
    assertThat(frozen.getStartAt()).isEqualTo(Cast.T0);
    assertThat(offers.of(caseId, OFFICER, List.of()))
        .as("an active freeze waits for no answer")
        .filteredOn(one -> one.life() == LifeKind.PAPER)
        .isEmpty();
    isSigned(signed(told, "ANSWERED"), "officer-1", "DUTY_OFFICER");
  }

  @Test
  void aPaperIsNotServedBeforeItWasPrintedNorWithoutItsReceipt() {
    DeskRig.Told told = stopped("送达不全");
    String caseId = told.opened().getCaseId();
    approved(told, freeze(active(told), 4_000_000, OrderChannel.PAPER));
    ask(told, OFFICER, "SENT", "书面送达");
    word(caseId, send(OFFICER, paperDraft(caseId, "PRINTED")));
    LifeDraft draft = paperDraft(caseId, "SERVED");
    assertThatThrownBy(() -> offers.served(draft, new PaperWork.Service("", "赵经理", Cast.T0, "值班台")))
        .hasMessage("paperLife.service");
    assertThatThrownBy(
            () ->
                offers.served(
                    draft, new PaperWork.Service("回执", "赵经理", Cast.T0.minusSeconds(61), "值班台")))
        .hasMessage("paperLife.servedBefore");
  }

  @Test
  void allOfAFreezeIsFoundInvolvedWithTheSumThatIsFrozen() {
    DeskRig.Told told = stopped("全部涉案");
    String caseId = told.opened().getCaseId();
    recovery.frozen(
        caseId,
        LifeOffers.freezeId(active(told)),
        freeze(active(told), 4_000_000, OrderChannel.PLATFORM),
        Cast.T0);
    LifeOffer all = offer(told, OFFICER, "VERIFIED_ALL");
    assertThat(all.hindrances()).isEmpty();
    assertThat(all.fen()).isEqualTo(4_000_000);
    assertThat(offer(told, OFFICER, "VERIFIED_PART").isOpen()).isTrue();
    LifeDraft draft =
        LifeDraft.of(LifeKind.FREEZE, caseId, all.objectId(), "VERIFIED_ALL", all.role(), "逐笔查清");
    assertThatThrownBy(() -> send(OFFICER, draft.with(3_999_999L)))
        .as("a fen less is a part")
        .hasMessage("act.tables");
    word(caseId, send(OFFICER, draft.with(all.fen())));
    assertThat(
            ((FreezeDetail)
                    acts.lives().trial().file(caseId, Cast.T0).get(all.objectId()).getDetail())
                .getVerifiedFen())
        .isEqualTo(4_000_000);
  }

  @Test
  void aFreezeThatEndsSoonIsRenewedAfterItWasReadAnew() {
    DeskRig.Told told = stopped("续冻");
    String caseId = told.opened().getCaseId();
    String freezeId = LifeOffers.freezeId(active(told));
    Instant begun = Cast.T0.minus(Duration.ofDays(170));
    recovery.frozen(
        caseId, freezeId, freeze(active(told), 4_000_000, OrderChannel.PLATFORM), begun);
    // What was read before the first term is not read for the renewal.
    assertThat(offer(told, HEAD, "RENEWAL_ASKED").hindrances())
        .extracting(Hindrance::rule)
        .containsExactly("LEGAL_REVIEW_DONE");
    assertThat(offers.renewalsToReview(caseId))
        .extracting(LifeTransition::getObjectId)
        .containsExactly(freezeId);

    offers.review(caseId, freezeId, LEGAL, "同意续冻");
    recovery.answer(Cast.T0);
    assertThat(offers.renewalsToReview(caseId)).isEmpty();
    assertThat(
            new LifeOffers(rig.store(), acts.lives(), "邻市公安局")
                .of(caseId, HEAD, List.of()).stream()
                    .filter(one -> one.event().equals("RENEWAL_ASKED")))
        .as("only who froze renews")
        .flatExtracting(LifeOffer::hindrances)
        .extracting(Hindrance::rule)
        .containsExactly("ORIGINAL_AUTHORITY");
    ask(told, HEAD, "RENEWAL_ASKED", "案件仍在侦办");
    isSigned(signed(told, "RENEWAL_ASKED"), "head-1", "COUNTY_HEAD");
    assertThat(
            rig.topics().all("recovery.requests").stream()
                .map(record -> Bodies.read(record.value(), ChannelRequest.class))
                .filter(request -> request.getObjectId().equals(freezeId)))
        .extracting(ChannelRequest::getCode)
        .endsWith("100205");
  }

  @Test
  void aFreezeThatRunsForMonthsYetIsNotRenewed() {
    DeskRig.Told told = stopped("不必续冻");
    recovery.frozen(
        told.opened().getCaseId(),
        LifeOffers.freezeId(active(told)),
        freeze(active(told), 4_000_000, OrderChannel.PLATFORM),
        Cast.T0.minus(Duration.ofDays(140)));
    assertThat(offered(told, HEAD))
        .extracting(LifeOffer::event)
        .contains("RELEASE_SIGNED")
        .doesNotContain("RENEWAL_ASKED");
    assertThat(offers.renewalsToReview(told.opened().getCaseId())).isEmpty();
  }

  @Test
  void nineDaysBeforeItsEndItIsTooLateToRenew() {
    DeskRig.Told told = stopped("续冻过迟");
    String freezeId = LifeOffers.freezeId(active(told));
    recovery.frozen(
        told.opened().getCaseId(),
        freezeId,
        freeze(active(told), 4_000_000, OrderChannel.PLATFORM),
        Cast.T0.minus(Duration.ofDays(176)));
    offers.review(told.opened().getCaseId(), freezeId, LEGAL, "同意续冻");
    recovery.answer(Cast.T0);
    assertThat(offer(told, HEAD, "RENEWAL_ASKED").hindrances())
        .extracting(Hindrance::rule)
        .containsExactly("TEN_DAYS_AHEAD");
  }

  /** A freeze of the case is put forward, reviewed and approved. */
  private void approved(DeskRig.Told told, FreezeDetail detail) {
    ask(told, HEAD, "FILED", "立案");
    acts.lives()
        .ask(
            OFFICER,
            offers.conversion(told.opened().getCaseId(), active(told), detail),
            null,
            false);
    recovery.answer(Cast.T0);
    offers.review(told.opened().getCaseId(), LifeOffers.freezeId(active(told)), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    ask(told, HEAD, "APPROVED", "同意");
  }

  private static String own(DeskRig.Told told) {
    return told.victim().getAccountToken();
  }

  private LifeOffer hold(DeskRig.Told told, Person person, String event) {
    return offers.of(told.opened().getCaseId(), person, List.of()).stream()
        .filter(one -> one.life() == LifeKind.VICTIM_HOLD && one.event().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError(event + " of the victim hold is not shown"));
  }

  private LifeDraft drafted(
      DeskRig.Told told, String event, String reason, Long fen, String... documents) {
    LifeOffer offer = hold(told, OFFICER, event);
    return new LifeDraft(
        LifeKind.VICTIM_HOLD,
        told.opened().getCaseId(),
        offer.objectId(),
        event,
        offer.role(),
        reason,
        fen,
        null,
        null,
        List.of(documents));
  }

  private String send(Person person, LifeDraft draft) {
    return acts.lives().ask(person, List.of(draft), null, draft.needsTwo());
  }

  private ActState state(String caseId, String group) {
    return acts.lives().ofCase(caseId).stream()
        .filter(act -> act.groupId().equals(group))
        .map(Act::state)
        .findFirst()
        .orElseThrow();
  }

  /** The job's word makes it done, and nothing before. */
  private void word(String caseId, String group) {
    assertThat(state(caseId, group)).isEqualTo(ActState.SENT);
    recovery.answer(Cast.T0);
    assertThat(state(caseId, group)).isEqualTo(ActState.DONE);
  }

  private LifeTransition recoveryHold(DeskRig.Told told) {
    return acts.lives()
        .trial()
        .file(told.opened().getCaseId(), Cast.T0)
        .all(LifeKind.VICTIM_HOLD)
        .get(0);
  }

  @Test
  void everyActIsSignedInARoleOfTheTables() {
    for (var record : rig.topics().all("recovery.acts")) {
      RecoveryAct act = Bodies.read(record.value(), RecoveryAct.class);
      assertThat(dev.zhifu.rules.lives.Role.valueOf(act.getRole()).person()).isTrue();
    }
  }
}
