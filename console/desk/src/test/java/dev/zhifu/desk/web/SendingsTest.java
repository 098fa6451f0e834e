package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An order says what went to the statutory platform about it, and what the platform answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendingsTest {
  private static final String WORDS = "CONNECTOR <b>17</b> NOT READY";
  private static final Pattern LINE = Pattern.compile("<li data-sending=.*?</li>", Pattern.DOTALL);

  private DeskRig rig;
  private DeskRig.Told told;

  @BeforeAll
  void start() {
    rig = new DeskRig("sendings");
    told = rig.tell("经平台", 4_000_000, "R-sendings");
    rig.caughtUp();
    sent("100101", Cast.T0.plusSeconds(5), 3, "200002", WORDS, null);
    sent("100105", Cast.T0.plusSeconds(900), 1, "100000", "", Cast.T0.plusSeconds(931));
    sent("199999", Cast.T0.plusSeconds(960), 1, "", "", null);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private void sent(
      String code, Instant at, int count, String result, String words, Instant answeredAt) {
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into own.platform_message (bank, application_id, code, order_id, first_sent_at,
                      last_sent_at, sendings, transport_code, transport_words, answered_at)
                    values ('B02', 'application', ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    code,
                    told.draft().getOrderId(),
                    at,
                    at.plusSeconds(20L * (count - 1)),
                    count,
                    result,
                    words,
                    answeredAt));
  }

  private HttpPerson as(String person) {
    return new HttpPerson(rig.url()).login(person, DemoPeople.PASSWORD);
  }

  private static String[] lines(String page) {
    return LINE.matcher(page).results().map(found -> found.group()).toArray(String[]::new);
  }

  private String address() {
    return "/case/" + told.opened().getCaseId();
  }

  @Test
  void eachMessageIsALineInWordsWithItsTimesAndAnswers() {
    HttpPerson officer = as("officer-1");
    for (String page : new String[] {address(), address() + "/part/orders"}) {
      String[] lines = lines(officer.get(page).body());
      assertThat(lines).as(page).hasSize(3);
      assertThat(lines[0])
          .contains("紧急止付", "100101", "首次发送 2026-03-03 02:10:05", "末次发送 2026-03-03 02:10:45")
          .contains("共 3 次", "未按时应答", "银行尚未反馈")
          .contains("CONNECTOR &lt;b&gt;17&lt;/b&gt; NOT READY");
      assertThat(lines[1])
          .contains("延期止付", "共 1 次", "已受理，等待银行反馈", "银行反馈已于 2026-03-03 02:25:31 收到")
          .doesNotContain("<q>");
      assertThat(lines[2]).as("a message without a name").contains("报文", "199999", "尚无应答");
    }
    officer.post("/language", Map.of("language", "en", "back", "/queue"));
    assertThat(lines(officer.get(address()).body())[0])
        .contains("stop payment", "first sent 2026-03-03 02:10:05", "sent 3 times")
        .contains("no answer in time: send again under the same id", "no answer of the bank yet");
  }

  @Test
  void anOrderThatWentOverNoPlatformSaysNothingOfIt() {
    DeskRig.Told other = rig.tell("不经平台", 1_000_000, "R-direct");
    rig.caughtUp();
    assertThat(as("officer-1").get("/case/" + other.opened().getCaseId()).body())
        .contains(other.draft().getOrderId())
        .doesNotContain("data-sending", "法定查控平台的报文");
  }

  @Test
  void whoeverSeesNoOrderSeesNoMessageOfIt() {
    for (Person person : DemoPeople.all()) {
      HttpResponse<String> answer = as(person.id()).get(address());
      boolean reads = Route.CASE.roles().contains(person.role());
      assertThat(answer.statusCode()).as(person.id()).isEqualTo(reads ? 200 : 403);
      assertThat(answer.body().contains("data-sending")).as(person.id()).isEqualTo(reads);
    }
  }
}
