package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.store.Bodies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pages with a million cases in the store. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MillionCasesTest {
  private static final int CASES = 1_000_000;
  private static final int PAGES = 40;
  private static final double PAGE_MILLIS = 200;

  private DeskRig rig;
  private DeskRig.Told told;
  private HttpPerson officer;

  @BeforeAll
  void fill() {
    rig = new DeskRig("million");
    rig.publish("V03");
    told = rig.tell("百万", 5_000_000, "R-M");
    rig.caughtUp();
    byte[] body = Bodies.write(told.opened());
    rig.store()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into seen.fraud_case (case_id, sequence, subject_kind, subject, state, score, opened_at,
                    occurred_at, report_id, hit_ids, body)
                  select 'c' || i, 1, 'HOLDER', 's' || i, 'ALERT', 0.8, now(), now(), null, array['h' || i], ?
                  from generate_series(1, ?) i""",
                  body,
                  CASES);
              handle.execute(
                  """
                  insert into seen.queue (case_id, is_open, priority, money_fen, to_sign, in_flight, in_force, failed,
                    term_ends, newest_at, warning_tier)
                  select 'c' || i, i % 10 <> 0, random() * 1000, i, (i % 7 = 0)::int, 0, (i % 11 = 0)::int,
                    (i % 13 = 0)::int, null, now(), null
                  from generate_series(1, ?) i""",
                  CASES);
              handle.execute("analyze");
            });
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void theQueueAndACaseComeWithinTwoHundredMilliseconds() {
    for (String path :
        List.of(
            "/queue",
            "/queue?filter=sign",
            "/queue?filter=mine",
            "/case/" + told.opened().getCaseId())) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        long begun = System.nanoTime();
        assertThat(officer.get(path).statusCode()).isEqualTo(200);
        millis.add((System.nanoTime() - begun) / 1e6);
      }
      Collections.sort(millis);
      double median = millis.get(PAGES / 2);
      System.out.printf(
          "%d cases, %s: median %.0f ms, p90 %.0f ms%n",
          CASES, path.replaceAll("/case/.*", "/case/{id}"), median, millis.get(PAGES * 9 / 10));
      assertThat(median).as(path).isLessThan(PAGE_MILLIS);
    }
  }

  @Test
  void theQueueIsReadFromItsIndex() {
    List<String> plan =
        rig.store()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "explain select * from seen.queue q where q.is_open order by q.priority desc limit 60")
                        .mapTo(String.class)
                        .list());
    assertThat(String.join("\n", plan)).contains("queue_open").doesNotContain("Seq Scan");
  }
}
