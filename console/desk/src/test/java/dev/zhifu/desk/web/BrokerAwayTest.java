package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.FraudCase;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A report that is saved while the broker is away: nothing of it is lost, and the page says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerAwayTest {
  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("brokeraway");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void aReportThatTheBrokerDidNotTakeSaysNotSentWithPhoneAndPaperAndIsSentAgain() {
    String id = Forms.reportId(officer.get("/intake").body());
    Map<String, String> form = Forms.report(id);
    Forms.scanned(rig, id);
    rig.brokerGone(true);

    HttpResponse<String> saved = officer.post("/intake", form);
    assertThat(saved.statusCode()).isEqualTo(302);
    assertThat(saved.headers().firstValue("Location")).hasValue("/report/" + id);
    String page = officer.get("/report/" + id).body();
    assertThat(page).contains("act NOT_SENT\"", "高原银行", "0477-000-9002", "/paper?n=0\"", "重新发送");
    String act = rig.one("select act_id from own.act where object_id = '" + id + "'", String.class);
    assertThat(officer.get("/act/" + act + "/paper?n=0").body()).contains("186,000.00");
    assertThat(rig.act(id)).isNull();

    Map<String, String> again = Map.of("again", "true");
    assertThat(officer.postByHtmx("/report/" + id + "/complete", again).body())
        .as("still away")
        .contains("act NOT_SENT\"", "重新发送");
    rig.brokerGone(false);
    assertThat(officer.postByHtmx("/report/" + id + "/complete", again).body())
        .doesNotContain("NOT_SENT");
    assertThat(rig.topics().all("victim.reports")).hasSize(1);
    assertThat(rig.act(id).getReport().getReportId()).isEqualTo(id);
    HttpResponse<String> needless = officer.postByHtmx("/report/" + id + "/complete", again);
    assertThat(needless.statusCode()).isEqualTo(422);
    assertThat(needless.body()).contains("无须重新发送");

    DeskRig.Told told = rig.tell("断线", 2_000_000, null);
    rig.topics()
        .write(
            "risk.cases",
            told.opened().getCaseId(),
            FraudCase.newBuilder(told.opened()).setSequence(2).setReportId(id).build());
    rig.caughtUp();
    assertThat(officer.get("/report/" + id).body())
        .as("the engine has taken it up")
        .contains("引擎已确认")
        .doesNotContain("重新发送");
  }
}
