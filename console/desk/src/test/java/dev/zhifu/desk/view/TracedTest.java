package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.AccountOpener;
import dev.zhifu.ingress.ClearAccount;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TraceEdge;
import dev.zhifu.wire.TraceEnd;
import dev.zhifu.wire.TraceHop;
import dev.zhifu.wire.TraceIn;
import dev.zhifu.wire.TraceOut;
import dev.zhifu.wire.TraceParty;
import dev.zhifu.wire.TraceShare;
import dev.zhifu.wire.TraceStanding;
import dev.zhifu.wire.TraceTotals;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.VictimReport;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the trace states is shown in one sentence an order; what it ends at is left alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracedTest {
  private static final String STRANGER = "6217010000000000888";
  private static final String REPORT = "R-trace";
  private static final Instant PAID = Cast.T0.minusSeconds(480);

  private DeskRig rig;
  private DeskRig.Told told;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("traced");
    told = rig.tell("追踪", 18_600_000, REPORT);
    TraceParty victim = party(told.victim());
    TraceParty mule = party(told.mule());
    TraceParty shop =
        new TraceParty(
            Cast.account("B03", "6217030000000000777", "粮油店", 0).getAccountToken(),
            "B03",
            AccountKind.MERCHANT);
    TraceParty stranger = party(Cast.account("B01", STRANGER, "另一人", 0));
    TraceEdge loss = edge("loss", PAID, 18_600_000, victim, mule, TransactionKind.TRANSFER);
    TraceEdge bought =
        edge("shop", PAID.plusSeconds(60), 480_000, mule, shop, TransactionKind.PURCHASE);
    TraceEdge other =
        edge("other", PAID.minusSeconds(90), 1_234_500, stranger, mule, TransactionKind.TRANSFER);
    rig.topics()
        .write(
            "trace.hops",
            "h",
            TraceHop.newBuilder()
                .setClaim(REPORT)
                .setCaseId(told.opened().getCaseId())
                .setReportedAt(Cast.T0)
                .setLossFen(18_600_000)
                .setVictimAccount(victim.getAccountToken())
                .setEdge(loss)
                .setLevel(1)
                .setShare(share(0, 0))
                .setRevision(1)
                .setLoss(true)
                .build());
    rig.topics()
        .write(
            "trace.cases",
            "a",
            TraceCase.newBuilder()
                .setClaim(REPORT)
                .setCaseId(told.opened().getCaseId())
                .setNumber(1)
                .setAccount(
                    TraceAccount.newBuilder()
                        .setAccount(mule)
                        .setLevel(1)
                        .setRevision(1)
                        .setReportedAt(Cast.T0)
                        .setLossFen(18_600_000)
                        .setInflows(
                            List.of(
                                new TraceIn(
                                    loss,
                                    share(18_600_000, 18_600_000),
                                    1L,
                                    TraceStanding.FOUND,
                                    true)))
                        .setOutflows(
                            List.of(
                                new TraceOut(
                                    bought,
                                    share(480_000, 480_000),
                                    TraceEnd.MERCHANT,
                                    0L,
                                    60_000L)))
                        .setRemaining(share(18_000_000, 18_120_000))
                        .setBalanceFen(24_000_000)
                        .setSuspects(List.of(other, loss))
                        .build())
                .setTotals(
                    TraceTotals.newBuilder()
                        .setComplete(true)
                        .setWeight(1)
                        .setOnTheWay(0)
                        .setAccounts(1)
                        .setAtLimits(0)
                        .setLossFifoFen(18_600_000)
                        .setLossProRataFen(18_600_000)
                        .setThereFifoFen(18_120_000)
                        .setThereProRataFen(18_000_000)
                        .setEndedFifoFen(480_000)
                        .setEndedProRataFen(480_000)
                        .build())
                .build());
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static TraceParty party(AccountRef account) {
    return new TraceParty(account.getAccountToken(), account.getBank(), account.getKind());
  }

  private static TraceShare share(long low, long high) {
    return new TraceShare(List.of(high), List.of(low), low, high, false);
  }

  private static TraceEdge edge(
      String id, Instant at, long fen, TraceParty from, TraceParty to, TransactionKind kind) {
    return TraceEdge.newBuilder()
        .setTransferId("B01:" + id)
        .setOccurredAt(at)
        .setAmountFen(fen)
        .setPayer(from)
        .setPayee(to)
        .setKind(kind)
        .build();
  }

  @Test
  void anOrderSaysWhyTheTraceAsksForIt() {
    String page = officer.get("/case/" + told.opened().getCaseId()).body();
    assertThat(page)
        .contains("追踪：第 1 层（被害人直接转入）")
        .contains("转入 186,000.00 元，其中涉案 186,000.00 元")
        .contains("现仍在账 180,000.00–181,200.00 元，占账面余额 75 %");
    officer.post("/language", Map.of("language", "en", "back", "/queue"));
    assertThat(officer.get("/case/" + told.opened().getCaseId()).body())
        .contains("Trace: level 1, paid by the victim")
        .contains("180,000.00–181,200.00 are still there, 75 % of the balance booked");
    officer.post("/language", Map.of("language", "zh", "back", "/queue"));
  }

  @Test
  void requestsBehindTheReportedAccountStandByWhatASecondOfWorkKeeps() {
    DeskRig.Told chain = rig.tell("先后", 9_000_000, "R-order");
    AccountRef slow = Cast.account("B03", "6217030000000000901", "慢", 0);
    AccountRef fast = Cast.account("B04", "6217040000000000902", "快", 0);
    for (AccountRef account : List.of(slow, fast)) {
      StopPaymentRequest first = chain.draft();
      rig.topics()
          .write(
              "stop.requests",
              account.getAccountToken(),
              StopPaymentRequest.newBuilder(first)
                  .setOrderId("order-" + account.getBank())
                  .setTarget(account)
                  .build());
    }
    followOn(chain, slow, 1, true, 4_000_000, 20_000.4);
    followOn(chain, fast, 1, true, 3_000_000, 50_000);
    rig.caughtUp();
    String page = officer.get("/case/" + chain.opened().getCaseId()).body();
    assertThat(page)
        .contains("先后依据：第 2 层现仍有涉案资金至少 30,000.00 元，办理每一秒约可保住 500.00 元")
        .contains("至少 40,000.00 元，办理每一秒约可保住 200.00 元");
    assertThat(page.indexOf("data-order=\"" + chain.draft().getOrderId()))
        .as("the reported account first")
        .isPositive()
        .isLessThan(page.indexOf("data-order=\"order-B04"));
    assertThat(page.indexOf("data-order=\"order-B04"))
        .as("then by what a second of work keeps")
        .isLessThan(page.indexOf("data-order=\"order-B03"));

    followOn(chain, fast, 2, false, 0, 0);
    followOn(chain, fast, 1, true, 3_000_000, 50_000);
    rig.caughtUp();
    assertThat(officer.get("/case/" + chain.opened().getCaseId()).body())
        .as("an older word read again changes nothing")
        .doesNotContain("500.00 元（仍在概率");
    officer.post("/language", Map.of("language", "en", "back", "/queue"));
    assertThat(officer.get("/case/" + chain.opened().getCaseId()).body())
        .contains("Why in this place: at level 2 at least 40,000.00")
        .contains("a second of work is likely to keep 200.00");
    officer.post("/language", Map.of("language", "zh", "back", "/queue"));
  }

  private void followOn(
      DeskRig.Told told,
      AccountRef target,
      long revision,
      boolean holds,
      long fen,
      double urgency) {
    rig.topics()
        .write(
            "trace.followons",
            target.getAccountToken(),
            FollowOn.newBuilder()
                .setClaim("R-order")
                .setCaseId(told.opened().getCaseId())
                .setActId("act")
                .setVictim(told.opened().getSubject())
                .setAcceptedAt(Cast.T0)
                .setRevision(revision)
                .setHolds(holds)
                .setTarget(target)
                .setLevel(2)
                .setEdge(
                    edge(
                        "f-" + target.getBank(),
                        PAID,
                        fen,
                        party(told.mule()),
                        party(target),
                        TransactionKind.TRANSFER))
                .setThereFen(fen)
                .setBalanceFen(fen)
                .setAt(Cast.T0)
                .setUrgency(urgency)
                .build());
  }

  @Test
  void theShopIsShownAndNotToBeStopped() {
    String page = officer.get("/case/" + told.opened().getCaseId()).body();
    assertThat(page).contains("商户消费 4,800.00 · 可能善意取得，勿止付");
    assertThat(officer.get("/case/" + told.opened().getCaseId() + "/flow.json").body())
        .contains("\"stop\":\"never\"")
        .contains("可能善意取得，勿止付");
  }

  @Test
  void whatIsToDoWhereItEndsAndWhoElseMayBeAVictimStandOnTheCasePage() {
    String page = officer.get("/case/" + told.opened().getCaseId()).body();
    assertThat(page)
        .contains("追踪终点待办：1 项", "data-task=\"GOODS_CHECK\"", "核实商户交易是否善意取得")
        .contains("可能的其他被害人（尚未报案）：1 笔", "12,345.00 元");
    assertThat(page.split("data-suspect=", -1))
        .as("the victim's own loss is nobody else's payment")
        .hasSize(2);
  }

  @Test
  void stillReachableIsWhatTheTraceFindsThere() {
    assertThat(
            rig.one(
                "select money_fen from seen.queue where case_id = '"
                    + told.opened().getCaseId()
                    + "'",
                Long.class))
        .isEqualTo(18_000_000);
  }

  @Test
  void whatABankDidNotFindIsCorrectedAndAskedForAnew() {
    DeskRig.Told wrong = rig.tell("错名", 3_000_000, "R-wrong");
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId("R-wrong")
            .setReportedAt(Cast.T0)
            .setReceivedAt(Cast.T0)
            .setHolderToken(wrong.victim().getHolderToken())
            .setTakenBy("officer-1")
            .setReportChannel("110")
            .setTransfers(
                List.of(
                    ReportedTransfer.newBuilder()
                        .setPayer(wrong.victim())
                        .setPayee(wrong.mule())
                        .setAmountFen(3_000_000)
                        .setOccurredAt(wrong.paid().getOccurredAt())
                        .build()))
            .build();
    rig.topics().write("victim.reports", "R-wrong", report);
    StopPaymentRequest sent =
        Cast.next(wrong.draft(), OrderState.SENT, "sent", Cast.T0.minusSeconds(60));
    StopPaymentRequest mismatch =
        Cast.next(sent, OrderState.MISMATCH, "receipt", Cast.T0.minusSeconds(30));
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.MISMATCH_NAME, 0, Cast.T0.minusSeconds(30)));
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics().write("stop.requests", sent.getOrderId(), mismatch);
    rig.caughtUp();

    String path = "/order/" + mismatch.getOrderId() + "/correct";
    int digits = Math.floorMod("错名".hashCode(), 1_000_000);
    Map<String, String> fields =
        Map.of(
            "number",
            String.format("621702%013d", digits),
            "name",
            "赵谋",
            "case",
            wrong.opened().getCaseId());
    Map<String, String> another = new java.util.HashMap<>(fields);
    another.put("number", "6217020000000000001");
    HttpResponse<String> refused = officer.post(path, another);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("这个账号不是本指令的账户");
    assertThat(rig.act("R-wrong")).isNull();

    assertThat(officer.post(path, fields).statusCode()).isEqualTo(200);

    OfficerAct act = rig.act("R-wrong");
    assertThat(act.getKind()).isEqualTo(ActKind.ACCEPT_REPORT);
    AccountRef corrected = act.getReport().getTransfers().get(0).getPayee();
    assertThat(corrected.getAccountToken()).isEqualTo(wrong.mule().getAccountToken());
    assertThat(corrected.getCipher()).isNotEqualTo(wrong.mule().getCipher());
    ClearAccount clear =
        new AccountOpener(List.of(DemoKeys.bank("B02")))
            .open(corrected.getCipher(), corrected.getAccountToken());
    assertThat(clear.name()).isEqualTo("赵谋");
  }
}
