package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.RefundCast;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.GoodFaithSign;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceGround;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every order, hold and freeze of a case with its clock and the harm that it does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasuresTest {
  private static final Instant SENT_AT = Cast.T0.minusSeconds(30);

  private DeskRig rig;
  private RecoveryTwin recovery;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("measures");
    recovery = new RecoveryTwin(rig);
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String part(DeskRig.Told told, String part) {
    return officer.get("/case/" + told.opened().getCaseId() + "/part/" + part).body();
  }

  private void hold(DeskRig.Told told, HoldAction action, int sequence) {
    rig.topics()
        .write(
            "bank.B02.holds",
            "hold",
            RiskHold.newBuilder()
                .setHoldId("hold-" + told.opened().getCaseId())
                .setSequence(sequence)
                .setAction(action)
                .setBank("B02")
                .setAccount(told.mule())
                .setAmountFen(4_000_000)
                .setReasonCode(ReasonCode.values()[0])
                .setOccurredAt(Cast.T0.minusSeconds(60))
                .setEndsAt(Cast.T0.plusSeconds(86_340))
                .setNoticeId("notice")
                .build());
    rig.caughtUp();
  }

  private void answered(DeskRig.Told told, HoldResult result) {
    String holdId = "hold-" + told.opened().getCaseId();
    rig.topics()
        .write(
            "bank.B02.inbound",
            holdId,
            new BankInbound(
                "B02", new RiskHoldOutcome(holdId, "B02", result, 4_000_000L, Cast.T0, "")));
    rig.caughtUp();
  }

  @Test
  void aHoldCountsDownUntilItIsOver() {
    DeskRig.Told told = rig.tell("管控", 4_000_000, null);
    rig.caughtUp();
    String until = "data-until=\"" + Cast.T0.plusSeconds(86_340).toEpochMilli() + "\"";
    assertThat(part(told, "measures")).doesNotContain("data-hold");
    hold(told, HoldAction.PLACE, 1);
    assertThat(part(told, "measures")).contains("银行未答复", "管控至", until);
    answered(told, HoldResult.APPLIED);
    assertThat(part(told, "measures")).contains("已采取", until);
    answered(told, HoldResult.RELEASED);
    assertThat(part(told, "measures")).contains("已解除").doesNotContain(until);
    hold(told, HoldAction.LIFT, 2);
    assertThat(part(told, "measures")).contains("请求解除").doesNotContain(until);
    assertThat(officer.get("/case/" + told.opened().getCaseId()).body())
        .contains("/part/measures\" hx-trigger=\"desk-acts from:body\"");
  }

  private StopPaymentRequest sent(DeskRig.Told told) {
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", SENT_AT);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.caughtUp();
    return sent;
  }

  private StopPaymentRequest stopped(DeskRig.Told told) {
    return stopped(told, 9_000_000);
  }

  private StopPaymentRequest stopped(DeskRig.Told told, long balanceFen) {
    StopPaymentRequest sent = sent(told);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, balanceFen, Cast.T0));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    rig.caughtUp();
    return active;
  }

  @Test
  void anOrderThatIsOutSaysWhenItGoesUpAndNoLongerOnceItIsAnswered() {
    DeskRig.Told told = rig.tell("催办", 4_000_000, "R-催办");
    rig.caughtUp();
    assertThat(part(told, "orders")).doesNotContain("data-rung");
    sent(told);
    String orders = part(told, "orders");
    Map.of("BANK", 60, "BANNER", 180, "CITY", 300)
        .forEach(
            (level, seconds) ->
                assertThat(orders)
                    .containsPattern(
                        "data-rung=\""
                            + level
                            + "\">[^<]*<time[^>]*data-until=\""
                            + SENT_AT.plusSeconds(seconds).toEpochMilli()
                            + "\""));
    DeskRig.Told other = rig.tell("已答", 4_000_000, "R-已答");
    rig.caughtUp();
    stopped(other);
    assertThat(part(other, "orders")).contains("止付生效").doesNotContain("data-rung");
  }

  @Test
  void harmNamesBalanceTracedShareAndAsksForThePayrollThatNoStreamCarries() {
    DeskRig.Told told = rig.tell("普通户", 4_000_000, "R-普通户");
    rig.caughtUp();
    StopPaymentRequest active = stopped(told);
    double share = active.getTracedFen() / 90_000.0;
    assertThat(part(told, "orders"))
        .contains("余额 90,000.00 元", String.format("涉案占 %.0f %%", share))
        .contains("data-payroll=\"UNKNOWN\"", "是否有工资待发");

    DeskRig.Told unsaid = rig.tell("未报余额户", 4_000_000, "R-未报余额户");
    AccountRef before =
        AccountRef.newBuilder(unsaid.draft().getTarget()).setBalanceBeforeFen(0L).build();
    StopPaymentRequest unanswered =
        StopPaymentRequest.newBuilder(Cast.next(unsaid.draft(), OrderState.DRAFT, "again", Cast.T0))
            .setTarget(before)
            .build();
    rig.topics().write("stop.requests", unanswered.getOrderId(), unanswered);
    rig.caughtUp();
    assertThat(part(unsaid, "orders"))
        .as("the balance before the victim's payment is no word on what is kept")
        .contains("银行尚未报余额")
        .doesNotContain("余额 0.00 元");

    DeskRig.Told left = rig.tell("已转走户", 4_000_000, "R-已转走户");
    rig.caughtUp();
    StopPaymentRequest sent = stopped(left, 1_000_000);
    assertThat(part(left, "orders"))
        .as("no more of a balance is traced than it holds")
        .contains("余额 10,000.00 元，其中涉案 10,000.00 元，其余 0.00 元");
    assertThat(sent.getTracedFen()).isEqualTo(4_000_000);

    DeskRig.Told payroll = rig.tell("代发户", 4_000_000, "R-代发户", AccountKind.PAYROLL);
    rig.caughtUp();
    assertThat(part(payroll, "orders")).contains("data-payroll=\"PAYROLL\"", "代发工资账户：何时发薪");
    StopPaymentRequest inForce = stopped(payroll);
    HttpPerson bank = new HttpPerson(rig.url()).login("bank-b02", DemoPeople.PASSWORD);
    assertThat(
            bank.post(
                    "/appeal",
                    Map.of(
                        "object", inForce.getOrderId(),
                        "statement", "单位代发户",
                        "harm", "今日发薪，十二人，八万元"))
                .statusCode())
        .isEqualTo(302);
    assertThat(part(payroll, "orders")).contains("<q>今日发薪，十二人，八万元</q>");
    assertThat(part(told, "orders")).doesNotContain("今日发薪");
  }

  @Test
  void wagesThatTheLedgerSawAreSaid() {
    DeskRig.Told told = rig.tell("领薪户", 4_000_000, "R-领薪户");
    StopPaymentRequest grounded =
        StopPaymentRequest.newBuilder(Cast.next(told.draft(), OrderState.DRAFT, "traced", Cast.T0))
            .setGrounds(
                List.of(
                    TraceGround.newBuilder()
                        .setReportId("R-领薪户")
                        .setCaseId(told.opened().getCaseId())
                        .setFromAccount("from")
                        .setFromBank("B01")
                        .setLevel(2)
                        .setArrivedAt(Cast.T0)
                        .setLowFen(1)
                        .setHighFen(2)
                        .setGoodFaithSigns(List.of(GoodFaithSign.WAGES))
                        .build()))
            .build();
    rig.topics().write("stop.requests", grounded.getOrderId(), grounded);
    rig.caughtUp();
    assertThat(part(told, "orders")).contains("data-payroll=\"WAGES\"", "有工资、养老金等入账");
  }

  @Test
  void aFreezeSaysItsHarmToo() {
    RefundCast about = new RefundCast(rig, recovery).frozen("冻结户");
    String lives = officer.get("/case/" + about.caseId() + "/part/lives").body();
    assertThat(lives)
        .containsPattern("data-life=\"" + about.freezeId() + "\"[\\s\\S]*?class=\"harm\"")
        .contains("余额 100,000.00 元", "data-payroll=\"UNKNOWN\"");
  }
}
