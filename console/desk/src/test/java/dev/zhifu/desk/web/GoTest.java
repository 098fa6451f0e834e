package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever goes is told how to reach and to find the person, and nobody else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoTest {
  private static final String PHONE = "139 0477 1234";
  private static final String WORD = "东胜区某小区 3 栋，老人耳背，先联系其女儿";
  private DeskRig rig;
  private HttpPerson officer;
  private HttpPerson grid;

  @BeforeAll
  void start() {
    rig = new DeskRig("whogoes");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
    grid = new HttpPerson(rig.url()).login("grid-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String warned(String holder, DeskRig.Told told) {
    VictimWarning warning = Cast.warning(told.opened(), WarningTier.URGENT);
    warning.setHolderToken(holder);
    rig.topics().write("victim.warnings", warning.getWarningId(), warning);
    rig.caughtUp();
    return warning.getWarningId();
  }

  private long numbersOpened() {
    return rig.one(
        "select count(*) from own.audit where what = 'OPEN NUMBER' and object_id = '"
            + new Tokens(Cast.TOKEN_KEY).number("8613904771234")
            + "'",
        Long.class);
  }

  @Test
  void theTelephoneGivenAtIntakeAndTheDesksWordReachWhoGoes() {
    Map<String, String> form = Forms.report(Forms.reportId(officer.get("/intake").body()));
    Forms.scanned(rig, form.get("reportId"));
    form.put("phone", "12");
    assertThat(officer.post("/intake", form).body()).contains("请写 5 至 15 位电话号码");
    form.put("phone", PHONE);
    assertThat(officer.post("/intake", form).statusCode()).isEqualTo(302);
    String task =
        warned(
            new Tokens(Cast.TOKEN_KEY).holder(form.get("idNumber")),
            rig.tell("接警", 5_000_000, form.get("reportId")));
    assertThat(officer.get("/warnings").body()).contains("name=\"note\"");
    assertThat(
            officer
                .post("/warning/" + task + "/send", Map.of("contact", "grid-1", "note", WORD))
                .statusCode())
        .isEqualTo(200);

    String page = grid.get("/go/" + task).body();
    assertThat(page).contains("张桂兰", PHONE, WORD).doesNotContain(form.get("idNumber"));
    assertThat(numbersOpened()).isEqualTo(1);
    assertThat(officer.get("/warnings").body()).contains(WORD).doesNotContain(PHONE);
    assertThat(officer.get("/report/" + form.get("reportId")).body()).doesNotContain(PHONE);
    grid.get("/go/" + task);
    assertThat(numbersOpened()).isEqualTo(2);
    assertThat(rig.one("select string_agg(d::text, ' ') from own.draft_report d", String.class))
        .doesNotContain(PHONE, "13904771234");
    assertThat(rig.topics().all())
        .allSatisfy(
            record ->
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .doesNotContain(PHONE)
                    .doesNotContain(WORD));
  }

  @Test
  void whereNobodyGaveOneTheCarriersNumberIsOpenedAndElseThePageSaysSo() {
    DeskRig.Told told = rig.tell("外呼", 5_000_000, null);
    String holder = told.victim().getHolderToken();
    String task = warned(holder, told);
    Map<String, String> sent =
        Map.of(
            "contact",
            "hand",
            "level",
            "GRID",
            "name",
            "某网格户",
            "phone",
            "0477-0001234",
            "note",
            WORD);
    assertThat(officer.post("/warning/" + task + "/send", sent).statusCode()).isEqualTo(200);
    assertThat(officer.get("/warnings").body()).contains("某网格户", WORD);
    officer.post("/warning/" + task + "/send", Map.of("contact", "grid-1"));
    String none = grid.get("/go/" + task).body();
    assertThat(none).contains("身份库中没有此人电话", WORD);

    rig.vault()
        .keep(
            Cast.call("call-外呼", told.victim(), Cast.T0).getNumberToken(),
            new ClearIdentity(TokenKind.NUMBER, "", "8613900000001"));
    assertThat(grid.get("/go/" + task).body()).contains("8613900000001");
  }

  @Test
  void aWordLongerThanItsPlaceIsRefusedAndSendsNobody() {
    DeskRig.Told told = rig.tell("长话", 5_000_000, null);
    String task = warned(told.victim().getHolderToken(), told);
    Map<String, String> sent =
        Map.of(
            "contact",
            "hand",
            "level",
            "GRID",
            "name",
            "某户",
            "phone",
            "0477-0001234",
            "note",
            "长".repeat(301));
    assertThat(officer.post("/warning/" + task + "/send", sent).statusCode()).isEqualTo(422);
    assertThat(rig.one("select count(*) from own.hand_contact where name = '某户'", Long.class))
        .as("nobody is put down")
        .isZero();
  }
}
