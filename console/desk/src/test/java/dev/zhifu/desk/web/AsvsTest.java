package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Sessions;
import dev.zhifu.wire.WarningTier;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Requirements of OWASP ASVS 4.0.3 on authentication, session, access and injection, each asked of
 * the running desk; docs/desk-access.md lists them from the annotations.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsvsTest {
  private DeskRig rig;
  private DeskRig.Told told;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("asvs");
    told = rig.tell("安全", 5_000_000, "R-asvs");
    rig.caughtUp();
    officer = login("officer-1");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpPerson login(String id) {
    return new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD);
  }

  private List<String> column(String sql) {
    return rig.store()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private String cookieOfLogin(HttpPerson person, String id) {
    HttpResponse<String> answer =
        person.post("/login", Map.of("person", id, "password", DemoPeople.PASSWORD));
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  @Test
  @Asvs("2.4.1")
  void passwordsAreKeptAsArgon2idAlone() {
    assertThat(column("select password from own.person"))
        .isNotEmpty()
        .allSatisfy(kept -> assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }

  @Test
  @Asvs({"3.1.1", "3.2.3"})
  void noAddressOrPageHoldsTheSessionsToken() {
    HttpPerson person = new HttpPerson(rig.url());
    String token = cookieOfLogin(person, "officer-3");
    for (String path : List.of("/queue", "/intake", "/case/" + told.opened().getCaseId())) {
      assertThat(person.get(path).body()).as(path).doesNotContain(token);
    }
    assertThat(column("select token_sha256 from own.session"))
        .as("the store holds hashes")
        .doesNotContain(token);
  }

  @Test
  @Asvs({"3.2.1", "3.2.2", "3.2.4"})
  void eachLoginMakesATokenOf256RandomBits() {
    HttpPerson person = new HttpPerson(rig.url());
    String one = cookieOfLogin(person, "officer-3");
    String other = cookieOfLogin(person, "officer-3");
    assertThat(one).isNotEqualTo(other);
    assertThat(Base64.getUrlDecoder().decode(one)).hasSize(32);
  }

  @Test
  @Asvs({"3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5"})
  void behindHttpsTheCookieIsBoundToThisHostAndHidden() {
    Cookie cookie = Guard.cookie("token", true);
    assertThat(cookie.getName()).startsWith("__Host-");
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo(SameSite.STRICT);
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getMaxAge()).as("ends with the browser").isEqualTo(-1);
  }

  @Test
  @Asvs("3.3.2")
  void aSessionEndsAfterHalfAnHourUnusedAndAfterAShift() {
    try (DeskRig clocked = new DeskRig("asvsclock")) {
      Instant begun = Instant.parse("2026-03-03T00:00:00Z");
      clocked.wallClock(begun);
      HttpPerson idle = new HttpPerson(clocked.url()).login("officer-1", DemoPeople.PASSWORD);
      HttpPerson busy = new HttpPerson(clocked.url()).login("officer-2", DemoPeople.PASSWORD);
      Instant at = begun;
      while (at.isBefore(begun.plus(Sessions.LONGEST).minus(Duration.ofMinutes(20)))) {
        at = at.plus(Duration.ofMinutes(20));
        clocked.wallClock(at);
        assertThat(busy.get("/shift").statusCode()).as("in use at %s", at).isEqualTo(200);
      }
      assertThat(idle.get("/shift").statusCode()).as("idle").isEqualTo(302);
      clocked.wallClock(begun.plus(Sessions.LONGEST).plusSeconds(1));
      assertThat(busy.get("/shift").statusCode()).as("after twelve hours").isEqualTo(302);
      assertThat(Sessions.IDLE).isLessThanOrEqualTo(Duration.ofMinutes(30));
      assertThat(Sessions.LONGEST).isLessThanOrEqualTo(Duration.ofHours(12));
    }
  }

  @Test
  @Asvs("3.3.2")
  void anOpenPageThatNobodyTouchesIsLockedAndStillRings() {
    try (DeskRig clocked = new DeskRig("asvsunattended")) {
      Instant begun = Instant.parse("2026-03-03T00:00:00Z");
      clocked.wallClock(begun);
      HttpPerson leader = new HttpPerson(clocked.url()).login("officer-4", DemoPeople.PASSWORD);
      for (int minutes = 5; minutes <= 40; minutes += 5) {
        clocked.wallClock(begun.plus(Duration.ofMinutes(minutes)));
        assertThat(leader.getByItself("/queue/lines").statusCode())
            .as("%s minutes without a hand", minutes)
            .isEqualTo(minutes <= 30 ? 200 : 401);
        assertThat(leader.getByItself("/alarms/bell").statusCode()).isEqualTo(200);
      }
      assertThat(leader.getByItself("/wall/numbers").statusCode()).isEqualTo(200);
      assertThat(leader.begins("/live")).as("hears that something changed").isEqualTo(200);
      assertThat(leader.get("/queue").headers().firstValue("Location")).hasValue("/login");
      assertThat(
              leader
                  .postByHtmx("/alarms/acknowledge", Map.of())
                  .headers()
                  .firstValue("HX-Redirect"))
          .as("a hand that has not logged in")
          .hasValue("/login");
      assertThat(leader.get("/alarms/bell").statusCode()).as("asked by hand").isEqualTo(302);

      leader.login("officer-4", DemoPeople.PASSWORD);
      assertThat(leader.getByItself("/queue/lines").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Asvs("3.7.1")
  void aStopLeavesOnlyWithASecondPersonsOwnLogin() {
    DeskRig.Told one = rig.tell("二人", 3_000_000, "R-two");
    rig.caughtUp();
    officer.post(
        "/act",
        Map.of("order", one.draft().getOrderId(), "kind", "SIGN_ORDER", "case", "", "reason", "x"));
    assertThat(rig.act(one.draft().getOrderId())).isNull();
    String group =
        rig.one(
            "select group_id from own.act where object_id = '" + one.draft().getOrderId() + "'",
            String.class);
    assertThat(officer.post("/act/" + group + "/confirm", Map.of()).statusCode()).isEqualTo(403);
    assertThat(rig.act(one.draft().getOrderId())).isNull();
  }

  @Test
  @Asvs("4.1.2")
  void nobodyGivesHimselfARoleByWhatHeSends() {
    HttpResponse<String> asked =
        officer.post(
            "/people/officer-1/active",
            Map.of("active", "true", "role", "ADMIN", "person", "admin-1"));
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(officer.get("/people?role=ADMIN").statusCode()).isEqualTo(403);
  }

  @Test
  @Asvs("4.1.5")
  void whatIsBrokenOrUnknownIsRefusedWithoutDetail() {
    HttpResponse<String> unknown = officer.get("/case/none");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).doesNotContain("Exception").doesNotContain("at dev.zhifu");
    assertThat(officer.get("/no-such-page").statusCode()).isEqualTo(404);
    HttpResponse<String> odd =
        officer.post("/life", Map.of("case", "none", "life", "NO_LIFE", "event", "x"));
    assertThat(odd.statusCode()).isEqualTo(422);
    assertThat(odd.body()).doesNotContain("Exception");
  }

  @Test
  @Asvs("4.2.1")
  void aTaskOrTokenOfOthersIsNotOpenedByItsId() {
    String warning = Cast.warning(told.opened(), WarningTier.HIGH).getWarningId();
    officer.post("/warning/" + warning + "/send", Map.of("contact", "station-1"));
    assertThat(login("station-1").get("/go/" + warning).statusCode()).isEqualTo(200);
    HttpPerson grid = login("grid-1");
    assertThat(grid.get("/go/" + warning).statusCode()).isEqualTo(404);
    assertThat(grid.post("/warning/" + warning + "/step", Map.of("kind", "REACHED")).statusCode())
        .isIn(403, 404, 422);
    HttpResponse<String> foreign =
        officer.post(
            "/identity",
            Map.of(
                "case", told.opened().getCaseId(), "token", "not-of-this-case", "reason", "look"));
    assertThat(foreign.statusCode()).isEqualTo(422);
  }

  @Test
  @Asvs("4.3.2")
  void foldersAreNotListed() {
    for (String path : List.of("/public/", "/public", "/webjars/", "/.git/config")) {
      assertThat(officer.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  @Asvs({"5.1.1", "5.1.2"})
  void fieldsComeFromTheBodyOnceAndUnknownOnesChangeNothing() {
    HttpResponse<String> byAddress =
        officer.post("/find?word=" + told.opened().getCaseId(), Map.of("other", "x"));
    assertThat(byAddress.statusCode()).as("not taken from the address").isEqualTo(200);
    assertThat(byAddress.body()).contains("没有找到");
    HttpResponse<String> asked =
        officer.post(
            "/act",
            Map.of(
                "order",
                told.draft().getOrderId(),
                "kind",
                "SIGN_ORDER",
                "case",
                "",
                "reason",
                "x",
                "officer_id",
                "head-1",
                "state",
                "DONE"));
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(
            rig.one(
                "select officer_id || state from own.act where object_id = '"
                    + told.draft().getOrderId()
                    + "'",
                String.class))
        .isEqualTo("officer-1ASKED");
  }

  @Test
  @Asvs({"5.1.3", "5.1.4", "5.2.2"})
  void whatIsNoNumberNoKindOrTooLongIsRefused() {
    assertThat(
            officer
                .post(
                    "/act",
                    Map.of(
                        "order",
                        told.draft().getOrderId(),
                        "kind",
                        "DROP",
                        "case",
                        "",
                        "reason",
                        "x"))
                .statusCode())
        .isEqualTo(422);
    DeskRig.Told one = rig.tell("长", 3_000_000, "R-long");
    rig.caughtUp();
    assertThat(
            officer
                .post(
                    "/act",
                    Map.of(
                        "order",
                        one.draft().getOrderId(),
                        "kind",
                        "SIGN_ORDER",
                        "case",
                        "",
                        "reason",
                        "x".repeat(201)))
                .statusCode())
        .isEqualTo(422);
    assertThat(officer.post("/intake/check", Map.of("field", "number0", "number0", "x1")).body())
        .doesNotContain("B0");
  }

  @Test
  @Asvs("5.1.5")
  void aRedirectLeadsToOwnPagesAlone() {
    for (String back : List.of("https://elsewhere.example/", "//elsewhere", "/\\elsewhere", "")) {
      HttpResponse<String> answer =
          officer.post("/language", Map.of("language", "zh", "back", back));
      assertThat(answer.headers().firstValue("Location")).as(back).hasValue("/");
    }
  }

  @Test
  @Asvs({"5.3.1", "5.3.2", "5.3.3"})
  void whatWasStoredIsShownAsTextInElementsAndAttributes() {
    String evil = "\"'><script>alert(1)</script>ねこ O'Hara {{7*7}} ${7*7}";
    HttpResponse<String> form =
        officer.post("/appeal", Map.of("object", "none", "statement", evil, "harm", evil));
    assertThat(form.statusCode()).isEqualTo(422);
    assertThat(form.body())
        .doesNotContain("<script>alert")
        .contains("ねこ O")
        .contains("{{7*7}} ${7*7}");
  }

  @Test
  @Asvs({"5.3.4", "5.3.5"})
  void quotesInSearchAndFiltersAreValuesAndNoSql() {
    for (String word : List.of("' or 1=1 --", "x'; drop table seen.queue; --", "%", "\\")) {
      HttpResponse<String> found = officer.post("/find", Map.of("word", word));
      assertThat(found.statusCode()).as(word).isEqualTo(200);
      assertThat(found.body()).contains("没有找到");
    }
    assertThat(officer.get("/queue?filter=%27%20or%201%3D1").statusCode()).isEqualTo(200);
    assertThat(rig.one("select count(*) from seen.queue", Long.class)).isPositive();
  }
}
