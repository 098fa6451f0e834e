package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rings until somebody acknowledges it, and that a press silences what its page showed. */
class BellTest {
  private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"");

  private DeskRig rig;
  private HttpPerson officer;

  @BeforeEach
  void start() {
    rig = new DeskRig("bell");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** What the button of the page as it stands now acknowledges. */
  private List<Map.Entry<String, String>> button() {
    rig.caughtUp();
    return SHOWN
        .matcher(officer.get("/alarms/bell").body())
        .results()
        .map((MatchResult one) -> Map.entry("shown", one.group(1)))
        .toList();
  }

  private String press(List<Map.Entry<String, String>> button) {
    return officer.post("/alarms/acknowledge", button).body();
  }

  private List<String> noted() {
    return rig.store()
        .rows(
            (row, context) -> row.getString(1),
            "select object_id from own.audit where what = 'ACKNOWLEDGE' order by audit_id");
  }

  @Test
  void aPressSilencesWhatItsPageShowedAndNotWhatCameMeanwhile() {
    String first = rig.tell("先来", 900_000, "R-1").draft().getOrderId();
    String second = rig.tell("同来", 900_000, "R-2").draft().getOrderId();
    List<Map.Entry<String, String>> shown = button();
    assertThat(shown)
        .extracting(Map.Entry::getValue)
        .containsExactlyInAnyOrder(first, second);
    String unseen = rig.tell("后到", 900_000, "R-3").draft().getOrderId();
    rig.caughtUp();

    assertThat(press(shown)).contains("新的待签 1 件").contains(unseen);
    assertThat(noted()).as("order by order").containsExactlyInAnyOrder(first, second);

    press(shown);
    press(List.of());
    assertThat(button()).extracting(Map.Entry::getValue).containsExactly(unseen);
    assertThat(noted()).as("nothing more was heard").hasSize(2);
    assertThat(press(button())).doesNotContain("class=\"alarm\"");
  }
}
