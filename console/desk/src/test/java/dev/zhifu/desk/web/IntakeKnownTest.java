package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an officer is told while he types: duplicates and stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeKnownTest {
  private static final String ID = "15060219800101987X";
  private static final String PAYEE = "6217020000000441002";
  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("known");
    AccountRef payer = Cast.account("B01", "6217010000000441001", "重复", 1);
    rig.topics()
        .write(
            "victim.reports",
            "R-441",
            VictimReport.newBuilder()
                .setReportId("R-441")
                .setReportedAt(Cast.T0)
                .setReceivedAt(Cast.T0)
                .setHolderToken(new Tokens(Cast.TOKEN_KEY).holder(ID))
                .setTakenBy("officer-2")
                .setReportChannel("96110")
                .setTransfers(
                    List.of(
                        ReportedTransfer.newBuilder()
                            .setPayer(payer)
                            .setPayee(Cast.account("B02", PAYEE, "重复收款", 0))
                            .setAmountFen(1_000)
                            .setOccurredAt(Cast.T0)
                            .build()))
                .build());
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String typed(String field, String value) {
    return officer.post("/intake/check", Map.of("field", field, field, value)).body();
  }

  @Test
  void aReportWithoutAnOrderIsShownByEitherAccountAndByTheVictimsDocument() {
    for (String field : List.of("number0", "payerNumber")) {
      assertThat(typed(field, field.equals("number0") ? PAYEE : "6217010000000441001"))
          .as(field)
          .contains("另有报案涉及该账户（1 件）", "/report/R-441");
    }
    assertThat(typed("idNumber", ID.toLowerCase(java.util.Locale.ROOT)))
        .contains("此人已有报案（1 件）", "/report/R-441");
    assertThat(typed("idNumber", "150602198001019861")).doesNotContain("报案");
    assertThat(typed("idNumber", "1506")).doesNotContain("报案");
    assertThat(typed("number0", "6217020000000441003")).doesNotContain("报案");
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'VIEW KNOWN' and object_id = 'R-441'",
                Long.class))
        .isEqualTo(3);
  }

  @Test
  void anAccountUnderAnOrderAndOneThatItsBankStoppedItselfAreShown() {
    DeskRig.Told told = rig.tell("已停", 2_000_000, "R-442");
    StopPaymentRequest active = Cast.next(told.draft(), OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", active.getOrderId(), active);
    rig.caughtUp();
    String number = String.format("621702%013d", Math.floorMod("已停".hashCode(), 1_000_000));
    assertThat(typed("number1", number)).contains("该账户已有指令：", "另有报案涉及该账户（1 件）");

    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.bank_report (report_id, bank, received_at, incident, operator,
                      stop_account, stop_start, stop_expire, stop_balance_fen)
                    values ('R-443', 'B02', ?, '', '', ?, ?, ?, 1)\
                    """,
                    Timestamp.from(Cast.T0),
                    new Tokens(Cast.TOKEN_KEY).account("B02", PAYEE),
                    Timestamp.from(Cast.T0),
                    Timestamp.from(Cast.T0.plusSeconds(172_800))));
    assertThat(typed("number0", PAYEE)).contains("银行已自行止付该账户");
  }

  @Test
  void aLiveFreezeAndRiskHoldsOfTheAccountAreShownUntilTheyEnd() {
    String frozen = "6217020000000441005";
    String held = "6217020000000441006";
    AccountRef target = Cast.account("B02", frozen, "已冻结", 0);
    LifeTransition freeze =
        LifeTransition.newBuilder()
            .setObjectId("freeze-444")
            .setKind(LifeKind.FREEZE)
            .setCaseId("case-444")
            .setSequence(1)
            .setState("ACTIVE")
            .setEvent("BANK_FROZE")
            .setRole("BANK")
            .setCause("m1")
            .setTickAt(Cast.T0)
            .setDetail(
                FreezeDetail.newBuilder()
                    .setApplicationId("application-444")
                    .setTarget(target)
                    .setAuthority(DeskRig.AUTHORITY)
                    .setChannel(OrderChannel.PLATFORM)
                    .setMode(FreezeMode.AMOUNT)
                    .setAmountFen(8_000_000)
                    .setTracedFen(8_000_000)
                    .setTermMonths(6)
                    .setStartAt(Cast.T0)
                    .setExpiresAt(Cast.T0.plusSeconds(15_000_000))
                    .setFrozenFen(7_654_321)
                    .setDocumentNumber("冻字〔2026〕444 号")
                    .build())
            .build();
    rig.topics().write("recovery.lives", "freeze-444", freeze);
    rig.topics()
        .write(
            "restriction.notices",
            "n-444",
            RestrictionNotice.newBuilder(
                    Cast.notice(Cast.hold(target, 7_654_321, Cast.T0.minusSeconds(60))))
                .setNoticeId("n-444")
                .setRestrictionId("freeze-444")
                .setRestriction("FREEZE")
                .build());
    RiskHold hold = Cast.hold(Cast.account("B02", held, "管控", 0), 123_400, Cast.T0);
    rig.topics().write("bank.B02.holds", hold.getHoldId(), hold);
    rig.caughtUp();

    assertThat(typed("number0", frozen))
        .contains("冻结，冻结生效", "76,543.21", "冻字〔2026〕444 号", "2026-08-23");
    assertThat(typed("number0", held)).contains("银行风险管控", "1,234.00", hold.getNoticeId());
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'VIEW KNOWN' and object_id = 'freeze-444'",
                Long.class))
        .isEqualTo(1);

    LifeTransition released =
        LifeTransition.newBuilder(freeze).setSequence(2).setState("RELEASED").build();
    rig.topics().write("recovery.lives", "freeze-444", released);
    rig.topics()
        .write(
            "bank.B02.inbound",
            hold.getHoldId(),
            new BankInbound(
                "B02",
                new RiskHoldOutcome(
                    hold.getHoldId(), "B02", HoldResult.DECLINED, 0L, Cast.T0, "")));
    rig.caughtUp();
    assertThat(typed("number0", frozen)).doesNotContain("冻结");
    assertThat(typed("number0", held)).doesNotContain("管控");
  }
}
