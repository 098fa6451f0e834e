package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.OrderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page ticks when many requests wait can be asked for as it stands. */
class BulkTicksTest {
  private static final Pattern TICKED =
      Pattern.compile("name=\"order\" form=\"many\" value=\"([^\"]+)\" checked");

  private DeskRig rig;

  @BeforeEach
  void start() {
    rig = new DeskRig("bulkticks");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void twentyAreTickedThenTheRestUntilNoneIsLeft() {
    DeskRig.Told told = rig.tell("多级下家", 9_000_000, "R-1");
    for (int i = 0; i < 22; i++) {
      also(told, "R-1", i);
    }
    // Another victim's report: a press asks for one trace alone.
    also(told, "R-2", 30);
    rig.caughtUp();
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    String page = officer.get("/case/" + told.opened().getCaseId()).body();
    assertThat(page).contains("已勾选 20 件，共 24 件");
    List<Integer> presses = new ArrayList<>();
    List<String> ticked = ticked(page);
    while (!ticked.isEmpty()) {
      presses.add(ticked.size());
      var answer = officer.post("/acts", form(told, ticked));
      assertThat(answer.statusCode()).isEqualTo(200);
      ticked = ticked(answer.body());
    }
    assertThat(presses)
        .as("23 of one report; one of another is asked for singly")
        .containsExactly(20, 3);
    assertThat(
            rig.one("select count(*)::int from own.act where kind = 'SIGN_ORDER'", Integer.class))
        .isEqualTo(23);
  }

  private void also(DeskRig.Told told, String report, int i) {
    var moved = rig.passOn(told, "下家" + i, 100_000 + i, 60 + i);
    var draft = Cast.request(told.opened(), moved, report, OrderState.DRAFT, 1);
    rig.topics().write("stop.requests", draft.getOrderId(), draft);
  }

  private static List<Map.Entry<String, String>> form(DeskRig.Told told, List<String> orders) {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    form.add(Map.entry("case", told.opened().getCaseId()));
    form.add(Map.entry("report", ""));
    form.add(Map.entry("reason", "REPORT_TRACED"));
    orders.forEach(order -> form.add(Map.entry("order", order)));
    return form;
  }

  private static List<String> ticked(String page) {
    Matcher found = TICKED.matcher(page);
    List<String> orders = new ArrayList<>();
    while (found.find()) {
      orders.add(found.group(1));
    }
    return orders;
  }
}
