package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.LivesTestBase;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.acts.Act;
import dev.zhifu.desk.acts.LifeDraft;
import dev.zhifu.desk.acts.LifeOffer;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.RefundWork;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.rules.money.refund.RatioMode;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * While no job says a word, every kind of act is shown as not sent with whom to phone and a paper
 * to print, and as done once the job has spoken after all.
 */
class NotSentTest extends LivesTestBase {
  private static final String B01 = "0477-000-9001";
  private static final String B02 = "0477-000-9002";
  private static final String B03 = "0477-000-9003";
  private static final String DUTY_ROOM = "0477-000-0110";
  private static final String RECORD = "民警操作书面记录";

  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig.wallClock(now);
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  private String ask(Person person, LifeDraft... drafts) {
    LifeDraft last = drafts[drafts.length - 1];
    return acts.lives().ask(person, List.of(drafts), null, last.needsTwo());
  }

  private LifeDraft draft(DeskRig.Told told, LifeKind life, Person person, String event) {
    LifeOffer offer =
        offers.of(told.opened().getCaseId(), person, List.of()).stream()
            .filter(one -> one.life() == life && one.event().equals(event))
            .findFirst()
            .orElseThrow(() -> new AssertionError(event + " is not offered"));
    LifeDraft draft =
        LifeDraft.of(
            life, told.opened().getCaseId(), offer.objectId(), event, offer.role(), "照此办理");
    return offers.completed(draft, person, Cast.T0);
  }

