package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever takes a report chooses the typology by its words and not by a rule's number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeTypologyTest {
  private DeskRig rig;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("typology");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void theListSaysWhatEachIsInBothLanguages() {
    assertThat(officer.get("/intake").body())
        .contains("<option value=\"V03\">冒充客服退款/百万保障 (V03)</option>")
        .contains("<option value=\"V10\">机票退改签 (V10)</option>");
    officer.post("/language", Map.of("language", "en"));
    assertThat(officer.get("/intake").body())
        .contains("<option value=\"V03\">Fake refund or insurance-fee desk (V03)</option>");
    officer.post("/language", Map.of("language", "zh"));
  }

  @Test
  void aChoiceStandsWhenTheFormComesBackAndAnyOtherIsAFault() {
    String id = Forms.reportId(officer.get("/intake").body());
    var form = Forms.report(id);
    form.put("typology", "V04");
    form.put("amount0", "nothing");
    assertThat(officer.post("/intake", form).body()).contains("<option value=\"V04\" selected>");
    form.put("typology", "V99");
    assertThat(officer.post("/intake", form).statusCode()).isEqualTo(422);
  }
}
