package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An address that names nothing gets a sentence and a way out, whatever asked for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotThereTest {
  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("notthere");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static void says(HttpResponse<String> answer, String sentence, String to) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(answer.body()).contains(sentence, "<a class=\"button main\" href=\"" + to + "\">");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
  }

  @Test
  void eachThingHasItsSentenceAndTheListThatItWouldBeIn() {
    Map<String, String> sentences =
        Map.of(
            "/case/none", "没有案件“none”",
            "/case/none/part/orders", "没有案件",
            "/report/none", "没有报案“none”",
            "/act/none", "没有操作“none”",
            "/paper/none", "没有可打印的指令“none”");
    sentences.forEach((address, sentence) -> says(officer.get(address), sentence, "/queue"));
    says(officer.get("/query/none"), "没有向银行的查询“none”", "/papers");
    says(officer.get("/refund/none"), "没有待返还的冻结账户“none”", "/refunds");
    says(officer.post("/export/people", Map.of("form", "pdf")), "没有“people”的文件", "/queue");
    officer.post("/language", Map.of("language", "en"));
    says(officer.get("/case/none"), "There is no case \"none\"", "/queue");
    officer.post("/language", Map.of("language", "zh"));
  }

  @Test
  void theWayOutIsOneThatThePersonMayGo() {
    HttpPerson grid = new HttpPerson(rig.url()).login("grid-1", DemoPeople.PASSWORD);
    says(grid.get("/go/none"), "任务“none”不是您的", "/go");
    says(grid.get("/no-such-page"), "没有页面“/no-such-page”", "/");
    HttpPerson author = new HttpPerson(rig.url()).login("approver-1", DemoPeople.PASSWORD);
    says(author.get("/rule/none"), "没有规则“none”", "/rules");
  }

  @Test
  void whoeverIsNotLoggedInIsToldNoMore() {
    HttpPerson stranger = new HttpPerson(rig.url());
    HttpResponse<String> answer = stranger.get("/no-such-page");
    says(answer, "没有页面“/no-such-page”", "/");
    assertThat(answer.body()).doesNotContain("<nav>", "/queue");
    says(stranger.get("/login/provider"), "此处未设统一身份认证", "/login");
    assertThat(stranger.get("/case/none").statusCode()).as("not even that").isEqualTo(302);
    says(
        officer.get("/%3Cscript%3E" + "x".repeat(200)),
        "“/%3Cscript%3E" + "x".repeat(67) + "”",
        "/");
  }

  @Test
  void aPartOfAPageSaysItAboveThePage() {
    HttpResponse<String> answer = officer.postByHtmx("/order/none/correct", Map.of());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("HX-Retarget")).hasValue("#fault");
    assertThat(answer.body()).contains("<p class=\"fault\">没有指令“none”").doesNotContain("<html");
    assertThat(officer.get("/queue").body())
        .as("such an answer is swapped in")
        .contains("\"code\":\"403|404|422|429\",\"swap\":true");
  }

  @Test
  void aReportWhoseFormWasNeverBegunIsBegunWithWhatWasTyped() {
    var form = Forms.report("R-never");
    HttpResponse<String> answer = officer.post("/intake", form);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("这份表单未在此开始", "value=\"张桂兰\"", "value=\"6217020000000004711\"");
    String begun = Forms.reportId(answer.body());
    assertThat(begun).isNotEqualTo("R-never");
    form.put("reportId", begun);
    Forms.scanned(rig, begun);
    answer = officer.post("/intake", form);
    assertThat(answer.statusCode()).as("the way out").isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/report/" + begun);
    assertThat(
            rig.one(
                "select count(*) from own.draft_report where report_id = 'R-never'", Long.class))
        .isZero();
  }
}
