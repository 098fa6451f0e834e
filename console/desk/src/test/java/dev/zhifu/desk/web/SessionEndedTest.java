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

/** A report that is saved after its session has ended, or from a page of another, is not lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionEndedTest {
  private DeskRig rig;

  @BeforeAll
  void start() {
    rig = new DeskRig("sessionended");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void whatWasTypedComesBackAfterLoggingInAndNothingWasDoneWithItBefore() {
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    String begun = Forms.reportId(officer.get("/intake").body());
    Map<String, String> form = Forms.report(begun);
    Forms.scanned(rig, begun);
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.session set begun_at = begun_at - interval '13 hours' where"
                        + " person_id = 'officer-1'"));

    HttpResponse<String> ended = officer.post("/intake", form);
    assertThat(ended.statusCode()).isEqualTo(401);
    assertThat(ended.body()).contains("尚未保存", "F5", "target=\"_blank\"").doesNotContain("张桂兰");

    officer.login("officer-1", DemoPeople.PASSWORD).forgetTheWord();
    HttpResponse<String> again = officer.post("/intake", form);
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body())
        .contains("本页属于另一次登录", "value=\"张桂兰\"", "value=\"6217020000000004711\"");
    assertThat(Forms.reportId(again.body())).as("its clock goes on").isEqualTo(begun);
    assertThat(rig.act(begun)).as("nothing is accepted by a page of another session").isNull();

    officer.login("officer-1", DemoPeople.PASSWORD);
    assertThat(officer.post("/intake", form).statusCode()).isEqualTo(302);
    assertThat(rig.act(begun)).isNotNull();
  }

  @Test
  void anythingElseIsLedToTheLoginAndRefusedAsBefore() {
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    assertThat(officer.forgetTheWord().post("/act", Map.of()).statusCode()).isEqualTo(403);
    rig.store()
        .jdbi()
        .useHandle(
            handle -> handle.execute("delete from own.session where person_id = 'officer-2'"));
    assertThat(officer.post("/act", Map.of()).statusCode()).isEqualTo(302);
    assertThat(new HttpPerson(rig.url()).post("/intake", Forms.report("R-x")).statusCode())
        .as("nobody")
        .isEqualTo(302);
  }
}
