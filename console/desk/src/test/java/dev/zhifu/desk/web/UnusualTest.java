package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.identities.NameIndex;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.wire.WarningTier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is unusual follows from the audit itself: every way to look, and no console's memory. */
class UnusualTest {
  private static final Instant NOW = Cast.T0;
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final Map<String, HttpPerson> people = new HashMap<>();

  private DeskRig rig;
  private DeskRig.Told told;
  private Audit elsewhere;

  @BeforeEach
  void start() {
    rig = new DeskRig("unusual");
    rig.wallClock(NOW);
    told = rig.tell("异常", 5_000_000, "R-unusual");
    rig.caughtUp();
    elsewhere = new Audit(rig.store(), clock::get);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void whoGoesMayLookAtTheOwnTaskAsOftenAsNeeded() {
    String warning = Cast.warning(told.opened(), WarningTier.HIGH).getWarningId();
    rig.vault()
        .keep(
            told.opened().getSubject(),
            new ClearIdentity(TokenKind.HOLDER, "受害人", "150602195001010000"));
    as("officer-1").post("/warning/" + warning + "/send", Map.of("contact", "grid-1"));
    for (int i = 0; i <= Identities.MANY; i++) {
      rig.wallClock(NOW.plusSeconds(10L * i));
      assertThat(as("grid-1").get("/go/" + warning).body()).contains("受害人");
    }
    assertThat(unusual("grid-1")).isEmpty();
    noted("grid-1", "OPEN IDENTITY", Identities.MANY, "someone-", NOW.plusSeconds(200));
    as("grid-1").get("/go/" + warning);
    assertThat(unusual("grid-1")).containsExactly("20 within an hour");
  }

  @Test
  void openingsAtAnotherConsoleCountAndOlderOnesDoNot() {
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new ClearIdentity(TokenKind.ACCOUNT, "某人", "6217020000000004712"));
    noted("officer-1", "OPEN IDENTITY", 30, "a-", NOW.minus(Duration.ofMinutes(61)));
    noted("officer-1", "OPEN IDENTITY", Identities.MANY - 2, "b-", NOW.minusSeconds(60));
    open();
    assertThat(unusual("officer-1")).isEmpty();
    open();
    open();
    assertThat(unusual("officer-1")).as("said once").containsExactly("20 within an hour");
  }

  @Test
  void casesFilesAndSearchesForIdsCount() {
    String path = "/case/" + told.opened().getCaseId();
    noted("officer-1", "VIEW CASE", Identities.MANY_CASES - 1, "", NOW);
    noted("officer-1", "VIEW QUEUE", 500, "", NOW);
    as("officer-1").get(path);
    assertThat(unusual("officer-1")).as("one case many times").isEmpty();
    noted("officer-1", "VIEW CASE", Identities.MANY_CASES - 2, "case-", NOW);
    as("officer-1").get(path);
    assertThat(unusual("officer-1")).containsExactly("cases: 60 within an hour");

    for (int i = 1; i < Identities.MANY_FILES; i++) {
      as("officer-2").post("/export/queue", Map.of("form", "xlsx"));
    }
    assertThat(unusual("officer-2")).isEmpty();
    as("officer-2").post("/export/queue", Map.of("form", "xlsx"));
    assertThat(unusual("officer-2")).containsExactly("files: 10 within an hour");

    noted("officer-3", "FIND", Identities.MANY_SEARCHES - 1, "", NOW);
    as("officer-3").post("/find", Map.of("word", told.opened().getCaseId()));
    assertThat(unusual("officer-3")).containsExactly("searches: 60 within an hour");
  }

  @Test
  void aSearchForTheOwnCardOrAColleaguesIsUnusualThoughNoNameIsTyped() {
    String token = told.mule().getAccountToken();
    NameIndex names = new NameIndex(rig.store(), new Tokens(Cast.TOKEN_KEY));
    as("officer-1").post("/find", Map.of("word", token));
    assertThat(unusual("officer-1")).isEmpty();
    names.note(nameOf("officer-1"), token);
    as("officer-1").post("/find", Map.of("word", token));
    assertThat(unusual("officer-1")).containsExactly("own number or account");
    as("officer-2").post("/find", Map.of("word", token));
    assertThat(unusual("officer-2")).containsExactly("a colleague's number or account");
  }

  private void open() {
    as("officer-1")
        .post(
            "/identity",
            Map.of(
                "case",
                told.opened().getCaseId(),
                "token",
                told.mule().getAccountToken(),
                "reason",
                "核对"));
  }

  /**
   * Lines that another console wrote, about objects numbered behind {@code object} if it has one.
   */
  private void noted(String person, String what, int many, String object, Instant at) {
    clock.set(at);
    for (int i = 0; i < many; i++) {
      elsewhere.note(person, what, object.isEmpty() ? "same" : object + i, "");
    }
  }

  private String nameOf(String person) {
    return rig.one("select name from own.person where person_id = '" + person + "'", String.class);
  }

  private List<String> unusual(String person) {
    return rig.store()
        .rows(
            (row, context) -> row.getString("detail"),
            "select detail from own.audit where what = 'UNUSUAL LOOK-UP' and person_id = ?"
                + " order by audit_id",
            person);
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }
}
