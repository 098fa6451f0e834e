package dev.zhifu.desk.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActDeskTest {
  private static final Instant NOW = Instant.parse("2026-05-05T18:00:00Z");
  private static final String REASON = "report accepted, money traced";
  private static final Person OFFICER = new Person("officer-1", "李", Role.OFFICER, null);
  private static final Person OTHER = new Person("officer-2", "王", Role.OFFICER, null);
  private static final Person LEADER = new Person("officer-4", "陈", Role.SHIFT_LEADER, null);

  private final Signatures signatures = new Signatures(DemoKeys.directory(), Environment.DEMO);
  private DeskRig rig;
  private Instant now = NOW;
  private ActDesk desk;
  private boolean brokerGone;

  @BeforeAll
  void start() {
    rig = new DeskRig("acts");
    desk =
        new ActDesk(
            rig.store(),
            (topic, key, value) -> {
              if (brokerGone) {
                throw new IllegalStateException("no broker");
              }
              rig.topics().write(topic, key, value);
            },
            Signers.demo(),
            new Audit(rig.store(), () -> now),
            () -> now);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private DeskRig.Told told(String name) {
    DeskRig.Told told = rig.tell(name, 4_000_000, "R-" + name);
    rig.caughtUp();
    return told;
  }

  private String ask(DeskRig.Told told) {
    return desk.ask(
        OFFICER, ActKind.SIGN_ORDER, told.draft().getOrderId(), told.opened().getCaseId(), REASON);
  }

  private ActState state(String act) {
    return desk.state(act).orElseThrow().state();
  }

  @Test
  void nothingLeavesBeforeTheSecondPersonAndThenBothStandInASignedAct() {
    DeskRig.Told told = told("签发");
    String act = ask(told);
    assertThat(state(act)).isEqualTo(ActState.ASKED);
    assertThat(rig.act(told.draft().getOrderId())).isNull();

    desk.confirm(LEADER, act);

    OfficerAct signed = rig.act(told.draft().getOrderId());
    assertThat(signed.getOfficerId()).isEqualTo("officer-1");
    assertThat(signed.getSecondOfficerId()).isEqualTo("officer-4");
    assertThat(signed.getAt()).as("the engine's time").isEqualTo(Cast.T0);
    assertThat(signatures.verify(signed, Cast.T0).holds()).isTrue();
    assertThat(
            signatures
                .verifyOrderSignature(signed, AuthorisationSubject.of(told.draft()), Cast.T0)
                .holds())
        .isTrue();
  }

  @Test
  void anActIsDoneWhenTheJobSaysSoAndNotSentWhenItDoesNot() {
    DeskRig.Told told = told("确认");
    String act = ask(told);
    desk.confirm(LEADER, act);
    assertThat(state(act)).isEqualTo(ActState.SENT);

    now = now.plus(ActDesk.WORD_WITHIN).plusMillis(1);
    assertThat(state(act)).isEqualTo(ActState.NOT_SENT);

    rig.topics()
        .write(
            "stop.requests",
            told.draft().getOrderId(),
            Cast.next(told.draft(), OrderState.SIGNED, act, Cast.T0));
    rig.caughtUp();
    assertThat(state(act)).as("reconciled when the word comes").isEqualTo(ActState.DONE);
  }

  @Test
  void aBrokerThatDoesNotTakeItIsShownAtOnce() {
    DeskRig.Told told = told("断线");
    String act = ask(told);
    brokerGone = true;
    desk.confirm(LEADER, act);
    brokerGone = false;
    assertThat(state(act)).isEqualTo(ActState.NOT_SENT);
  }

  @Test
  void whoAsksCannotConfirmAndAfterTwoMinutesNobodyCan() {
    DeskRig.Told told = told("两人");
    String act = ask(told);
    assertThatThrownBy(() -> desk.confirm(OFFICER, act)).hasMessage("act.samePerson");
    now = now.plus(ActDesk.SECOND_PERSON_WITHIN).plusMillis(1);
    assertThatThrownBy(() -> desk.confirm(LEADER, act)).hasMessage("act.tooLate");
    assertThat(state(act)).isEqualTo(ActState.LAPSED);
    assertThat(rig.act(told.draft().getOrderId())).isNull();
  }

  @Test
  void whatHasChangedSinceItWasShownIsNotSigned() {
    DeskRig.Told told = told("变更");
    String act = ask(told);
    StopPaymentRequest changed =
        StopPaymentRequest.newBuilder(told.draft()).setSequence(2).setTracedFen(1).build();
    rig.topics().write("stop.requests", changed.getOrderId(), changed);
    rig.caughtUp();
    assertThatThrownBy(() -> desk.confirm(LEADER, act)).hasMessage("act.changed");
    assertThat(rig.act(told.draft().getOrderId())).isNull();
  }

  @Test
  void twoOfficersOnOneOrderAskOnce() {
    DeskRig.Told told = told("两警");
    ask(told);
    assertThatThrownBy(
            () ->
                desk.ask(
                    OTHER,
                    ActKind.SIGN_ORDER,
                    told.draft().getOrderId(),
                    told.opened().getCaseId(),
                    REASON))
        .hasMessage("act.other");
  }

  @Test
  void anotherDecisionThatCameFirstIsSaid() {
    DeskRig.Told told = told("抢先");
    String act = ask(told);
    desk.confirm(LEADER, act);
    rig.topics()
        .write(
            "stop.requests",
            told.draft().getOrderId(),
            Cast.next(told.draft(), OrderState.WITHDRAWN, "hit-retracted", Cast.T0));
    rig.caughtUp();
    assertThat(state(act)).isEqualTo(ActState.OVERTAKEN);
  }

  @Test
  void whatTheTablesForbidIsNotTaken() {
    DeskRig.Told unreported = rig.tell("未报案", 4_000_000, null);
    rig.caughtUp();
    assertThatThrownBy(() -> ask(unreported)).hasMessage("unsigned.NO_ACCEPTED_REPORT");
    assertThatThrownBy(
            () ->
                desk.ask(
                    OFFICER, ActKind.RELEASE, unreported.draft().getOrderId(), "", "NOT_INVOLVED"))
        .hasMessage("offer.notInThisState");
    assertThatThrownBy(
            () ->
                desk.ask(OFFICER, ActKind.REJECT_REQUEST, unreported.draft().getOrderId(), "", " "))
        .hasMessage("act.reason");
  }

  @Test
  void rejectingNeedsOnePersonAndReleasingTwo() {
    DeskRig.Told told = told("不予");
    String act =
        desk.ask(
            OFFICER,
            ActKind.REJECT_REQUEST,
            told.draft().getOrderId(),
            told.opened().getCaseId(),
            "EVIDENCE_WEAK");
    assertThat(state(act)).isEqualTo(ActState.SENT);
    assertThat(rig.act(told.draft().getOrderId()).getSecondOfficerId()).isNull();

    DeskRig.Told stopped = told("解除");
    StopPaymentRequest sent = Cast.next(stopped.draft(), OrderState.SENT, "someone", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "stop.requests",
            sent.getOrderId(),
            Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0));
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 100, Cast.T0));
    rig.caughtUp();
    String release =
        desk.ask(
            OFFICER, ActKind.RELEASE, sent.getOrderId(), stopped.opened().getCaseId(), "BONA_FIDE");
    assertThat(state(release)).isEqualTo(ActState.ASKED);
    desk.refuse(LEADER, release);
    assertThat(state(release)).isEqualTo(ActState.REFUSED);
  }

  @Test
  void manyAreSignedTogetherOnlyOfOneTraceAndNeverProtectedKinds() {
    List<String> orders = new ArrayList<>();
    DeskRig.Told last = null;
    for (int i = 0; i < 3; i++) {
      last = rig.tell("多件" + i, 2_000_000 + i, "R-多件");
      orders.add(last.draft().getOrderId());
    }
    DeskRig.Told shop = rig.tell("多件商户", 2_000_000, "R-多件", AccountKind.MERCHANT);
    DeskRig.Told foreign = told("外案");
    String caseId = last.opened().getCaseId();
    rig.caughtUp();

    assertThatThrownBy(
            () ->
                desk.askMany(
                    OFFICER, List.of(orders.get(0), shop.draft().getOrderId()), caseId, REASON))
        .hasMessage("act.singly");
    assertThatThrownBy(
            () ->
                desk.askMany(
                    OFFICER, List.of(orders.get(0), foreign.draft().getOrderId()), caseId, REASON))
        .hasMessage("act.oneTrace");
    assertThatThrownBy(
            () ->
                desk.askMany(
                    OFFICER, java.util.Collections.nCopies(21, orders.get(0)), caseId, REASON))
        .hasMessage("act.many");

    String group = desk.askMany(OFFICER, orders, caseId, REASON);
    desk.confirm(LEADER, group);
    assertThat(orders).allSatisfy(order -> assertThat(rig.act(order)).isNotNull());
  }

  @Test
  void manyAreAskedForAllTogetherOrNotAtAll() {
    List<String> orders = new ArrayList<>();
    DeskRig.Told last = null;
    for (int i = 0; i < 4; i++) {
      last = rig.tell("全或无" + i, 2_000_000 + i, "R-全或无");
      orders.add(last.draft().getOrderId());
    }
    String caseId = last.opened().getCaseId();
    rig.caughtUp();
    String others = desk.ask(OFFICER, ActKind.SIGN_ORDER, orders.get(2), caseId, REASON);

    assertThatThrownBy(() -> desk.askMany(OFFICER, orders, caseId, REASON)).hasMessage("act.other");

    assertThat(desk.about(orders)).extracting(Act::actId).containsExactly(others);
    desk.confirm(LEADER, others);
    assertThat(orders).filteredOn(order -> rig.act(order) != null).containsExactly(orders.get(2));
  }

  @Test
  void theAuditFindsALineThatWasChanged() {
    Audit audit = new Audit(rig.store(), () -> now);
    told("审计");
    audit.note("officer-1", "TEST", "x", "");
    audit.note("officer-1", "TEST", "y", "");
    assertThat(audit.firstFault()).isZero();
    rig.store()
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "update own.audit set detail = 'changed' where object_id = 'x' and what ="
                      + " 'TEST'");
              handle.commit();
            });
    assertThat(audit.firstFault()).isPositive();
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.audit set detail = '' where object_id = 'x' and what = 'TEST'"));
    assertThat(audit.firstFault()).isZero();
  }
}
