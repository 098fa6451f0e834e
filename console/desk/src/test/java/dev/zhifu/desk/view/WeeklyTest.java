package dev.zhifu.desk.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.SheetText;
import dev.zhifu.desk.people.DemoPeople;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The week by typology, banner, township, age and group; few people are never told apart. */
class WeeklyTest {
  private DeskRig rig;
  private int hits;

  @BeforeEach
  void start() {
    rig = new DeskRig("weekly");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void theWeekTellsTownshipAndGroupOfVictimsThatWereAsked() throws IOException {
    for (int i = 0; i < 4; i++) {
      victim("student" + i, "V01", 20, "STUDENT", "station-1");
    }
    for (int i = 0; i < 2; i++) {
      victim("herder" + i, "V01", 45, "HERDER", "station-1");
    }
    for (int i = 0; i < 3; i++) {
      victim("unasked" + i, "V01", 45, null, null);
    }

    assertThat(new Wall(rig.store(), null, null, null).weekly(Cast.T0))
        .as("two herders are not told apart; neither place nor age remains")
        .containsExactlyInAnyOrder(
            new Wall.Weekly("V01", "150602", "station-1", "0-21", "STUDENT", 4, 400_000),
            new Wall.Weekly("V01", "150602", "", "22-59", "", 3, 300_000),
            new Wall.Weekly("V01", "*", "*", "*", "*", 2, 200_000));

    HttpPerson officer = new HttpPerson(rig.url()).login("legal-1", DemoPeople.PASSWORD);
    assertThat(officer.get("/weekly").body())
        .contains("<th>苏木乡镇</th>")
        .contains("<th>人群</th>")
        .contains("<td>示例镇派出所</td>")
        .contains("<td>学生</td>")
        .contains("<td class=\"money\">4,000.00</td>")
        .doesNotContain("农牧民");
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/weekly").body())
        .contains("<th>Township</th>")
        .contains("<th>Group</th>")
        .contains("<td>students</td>");
    HttpPerson leader = new HttpPerson(rig.url()).login("officer-4", DemoPeople.PASSWORD);
    assertThat(SheetText.of(leader.postForBytes("/export/weekly", Map.of("form", "xlsx")).body()))
        .contains("苏木乡镇")
        .contains("示例镇派出所")
        .contains("学生");
  }

  @Test
  void fewOfOneGroupJoinTheirBannerAndAgeWhileThatHoldsEnough() {
    victim("one", "V03", 30, "FINANCE", "station-1");
    victim("two", "V03", 30, "EMPLOYEE", "station-1");
    victim("three", "V03", 30, null, null);
    assertThat(new Wall(rig.store(), null, null, null).weekly(Cast.T0))
        .containsExactly(new Wall.Weekly("V03", "150602", "*", "22-59", "*", 3, 300_000));
  }

  @Test
  void theNewestReportSaysTheGroup() {
    for (int i = 0; i < 3; i++) {
      String holder = victim("h" + i, "V02", 65, "EMPLOYEE", "");
      report("later-" + holder, holder, "RETIRED", "", 60);
    }
    assertThat(new Wall(rig.store(), null, null, null).weekly(Cast.T0))
        .containsExactly(new Wall.Weekly("V02", "150602", "", "60-", "RETIRED", 3, 300_000));
  }

  private String victim(String holder, String rule, int age, String group, String township) {
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into seen.hit (hit_id, revision, holds, is_final, rule_id,"
                        + " rule_version, key_token, occurred_at, transaction_id, amount_fen, body,"
                        + " payer_region, payer_age) values (?, 1, true, true, ?, 1, ?, ?, ?,"
                        + " 100000, ''::bytea, '150602', ?)",
                    "hit-" + hits++,
                    rule,
                    holder,
                    Cast.T0.minusSeconds(3_600),
                    "t-" + holder,
                    age));
    if (group != null) {
      report("R-" + holder, holder, group, township, 600);
    }
    return holder;
  }

  private void report(String id, String holder, String group, String township, int secondsAgo) {
    rig.store()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into own.draft_report (report_id, officer_id, begun_at, body) values (?,"
                      + " 'officer-1', ?, jsonb_build_object('group', ?::text, 'township',"
                      + " ?::text))",
                  id,
                  Cast.T0,
                  group,
                  township);
              handle.execute(
                  "insert into seen.report (report_id, reported_at, holder_token, body) values (?,"
                      + " ?, ?, ''::bytea)",
                  id,
                  Cast.T0.minusSeconds(secondsAgo),
                  holder);
            });
  }
}
