package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.identities.Identities;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.words.Words;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.VictimReport;
import io.javalin.http.HandlerType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever is shown something of a person is on record, by the one table of routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsAuditedTest {
  /** Each logs in once: a name may do so a few times a minute. */
  private final Map<String, HttpPerson> people = new HashMap<>();

  private DeskRig rig;
  private DeskRig.Told told;

  @BeforeAll
  void start() {
    rig = new DeskRig("views");
    told = rig.tell("查阅", 5_000_000, "R-views");
    rig.topics()
        .write(
            "victim.reports",
            "R-views",
            VictimReport.newBuilder()
                .setReportId("R-views")
                .setReportedAt(Cast.T0)
                .setReceivedAt(Cast.T0)
                .setHolderToken(told.victim().getHolderToken())
                .setTakenBy("officer-1")
                .setReportChannel("110")
                .setTransfers(
                    List.of(
                        ReportedTransfer.newBuilder()
                            .setPayer(told.victim())
                            .setPayee(told.mule())
                            .setAmountFen(5_000_000)
                            .setOccurredAt(Cast.T0)
                            .build()))
                .build());
    rig.caughtUp();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private HttpPerson as(String id) {
    return people.computeIfAbsent(
        id, unseen -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD));
  }

  private String idOf(Route route) {
    return switch (route) {
      case PAPER -> told.draft().getOrderId();
      case REPORT, REPORT_PART -> "R-views";
      case CASE, CASE_PART, FLOW -> told.opened().getCaseId();
      default -> "none";
    };
  }

  private HttpResponse<String> call(HttpPerson person, Route route) {
    String path =
        route
            .path()
            .replace("{id}", idOf(route))
            .replace("{part}", "orders")
            .replace("{scan}", "form-none")
            .replace("{what}", "x");
    return route.method() == HandlerType.GET
        ? person.get(path)
        : person.post(path, Map.of("word", told.opened().getCaseId().substring(0, 10)));
  }

  private long lines(String person) {
    return rig.one("select count(*) from own.audit where person_id = '" + person + "'", Long.class);
  }

  private long views(String person, Route route, String object) {
    return rig.one(
        "select count(*) from own.audit where person_id = '%s' and what = 'VIEW %s' and object_id = '%s'"
            .formatted(person, route.view(), object),
        Long.class);
  }

  /** Pages by the first role that may, parts by the last, so that each has its own look. */
  private static String whoMay(Route route) {
    List<Role> roles = route.roles().stream().sorted().toList();
    Role role = route.shown() == Route.Shown.REFRESH ? roles.get(roles.size() - 1) : roles.get(0);
    return DemoPeople.all().stream()
        .filter(person -> person.role() == role)
        .map(Person::id)
        .findFirst()
        .orElseThrow();
  }

  private boolean showsSomebody(String body) {
    return Stream.of(
            told.opened().getCaseId(),
            "R-views",
            told.draft().getOrderId(),
            told.mule().getAccountToken(),
            Words.account("B02", told.mule().getAccountToken()),
            Words.brief(told.victim().getHolderToken()))
        .anyMatch(body::contains);
  }

  @Test
  void everyRouteThatShowsPersonalDataLeavesALineWithItsObject() {
    Set<Route> noted = EnumSet.noneOf(Route.class);
    Set<Route> showing = EnumSet.noneOf(Route.class);
    for (Route route : Route.values()) {
      if (route.isOpen() || route == Route.LOGOUT || route == Route.LIVE) {
        continue;
      }
      String who = whoMay(route);
      HttpPerson person = as(who);
      String object = route.path().contains("{id}") ? idOf(route) : "";
      long before = lines(who);
      long seen = views(who, route, object);
      HttpResponse<String> answer = call(person, route);
      if (answer.statusCode() >= 300) {
        continue;
      }
      // A part that refreshes itself is one look with its page, which this person may have opened.
      boolean oneLook = route.shown() == Route.Shown.REFRESH && seen > 0;
      if (showsSomebody(answer.body())) {
        showing.add(route);
        assertThat(route.shown()).as(route + " shows somebody").isNotEqualTo(Route.Shown.NOTHING);
        if (!oneLook) {
          assertThat(lines(who)).as(route + " leaves a line").isGreaterThan(before);
        }
      }
      if (route.shown() == Route.Shown.VIEW || route.shown() == Route.Shown.REFRESH) {
        noted.add(route);
        assertThat(views(who, route, object) - seen)
            .as(route + " by " + who)
            .isEqualTo(oneLook ? 0 : 1);
      }
    }
    assertThat(noted)
        .contains(
            Route.QUEUE,
            Route.QUEUE_LINES,
            Route.CASE,
            Route.CASE_PART,
            Route.FLOW,
            Route.REPORT,
            Route.REPORT_PART,
            Route.PAPERS,
            Route.WARNINGS,
            Route.REFUNDS,
            Route.APPEALS,
            Route.SHIFT);
    assertThat(showing)
        .contains(Route.QUEUE, Route.CASE, Route.FLOW, Route.REPORT, Route.PAPER, Route.WARNINGS);
  }

  @Test
  void aPartThatRefreshesItselfIsOneLookWithItsPageAndAPageIsOneEachTime() {
    HttpPerson officer = as("officer-3");
    String path = "/case/" + told.opened().getCaseId();
    officer.get(path);
    officer.get(path + "/part/orders");
    officer.get(path + "/flow.json");
    officer.get(path);
    officer.get("/case/nothing");
    assertThat(
            rig.one(
                "select count(*) from own.audit where person_id = 'officer-3' and what = 'VIEW CASE'",
                Long.class))
        .isEqualTo(2);
  }

  @Test
  void aLookEndsAfterItsTime() {
    Looks looks = new Looks(Duration.ofMinutes(10), 2);
    assertThat(looks.isNew("a", Cast.T0)).isTrue();
    assertThat(looks.isNew("a", Cast.T0.plusSeconds(599))).isFalse();
    assertThat(looks.isNew("a", Cast.T0.plusSeconds(600))).isTrue();
    looks.isNew("b", Cast.T0);
    looks.isNew("c", Cast.T0);
    assertThat(looks.isNew("a", Cast.T0.plusSeconds(601))).as("the oldest is forgotten").isTrue();
  }

  @Test
  void aColleaguesNameAndVeryManyOpeningsGoToAnAuditorWhoIsNoAdministrator() {
    String colleague =
        DemoPeople.all().stream()
            .filter(person -> person.id().equals("officer-4"))
            .findFirst()
            .orElseThrow()
            .name();
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new ClearIdentity(TokenKind.ACCOUNT, colleague, "6217020000000004712"));
    HttpPerson officer = as("officer-2");
    Map<String, String> form =
        Map.of(
            "case",
            told.opened().getCaseId(),
            "token",
            told.mule().getAccountToken(),
            "reason",
            "核对");
    assertThat(officer.post("/identity", form).statusCode()).isEqualTo(200);
    assertThat(unusual("a colleague''s name")).isEqualTo(1);
    for (int i = 2; i < Identities.MANY; i++) {
      officer.post("/identity", form);
    }
    assertThat(unusual(Identities.MANY + " within an hour")).isZero();
    officer.post("/identity", form);
    assertThat(unusual(Identities.MANY + " within an hour")).isEqualTo(1);

    assertThat(as("auditor-1").get("/audit").body())
        .contains("异常查看", Identities.MANY + " within an hour");
    assertThat(as("admin-1").get("/audit").statusCode()).isEqualTo(403);
    assertThat(Route.AUDIT.roles()).containsExactly(Role.AUDITOR);
  }

  private long unusual(String detail) {
    return rig.one(
        "select count(*) from own.audit where person_id = 'officer-2' and what = '"
            + Identities.UNUSUAL
            + "' and detail = '"
            + detail
            + "'",
        Long.class);
  }
}
