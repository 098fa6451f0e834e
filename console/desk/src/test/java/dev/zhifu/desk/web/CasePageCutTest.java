package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.SheetText;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.Cases;
import dev.zhifu.desk.view.FlowGraph;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a case's page leaves out of its long lists it says, and shows when asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasePageCutTest {
  private static final Pattern ORDER = Pattern.compile("<article class=\"order ");
  private static final Pattern MOMENT = Pattern.compile("<li class=\"(?:matched)?\"><time>");
  private static final Pattern EDGE = Pattern.compile("\"source\":");
  private static final int MORE = 30;

  private DeskRig rig;
  private HttpPerson officer;
  private String small;
  private String large;

  @BeforeAll
  void start() {
    rig = new DeskRig("casecut");
    DeskRig.Told few = rig.tell("小", 3_000_000, "R-small");
    small = few.opened().getCaseId();
    report("R-small", few);
    DeskRig.Told told = rig.tell("大", 9_000_000, "R-large");
    large = told.opened().getCaseId();
    report("R-large", told);
    for (int i = 0; i < Cases.EVENTS_MAX + MORE; i++) {
      var call = Cast.call("more-" + i, told.victim(), told.paid().getOccurredAt().plusSeconds(i));
      rig.topics().write("risk.enriched", call.getEventId(), Cast.enriched(call));
    }
    // The mule passes to 20, each of them to 12: no account alone is beyond its own bound.
    for (int i = 0; i < 20; i++) {
      BankTransaction second = rig.passOn(told, "二层" + i, 400_000, 60 + i);
      for (int j = 0; j < 12; j++) {
        BankTransaction third = rig.passOn(second, "三层" + i + "-" + j, 30_000, 60 + j);
        order(told, third);
      }
    }
    rig.caughtUp();
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  private void report(String id, DeskRig.Told told) {
    ReportedTransfer loss =
        ReportedTransfer.newBuilder()
            .setPayer(told.victim())
            .setPayee(told.mule())
            .setAmountFen(told.paid().getAmountFen())
            .setOccurredAt(told.paid().getOccurredAt())
            .build();
    VictimReport report =
        VictimReport.newBuilder()
            .setReportId(id)
            .setReportedAt(Cast.T0)
            .setReceivedAt(Cast.T0)
            .setHolderToken(told.victim().getHolderToken())
            .setTakenBy("officer-1")
            .setReportChannel("110")
            .setTransfers(List.of(loss))
            .build();
    rig.topics().write("victim.reports", id, report);
  }

  private void order(DeskRig.Told told, BankTransaction paid) {
    StopPaymentRequest draft = Cast.request(told.opened(), paid, "R-large", OrderState.DRAFT, 1);
    rig.topics().write("stop.requests", draft.getOrderId(), draft);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A page that leaves nothing out is told from one that failed by its status. */
  private String page(String path) {
    HttpResponse<String> answer = officer.get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long count(Pattern what, String page) {
    return what.matcher(page).results().count();
  }

  @Test
  void aCaseThatIsShownAsAWholeSaysNothingOfIt() {
    for (String path : List.of("/case/" + small, "/report/R-small", "/papers")) {
      assertThat(page(path)).as(path).doesNotContain("data-cut");
    }
  }

  @Test
  void whatIsLeftOutIsSaidAndShownWhenAsked() {
    String page = page("/case/" + large);
    assertThat(page)
        .contains(
            "data-cut=\"orders\"",
            "只列前 " + Cases.ORDERS_MAX + " 件，待签的在前；另有更多。",
            "data-cut=\"timeline\"",
            "data-cut=\"flow\"",
            "只列 " + FlowGraph.EDGES_MAX + " 笔流转",
            "<a href=\"/case/" + large + "?all=true\">显示十倍</a>");
    assertThat(count(ORDER, page)).isEqualTo(Cases.ORDERS_MAX);
    assertThat(count(MOMENT, page)).isBetween(200L, 202L);
    String whole = page("/case/" + large + "?all=true");
    assertThat(whole).doesNotContain("data-cut").contains("/flow.json?all=true\"");
    assertThat(count(ORDER, whole)).isEqualTo(241);
    assertThat(count(MOMENT, whole)).isEqualTo(Cases.EVENTS_MAX + MORE + 2L);
    assertThat(count(EDGE, officer.get("/case/" + large + "/flow.json").body()))
        .isEqualTo(FlowGraph.EDGES_MAX);
    assertThat(count(EDGE, officer.get("/case/" + large + "/flow.json?all=true").body()))
        .isEqualTo(261);
  }

  @Test
  void thePartsOfAWholePageStayWhole() {
    String address = "/case/" + large + "/part/orders";
    assertThat(officer.get(address).body()).contains("data-cut=\"orders\"");
    String part = officer.getByHtmx(address, rig.url() + "/case/" + large + "?all=true").body();
    assertThat(part).doesNotContain("data-cut");
    assertThat(count(ORDER, part)).isEqualTo(241);
    assertThat(officer.getByHtmx(address, rig.url() + "/case/" + large).body())
        .contains("data-cut=\"orders\"");
  }

  @Test
  void itsReportDoesTheSame() {
    assertThat(officer.get("/report/R-large").body())
        .contains("data-cut=\"orders\"", "<a href=\"/report/R-large?all=true\">");
    assertThat(page("/report/R-large?all=true")).doesNotContain("data-cut");
  }

  @Test
  void itsFilesHoldTheWhole() throws IOException {
    for (var one : Map.of("orders", 241, "flow", 261).entrySet()) {
      officer.postForBytes("/export/" + one.getKey(), Map.of("form", "xlsx", "case", large));
      assertThat(
              rig.one(
                  "select detail from own.audit where what = 'EXPORT "
                      + one.getKey()
                      + " XLSX' order by audit_id desc limit 1",
                  String.class))
          .isEqualTo(one.getValue() + " rows");
    }
    assertThat(
            SheetText.of(
                officer
                    .postForBytes("/export/orders", Map.of("form", "xlsx", "case", large))
                    .body()))
        .doesNotContain("另有更多");
  }
}