  private String actOf(String group) {
    return rig.store()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select act_id from own.act where group_id = ? order by asked_at desc limit"
                            + " 1")
                    .bind(0, group)
                    .mapTo(String.class)
                    .one());
  }

  /** What the page says of an act six seconds after it was sent. */
  private String silent(String group) {
    String actId = actOf(group);
    assertThat(officer.get("/act/" + actId).body()).doesNotContain("NOT SENT");
    now = now.plusSeconds(6);
    rig.wallClock(now);
    String body = officer.get("/act/" + actId).body();
    assertThat(body)
        .contains("NOT SENT", "请立即致电")
        .contains("href=\"/act/" + actId + "/paper?n=0\"");
    return body;
  }

  private String paper(String group, int n) {
    var answer = officer.get("/act/" + actOf(group) + "/paper?n=" + n);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("style-src 'sha256-");
    return answer.body();
  }

  /** The job speaks after all: the page says done, and neither phone nor paper any more. */
  private void reconciled(String group) {
    recovery.answer(Cast.T0);
    assertThat(officer.get("/act/" + actOf(group)).body())
        .contains("引擎已确认")
        .doesNotContain("请立即致电");
  }

  @Test
  void anAcceptedReportGivesEveryPayeesBankWithItsStopForm() {
    var victim = Cast.account("B01", "6217010000000778001", "两笔", 9_000_000);
    List<ReportedTransfer> paid =
        List.of("B02", "B03").stream()
            .map(
                bank ->
                    ReportedTransfer.newBuilder()
                        .setPayer(victim)
                        .setPayee(
                            Cast.account(bank, "62170" + bank.charAt(2) + "0000000778002", bank, 0))
                        .setAmountFen(bank.equals("B02") ? 1_234_500 : 2_234_500)
                        .setOccurredAt(Cast.T0.minusSeconds(300))
                        .build())
            .toList();
    String actId =
        acts.accept(
            OFFICER,
            VictimReport.newBuilder()
                .setReportId("R-two")
                .setReportedAt(Cast.T0)
                .setReceivedAt(Cast.T0)
                .setHolderToken(victim.getHolderToken())
                .setTakenBy("officer-1")
                .setReportChannel("110")
                .setTransfers(paid)
                .build(),
            List.of("form-1", "id-1"));
    assertThat(silent(actId)).contains("高原银行", B02, "河套农商银行", B03).contains("paper?n=1");
    assertThat(paper(actId, 0)).contains("紧急止付通知书", "高原银行", "12,345.00");
    assertThat(paper(actId, 1)).contains("紧急止付通知书", "河套农商银行", "22,345.00", B03);
    assertThat(officer.get("/act/" + actId + "/paper?n=2").statusCode()).isEqualTo(404);
    assertThat(officer.get("/act/" + actId + "/paper?n=x").statusCode()).isEqualTo(404);
  }

  @Test
  void aReleaseGivesItsBankAndTheFormThatLiftsTheStop() {
    DeskRig.Told told = stopped("解除");
    String actId =
        acts.ask(
            OFFICER,
            ActKind.RELEASE,
            told.draft().getOrderId(),
            told.opened().getCaseId(),
            "WRONG_ACCOUNT");
    acts.confirm(LEADER, actId);
    assertThat(silent(actId)).contains(B02);
    assertThat(paper(actId, 0)).contains("解除紧急止付通知书", "高原银行", "陈", told.draft().getApplicationId());
  }

  @Test
  void aRequestThatIsTurnedDownIsTheDutyRooms() {
    DeskRig.Told told = rig.tell("不予", 4_000_000, "R-不予");
    rig.caughtUp();
    String actId =
        acts.ask(
            OFFICER,
            ActKind.REJECT_REQUEST,
            told.draft().getOrderId(),
            told.opened().getCaseId(),
            "与案件无关");
    assertThat(silent(actId)).contains(DUTY_ROOM).doesNotContain(B02);
    assertThat(paper(actId, 0)).contains(RECORD, "不予止付", "与案件无关", actId);
  }

  @Test
  void aFilingIsTheDutyRooms() {
    DeskRig.Told told = stopped("立案");
    String group = ask(HEAD, draft(told, LifeKind.CASE, HEAD, "FILED"));
    assertThat(silent(group)).contains("市反诈中心", DUTY_ROOM);
    assertThat(paper(group, 0)).contains(RECORD, "案件 立案", "照此办理", "高");
    reconciled(group);
  }

  @Test
  void aFreezeGivesItsBankAtEachStepAndItsNoticeOnceItMayBeServed() {
    DeskRig.Told told = stopped("静默冻结");
    ask(HEAD, draft(told, LifeKind.CASE, HEAD, "FILED"));
    recovery.answer(Cast.T0);
    StopPaymentRequest order = Cast.next(told.draft(), OrderState.ACTIVE, "receipt", Cast.T0);
    FreezeDetail detail =
        offers.freeze(
            order, FreezeMode.AMOUNT, 4_000_000, "全部", false, "", false, OrderChannel.PLATFORM);
    String group =
        ask(
            OFFICER,
            offers.conversion(told.opened().getCaseId(), order, detail).toArray(LifeDraft[]::new));
    // The job has told of no freeze yet: what the press brings says which bank it is.
    assertThat(silent(group)).contains("高原银行", B02);
    assertThat(paper(group, 0)).contains(RECORD, "报法制审核", "40,000.00").doesNotContain("协助冻结财产通知书");
    reconciled(group);

    offers.review(told.opened().getCaseId(), LifeOffers.freezeId(order), LEGAL, "无异议");
    recovery.answer(Cast.T0);
    group = ask(HEAD, draft(told, LifeKind.FREEZE, HEAD, "APPROVED"));
    assertThat(silent(group)).contains(B02);
    reconciled(group);
    group = ask(OFFICER, draft(told, LifeKind.FREEZE, OFFICER, "SENT"));
    assertThat(silent(group)).contains(B02);
    assertThat(paper(group, 0)).contains("协助冻结财产通知书", "40,000.00", detail.getApplicationId(), B02);
    reconciled(group);
  }

  @Test
  void aVictimHoldGivesTheVictimsBank() {
    DeskRig.Told told = rig.tell("静默保护", 3_000_000, null);
    recovery.alerted(told.opened(), Cast.T0);
    String group =
        ask(
            OFFICER,
            offers.hold(told.opened().getCaseId(), told.victim().getAccountToken(), 30, "怀疑受骗"));
    assertThat(silent(group)).contains("草原第一银行", B01);
    assertThat(paper(group, 0)).contains(RECORD, "30 日");
    reconciled(group);
    group = ask(OFFICER, draft(told, LifeKind.VICTIM_HOLD, OFFICER, "APPROVED"));
    acts.confirm(LEADER, group);
    assertThat(silent(group)).contains(B01);
    assertThat(paper(group, 0)).contains("保护性止付协助函", "草原第一银行", "30 日");
    reconciled(group);
    group = ask(OFFICER, draft(told, LifeKind.PAPER, OFFICER, "PRINTED"));
    assertThat(silent(group)).contains(B01);
    assertThat(paper(group, 0)).contains(RECORD, "书面文书 打印", "草原第一银行");
    reconciled(group);
  }

  @Test
  void anAppealGivesTheBankOfTheRestriction() {
    DeskRig.Told told = stopped("静默申诉");
    String appealId = appeals.lodge(OFFICER, told.draft().getOrderId(), "HOLDER", "货已发出", "今日发薪");
    String group =
        acts.lives().about(List.of(appealId)).stream().map(Act::groupId).findFirst().orElseThrow();
    // The job has told of no appeal yet: what the press brings says which bank it is.
    assertThat(silent(group)).contains("高原银行", B02);
    reconciled(group);
    group = ask(OFFICER, draft(told, LifeKind.APPEAL, OFFICER, "ACCEPTED"));
    assertThat(silent(group)).contains("高原银行", B02);
    assertThat(paper(group, 0)).contains(RECORD, "申诉 受理", "货已发出", "今日发薪");
    reconciled(group);
    LifeDraft upheld = draft(told, LifeKind.APPEAL, OFFICER, "UPHELD");
    group =
        acts.lives()
            .ask(
                OFFICER,
                List.of(
                    LifeDraft.of(
                        LifeKind.APPEAL,
                        upheld.caseId(),
                        appealId,
                        "UPHELD",
                        upheld.role(),
                        "BONA_FIDE")),
                null,
                true);
    acts.confirm(LEADER, group);
    assertThat(silent(group)).contains("高原银行", B02);
    assertThat(paper(group, 0)).contains("解除紧急止付通知书", "高原银行", "陈建国");
    reconciled(group);
  }

  @Test
  void aRefundGivesTheBankOfTheFrozenAccount() {
    RefundCast about = new RefundCast(rig, recovery).frozen("静默返还").planned();
    RefundWork refunds = new RefundWork(rig.store(), acts.lives());
    String group =
        refunds.ask(
            refunds.sheet(about.freezeId()).orElseThrow(),
            OFFICER,
            "OPENED",
            new RefundWork.Typed(
                "按规定办理",
                List.of("id:1"),
                RatioMode.NORMALISED,
                Map.of(),
                Map.of(),
                Map.of(),
                true,
                true,
                true));
    assertThat(silent(group)).contains("高原银行", B02);
    assertThat(paper(group, 0)).contains(RECORD, "资金返还", "按规定办理");
    reconciled(group);
  }
}
