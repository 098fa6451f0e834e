package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.ReportedTransfer;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A receipt with masked digits: its query stands until the bank's answer starts the trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountQueryTest {
  private static final Pattern QUERY = Pattern.compile("data-query=\"([^\"]+)\"");
  private static final String FULL = "6217020000000771234";
  private static final Tokens TOKENS = new Tokens(Cast.TOKEN_KEY);

  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("queries");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String opened() {
    String reportId = Forms.reportId(officer.get("/intake").body());
    Forms.scanned(rig, reportId);
    return reportId;
  }

  private static Map<String, String> form(String reportId, String idNumber) {
    Map<String, String> form = Forms.report(reportId, "额尔敦", idNumber, "6217010000000771001");
    form.put("number0", "6217 02** **** *** 1234");
    form.put("amount0", "30,000");
    form.put("time0", "01:59:30");
    return form;
  }

  private String query(String page) {
    Matcher matcher = QUERY.matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> answer(String query, String number, String name) {
    return officer.post("/query/" + query, Map.of("number", number, "name", name));
  }

  @Test
  void aMaskedPayeeAloneStandsAsAQueryAndItsAnswerStartsTheTrace() {
    String id = "150602198805051111";
    String reportId = opened();
    assertThat(officer.post("/intake", form(reportId, id)).headers().firstValue("Location"))
        .hasValue("/report/" + reportId);
    assertThat(rig.act(reportId)).as("nothing can be accepted yet").isNull();

    String page = officer.get("/report/" + reportId).body();
    assertThat(page).contains("621702*********1234", "30,000.00", "0477-000-9001");
    String query = query(page);
    assertThat(officer.get("/papers").body()).contains("data-query=\"" + query, "0477-000-9001");
    assertThat(officer.get("/query/" + query).body())
        .contains("100301", "621702*********1234", DeskRig.AUTHORITY, "30,000.00")
        .doesNotContain("额尔敦");

    assertThat(answer(query, "6217020000000775678", "某乙").body()).contains("不符");
    assertThat(answer(query, "6217021234", "某乙").statusCode()).as("too short").isEqualTo(422);
    assertThat(answer(query, FULL, " ").statusCode()).as("no name").isEqualTo(422);
    assertThat(
            new HttpPerson(rig.url())
                .login("head-1", DemoPeople.PASSWORD)
                .post("/query/" + query, Map.of())
                .statusCode())
        .isEqualTo(403);
    assertThat(officer.get("/papers").body()).contains("data-query=\"" + query);

    assertThat(answer(query, FULL, "某乙").headers().firstValue("HX-Redirect"))
        .hasValue("/report/" + reportId);
    OfficerAct act = rig.act(reportId);
    assertThat(act.getKind()).isEqualTo(ActKind.ACCEPT_REPORT);
    assertThat(act.getDocuments())
        .hasSize(2)
        .anyMatch(document -> document.startsWith("form:"))
        .anyMatch(document -> document.startsWith("id:"));
    assertThat(act.getReport().getHolderToken()).isEqualTo(TOKENS.holder(id));
    assertThat(act.getReport().getReportedAt()).as("as if typed at first").isEqualTo(Cast.T0);
    ReportedTransfer paid = act.getReport().getTransfers().get(0);
    assertThat(paid.getPayee().getAccountToken()).isEqualTo(TOKENS.account("B02", FULL));
    assertThat(paid.getPayer().getAccountToken())
        .isEqualTo(TOKENS.account("B01", "6217010000000771001"));
    assertThat(paid.getAmountFen()).isEqualTo(3_000_000);
    assertThat(answer(query, FULL, "某乙").body()).contains("已有答复");
    rig.caughtUp();
    assertThat(officer.get("/papers").body()).doesNotContain(query);
    assertThat(officer.get("/report/" + reportId).body()).contains("已于").doesNotContain("某乙");
  }

  @Test
  void whatIsKnownIsTracedAtOnceAndTheMaskedPartStandsOnTheVictimsCase() {
    DeskRig.Told told = rig.tell("半遮", 4_000_000, null);
    String reportId = opened();
    Map<String, String> form = form(reportId, "150602198805052222");
    form.put("number1", "6217020000000779999");
    form.put("name1", "某丙");
    form.put("amount1", "100");
    form.put("time1", "01:58:00");
    officer.post("/intake", form);
    OfficerAct act = rig.act(reportId);
    assertThat(act.getReport().getTransfers()).hasSize(1);
    FraudCase of =
        FraudCase.newBuilder(told.opened())
            .setSequence(told.opened().getSequence() + 1)
            .setReportId(reportId)
            .build();
    rig.topics().write("risk.cases", of.getCaseId(), of);
    rig.caughtUp();

    String page = officer.get("/case/" + of.getCaseId()).body();
    String query = query(page);
    assertThat(page).contains("0477-000-9001");
    assertThat(officer.get("/case/" + of.getCaseId() + "/part/head").body()).contains(query);
    String later = answer(query, FULL, "某乙").headers().firstValue("HX-Redirect").orElseThrow();
    assertThat(later).isNotEqualTo("/report/" + reportId);
    OfficerAct second = rig.act(later.substring("/report/".length()));
    assertThat(second.getReport().getTransfers()).hasSize(1);
    assertThat(second.getDocuments()).isEqualTo(act.getDocuments());
    assertThat(officer.get("/case/" + of.getCaseId()).body()).doesNotContain(query);
    assertThat(officer.get(later).statusCode()).isEqualTo(200);
  }

  @Test
  void anOpenQueryStandsInTheTextOfTheHandOverUntilTwoPersonsHaveTakenItBack() {
    String reportId = opened();
    officer.post("/intake", form(reportId, "150602198805053333"));
    String query = query(officer.get("/report/" + reportId).body());
    HttpPerson leader = new HttpPerson(rig.url()).login("officer-4", DemoPeople.PASSWORD);

    assertThat(officer.get("/shift").body()).contains("data-query=\"" + query);
    assertThat(handedOver()).contains("621702*********1234", "30,000.00", "B01", brief(query));

    String withdraw = "/query/" + query + "/withdraw";
    assertThat(officer.post(withdraw, Map.of("reason", " ")).statusCode()).isEqualTo(422);
    assertThat(leader.post(withdraw + "/confirm", Map.of()).statusCode())
        .as("nobody asked for it")
        .isEqualTo(422);
    assertThat(officer.post(withdraw, Map.of("reason", "找到完整凭证")).statusCode()).isEqualTo(200);
    assertThat(officer.post(withdraw + "/confirm", Map.of()).statusCode())
        .as("an officer is nobody's second person")
        .isEqualTo(403);
    assertThat(leader.get("/asked").body()).contains("data-query=\"" + query, "找到完整凭证");
    assertThat(officer.get("/papers").body()).as("it stands").contains("data-query=\"" + query);
    assertThat(handedOver()).contains(brief(query), "找到完整凭证");

    assertThat(leader.post(withdraw + "/refuse", Map.of()).statusCode()).isEqualTo(200);
    assertThat(leader.get("/asked").body()).doesNotContain(query);
    assertThat(leader.post(withdraw, Map.of("reason", "报案人撤回报案")).statusCode()).isEqualTo(200);
    assertThat(leader.post(withdraw + "/confirm", Map.of()).body()).contains("两人");
    HttpPerson second = new HttpPerson(rig.url()).login("head-1", DemoPeople.PASSWORD);
    assertThat(second.get("/query/" + query).body()).contains("确认撤回");
    assertThat(second.post(withdraw + "/confirm", Map.of()).statusCode()).isEqualTo(200);

    assertThat(officer.get("/papers").body()).doesNotContain(query);
    assertThat(handedOver()).doesNotContain(brief(query));
    assertThat(officer.get("/report/" + reportId).body()).contains("已于", "撤回", "报案人撤回报案");
    assertThat(answer(query, FULL, "某乙").statusCode()).as("it stands no more").isEqualTo(422);
    assertThat(second.post(withdraw + "/confirm", Map.of()).statusCode()).isEqualTo(422);
    assertThat(
            rig.one(
                "select string_agg(what, ' ' order by audit_id) from own.audit where object_id = '"
                    + query
                    + "' and what like 'ACCOUNT QUERY %'",
                String.class))
        .isEqualTo(
            "ACCOUNT QUERY WITHDRAWAL ASKED ACCOUNT QUERY KEPT ACCOUNT QUERY WITHDRAWAL ASKED"
                + " ACCOUNT QUERY WITHDRAWN");
  }

  private static String brief(String id) {
    return dev.zhifu.desk.words.Words.brief(id);
  }

  /** The text that a hand-over signs now. */
  private String handedOver() {
    assertThat(officer.post("/shift", Map.of("to", "officer-2", "note", "")).statusCode())
        .isEqualTo(200);
    return rig.one("select told from own.handover order by ctid desc limit 1", String.class);
  }
}
