package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.intake.IntakeDesk;
import dev.zhifu.desk.people.DemoPeople;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Brief facts are asked for beside the first account, and stand where a report is judged by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactsTest {
  private static final String FACTS = "接自称客服电话，称误开会员，共享屏幕后转账两笔";
  private static final String MISSING = "data-facts=\"missing\"";
  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("facts");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Map<String, String> form() {
    String reportId = Forms.reportId(officer.get("/intake").body());
    Forms.scanned(rig, reportId);
    return Forms.report(reportId);
  }

  private String taken(Map<String, String> form) {
    assertThat(officer.post("/intake", form).statusCode()).isEqualTo(302);
    rig.caughtUp();
    return "/report/" + form.get("reportId");
  }

  @Test
  void whatIsTypedAtIntakeStandsOnReportCaseAndPaperAndOnNoTopic() {
    Map<String, String> form = form();
    form.put("facts", "x".repeat(IntakeDesk.FACTS_MAX + 1));
    String refused = officer.post("/intake", form).body();
    assertThat(refused).contains("请写简要案情").contains("x".repeat(IntakeDesk.FACTS_MAX));
    form.put("facts", FACTS);
    String report = taken(form);
    assertThat(officer.get(report).body()).contains(FACTS).doesNotContain(MISSING);

    DeskRig.Told told = rig.tell("案情", 5_000_000, form.get("reportId"));
    rig.caughtUp();
    assertThat(officer.get("/case/" + told.opened().getCaseId()).body()).contains(FACTS, report);
    assertThat(officer.get("/paper/" + told.draft().getOrderId()).body()).contains(FACTS);
    assertThat(rig.topics().all())
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .doesNotContain(FACTS));
  }

  @Test
  void withoutThemTheTraceBeginsAndThePageAsksUntilTheyAreThere() {
    String report = taken(form());
    assertThat(rig.act(report.replace("/report/", ""))).as("accepted all the same").isNotNull();
    assertThat(officer.get(report).body()).contains(MISSING, report + "/facts");
    HttpPerson auditor = new HttpPerson(rig.url()).login("auditor-1", DemoPeople.PASSWORD);
    assertThat(auditor.get(report).body()).contains(MISSING).doesNotContain(report + "/facts");

    assertThat(officer.post(report + "/facts", Map.of("facts", " ")).statusCode()).isEqualTo(422);
    assertThat(officer.post(report + "/facts", Map.of("facts", FACTS)).statusCode()).isEqualTo(200);
    assertThat(officer.get(report).body()).contains(FACTS).doesNotContain(MISSING);
    assertThat(officer.post(report + "/facts", Map.of("facts", "别的")).body())
        .as("nothing is written over")
        .contains("不能改写");
    assertThat(officer.get(report).body()).contains(FACTS);
    assertThat(
            rig.one(
                "select count(*) from own.audit where what = 'BRIEF FACTS' and object_id = '"
                    + report.replace("/report/", "")
                    + "'",
                Long.class))
        .isEqualTo(1);
  }

  @Test
  void whatABankHasLodgedAreTheFactsOfItsReport() {
    rig.tell("银行", 5_000_000, "R-bank");
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.bank_report (report_id, bank, received_at, incident, operator)"
                        + " values ('R-bank', 'B02', now(), '冒充公检法', '柜员')"));
    rig.caughtUp();
    String caseId =
        rig.one("select case_id from seen.fraud_case where report_id = 'R-bank'", String.class);
    assertThat(officer.get("/case/" + caseId).body()).contains("冒充公检法", "/report/R-bank");
  }
}
