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

  @Test
  void theAcceptedReportSaysWhatItsVictimWasDeceivedByAndOnlyOnce() {
    for (int i = 0; i < 3; i++) {
      String holder = victim("h" + i, "V01", 45, "HERDER", "");
      victim(holder, "V13", 45, null, null);
      told("told-" + holder, holder, "V05", 300, true);
      // Neither a bank's word that nobody has accepted nor last month's report says it.
      told("lodged-" + holder, holder, "V09", 200, false);
      told("old-" + holder, holder, "V02", 30 * 86_400, true);
    }
    assertThat(new Wall(rig.store(), null, null, null).weekly(Cast.T0))
        .containsExactly(new Wall.Weekly("V05", "150602", "", "22-59", "HERDER", 3, 300_000));
  }

  @Test
  void whoseCaseWasDismissedAsFalseIsNoVictim() {
    for (int i = 0; i < 4; i++) {
      String holder = victim("h" + i, "V04", 45, null, null);
      fraudCase(holder, i == 0 ? "FALSE_ALARM" : i == 1 ? "CLOSED" : "ALERT");
    }
    // A case that was dismissed long before says nothing of this week.
    String before = victim("before", "V04", 45, null, null);
    fraudCase(before, "ALERT");
    execute(
        "insert into seen.fraud_case (case_id, sequence, subject_kind, subject, state, score,"
            + " opened_at, occurred_at, hit_ids, body) values ('old', 1, 'HOLDER', ?,"
            + " 'FALSE_ALARM', 0, ?, ?, '{}', ''::bytea)",
        before,
        Cast.T0.minusSeconds(40 * 86_400),
        Cast.T0.minusSeconds(39 * 86_400));
    assertThat(new Wall(rig.store(), null, null, null).weekly(Cast.T0))
        .containsExactly(new Wall.Weekly("V04", "150602", "", "22-59", "", 4, 400_000));
  }

  @Test
  void thePageSaysWhatItsFiguresAre() {
    HttpPerson officer = new HttpPerson(rig.url()).login("legal-1", DemoPeople.PASSWORD);
    assertThat(officer.get("/weekly").body())
        .contains("<th>疑似被害人数</th>", "<th>各人单笔最大付款合计（元）</th>", "已核实非诈骗的除外");
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/weekly").body())
        .contains("<th>Likely victims</th>", "<th>Largest payment seen of each, added (yuan)</th>");
  }

  private void fraudCase(String holder, String state) {
    execute(
        "insert into seen.fraud_case (case_id, sequence, subject_kind, subject, state, score,"
            + " opened_at, occurred_at, hit_ids, body) values (?, 1, 'HOLDER', ?, ?, 0.8, ?, ?,"
            + " '{}', ''::bytea)",
        "case-" + holder,
        holder,
        state,
        Cast.T0.minusSeconds(4_000),
        Cast.T0.minusSeconds(3_600));
  }

  private void told(String id, String holder, String typology, int secondsAgo, boolean accepted) {
    execute(
        "insert into seen.report (report_id, reported_at, holder_token, typology, body) values (?,"
            + " ?, ?, ?, ''::bytea)",
        id,
        Cast.T0.minusSeconds(secondsAgo),
        holder,
        typology);
    if (accepted) {
      execute(
          "insert into seen.act (act_id, record_offset, kind, officer_id, object_id, report_id, at,"
              + " sha256, body) values (?, 1, 'ACCEPT_REPORT', 'officer-1', ?, ?, ?, '',"
              + " ''::bytea)",
          "act-" + id,
          id,
          id,
          Cast.T0);
    }
  }

  private void execute(String sql, Object... values) {
    rig.store().jdbi().useHandle(handle -> handle.execute(sql, values));
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
