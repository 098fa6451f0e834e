package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import io.javalin.http.HandlerType;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Walks the one table: every route with every role, without login, without the session's word. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
  private static final Map<Role, HttpPerson> PEOPLE = new EnumMap<>(Role.class);
  private static final Map<Role, HttpPerson> FORGERS = new EnumMap<>(Role.class);
  private DeskRig rig;
  private DeskRig.Told told;

  @BeforeAll
  void start() {
    rig = new DeskRig("access");
    told = rig.tell("访问", 5_000_000, "R-1");
    rig.caughtUp();
    for (Role role : Role.values()) {
      PEOPLE.put(role, login(role));
    }
  }

  private HttpPerson login(Role role) {
    Person person =
        DemoPeople.all().stream().filter(one -> one.role() == role).findFirst().orElseThrow();
    return new HttpPerson(rig.url()).login(person.id(), DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    PEOPLE.clear();
    FORGERS.clear();
    rig.close();
  }

  @TestFactory
  @Asvs({"4.1.1", "4.1.3"})
  Stream<DynamicTest> eachRouteIsForItsRolesAlone() {
    // The session ends with logging out, and a stream does not end: both come next.
    return Stream.of(Route.values())
        .filter(route -> !route.isOpen() && route != Route.LOGOUT && route != Route.LIVE)
        .flatMap(
            route ->
                Stream.of(Role.values())
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                route + " " + role,
                                () -> {
                                  int status = call(PEOPLE.get(role), route).statusCode();
                                  if (route.roles().contains(role)) {
                                    assertThat(status).isNotIn(401, 403, 429, 500);
                                  } else {
                                    assertThat(status).isEqualTo(403);
                                  }
                                })));
  }

  @TestFactory
  @Asvs("3.3.1")
  Stream<DynamicTest> everyRoleHasItsStreamUntilItLogsOut() {
    return Stream.of(Role.values())
        .map(
            role ->
                DynamicTest.dynamicTest(
                    "LIVE and LOGOUT " + role,
                    () -> {
                      HttpPerson person = login(role);
                      assertThat(person.begins("/live")).isEqualTo(200);
                      assertThat(person.post("/logout", Map.of()).statusCode()).isEqualTo(302);
                      assertThat(person.begins("/live")).isEqualTo(401);
                      assertThat(person.get("/").headers().firstValue("Location"))
                          .hasValue("/login");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> openRoutesAskForNoLogin() {
    return Stream.of(Route.values())
        .filter(Route::isOpen)
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      HttpResponse<String> answer = call(new HttpPerson(rig.url()), route);
                      if (route == Route.SIGN_ON || route == Route.SIGNED_ON) {
                        assertThat(answer.statusCode()).as("no provider here").isEqualTo(404);
                        return;
                      }
                      assertThat(answer.statusCode()).isIn(200, 302, 401);
                      assertThat(answer.headers().firstValue("Location").orElse(""))
                          .isNotEqualTo("/login");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> withoutLoginOnlyOpenRoutesAnswer() {
    return Stream.of(Route.values())
        .filter(route -> !route.isOpen())
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      HttpResponse<String> answer = call(new HttpPerson(rig.url()), route);
                      if (route == Route.LIVE) {
                        assertThat(answer.statusCode()).isEqualTo(401);
                      } else {
                        assertThat(answer.statusCode()).isEqualTo(302);
                        assertThat(answer.headers().firstValue("Location")).hasValue("/login");
                      }
                    }));
  }

  @TestFactory
  @Asvs("4.2.2")
  Stream<DynamicTest> noChangeWithoutTheSessionsWordOrFromAnotherSite() {
    return Stream.of(Route.values())
        .filter(route -> route.changes() && !route.isOpen())
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      Role role = route.roles().iterator().next();
                      HttpPerson forger =
                          FORGERS.computeIfAbsent(role, this::login).forgetTheWord();
                      assertThat(call(forger, route).statusCode()).isEqualTo(403);
                      HttpPerson tricked = PEOPLE.get(role);
                      assertThat(
                              tricked
                                  .post(path(route), Map.of(), "https://elsewhere.example")
                                  .statusCode())
                          .isEqualTo(403);
                      assertThat(tricked.post(path(route), Map.of(), null).statusCode())
                          .isEqualTo(403);
                    }));
  }

  @Test
  @Asvs("5.3.6")
  void everyPageForbidsForeignScriptsFramesAndCaches() {
    HttpResponse<String> page = PEOPLE.get(Role.OFFICER).get("/queue");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.body())
        .doesNotContain("style=")
        .doesNotContain("onclick=")
        .doesNotContain("<script>");
  }

  @Test
  void aSessionEndsWithLoggingOutAndItsCookieIsHiddenFromScripts() {
    HttpPerson officer = new HttpPerson(rig.url());
    HttpResponse<String> login =
        officer.post("/login", Map.of("person", "officer-3", "password", DemoPeople.PASSWORD));
    assertThat(login.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(
            cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict"));
    officer.login("officer-3", DemoPeople.PASSWORD);
    assertThat(officer.get("/queue").statusCode()).isEqualTo(200);
    officer.post("/logout", Map.of());
    assertThat(officer.get("/queue").statusCode()).isEqualTo(302);
  }

  @Test
  @Asvs("2.2.1")
  void wrongPasswordsAreRefusedAlikeAndSlowedDown() {
    // Side by side: on a busy machine one after the other would take longer than the limit's
    // minute.
    List<Integer> answers =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(
                i ->
                    new HttpPerson(rig.url())
                        .post("/login", Map.of("person", "household-1", "password", "no" + i))
                        .statusCode())
            .toList();
    assertThat(answers).isSubsetOf(401, 429).contains(429);
    assertThat(answers).filteredOn(answer -> answer == 401).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void aPersonKeptOutIsOutAtOnce() {
    HttpPerson admin = PEOPLE.get(Role.ADMIN);
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    assertThat(officer.get("/queue").statusCode()).isEqualTo(200);
    admin.post("/people/officer-2/active", Map.of("active", "false"));
    assertThat(officer.get("/queue").statusCode()).isEqualTo(302);
    assertThat(
            new HttpPerson(rig.url())
                .post("/login", Map.of("person", "officer-2", "password", DemoPeople.PASSWORD))
                .statusCode())
        .isEqualTo(401);
    admin.post("/people/officer-2/active", Map.of("active", "true"));
  }

  @Test
  void whatComesFromOutsideIsShownAsTextAndNeverAsMarkup() {
    HttpPerson officer = PEOPLE.get(Role.OFFICER);
    HttpResponse<String> found =
        officer.post("/find", Map.of("word", "<script>alert(1)</script>' or 1=1 --"));
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).doesNotContain("<script>alert");
    HttpResponse<String> form =
        officer.post("/intake/check", Map.of("field", "number0", "number0", "\"><img src=x>"));
    assertThat(form.body()).doesNotContain("<img");
  }

  @Test
  void theTableOfAccessIsThisOne() throws Exception {
    Path page = Path.of("../../docs/desk-access.md");
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(page, table(), StandardCharsets.UTF_8);
    }
    assertThat(page).content().isEqualTo(table());
  }

  private static String table() {
    StringBuilder text = new StringBuilder();
    text.append("# Who may do what at the desk\n\n")
        .append("Generated from `Route` by `AccessTest`; do not edit. After a change of it run\n")
        .append(
            "`mvn -Pfast -pl console/desk -am package -Dtest=AccessTest -Ddocs.write=true`.\n\n")
        .append(
            "The server refuses every other role, whatever a page shows, and notes it in the audit."
                + " Addresses carry no names, numbers\n")
        .append("or tokens of persons; looking for an account is a POST.\n\n")
        .append(counts())
        .append("| route | for | ")
        .append(Stream.of(Role.values()).map(Role::name).collect(Collectors.joining(" | ")))
        .append(" | nobody |\n|---|---|")
        .append("---|".repeat(Role.values().length + 1))
        .append('\n');
    for (Route route : Route.values()) {
      text.append("| `")
          .append(route.method().name())
          .append(' ')
          .append(route.path())
          .append("` | ")
          .append(route.what())
          .append(" | ")
          .append(
              Stream.of(Role.values())
                  .map(role -> route.isOpen() ? "open" : route.roles().contains(role) ? "yes" : "")
                  .collect(Collectors.joining(" | ")))
          .append(route.isOpen() ? " | open |\n" : " | to login |\n");
    }
    return text.append(asvs()).toString();
  }

  /** How many of the table's cells a test asks for, all of them. */
  private static String counts() {
    List<Route> routes = List.of(Route.values());
    long closed = routes.stream().filter(route -> !route.isOpen()).count();
    long may = routes.stream().mapToLong(route -> route.roles().size()).sum();
    long changes = routes.stream().filter(route -> route.changes() && !route.isOpen()).count();
    return String.format(
        "%d routes × %d roles and nobody = %d cells, each with a test: %d open to anybody; of the others a role"
            + " may on %d and is%nrefused on %d, and nobody is sent to the login on %d. Each of the %d that"
            + " change something is also refused without the session's%nword, from another site, and"
            + " without an origin: %d tests more.%n%n",
        routes.size(),
        Role.values().length,
        routes.size() * (Role.values().length + 1),
        (routes.size() - closed) * (Role.values().length + 1),
        may,
        closed * Role.values().length - may,
        closed,
        changes,
        changes * 3);
  }

  /** Requirements by number with the tests that hold them. */
  private static String asvs() {
    Map<String, List<String>> held = new TreeMap<>();
    for (Class<?> tests : List.of(AccessTest.class, AsvsTest.class)) {
      for (Method test : tests.getDeclaredMethods()) {
        Asvs names = test.getAnnotation(Asvs.class);
        if (names != null) {
          for (String number : names.value()) {
            held.computeIfAbsent(number, unseen -> new ArrayList<>())
                .add("`" + tests.getSimpleName() + "." + test.getName() + "`");
          }
        }
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("\n## Requirements of OWASP ASVS 4.0.3\n\n")
        .append(
            "On authentication (2), session (3), access (4) and injection (5): those that a test of"
                + " the running desk holds. Not held here: rules\n")
        .append(
            "for passwords and second factors (2.1, 2.7, 2.8, 4.3.1), which are the identity"
                + " provider's, and a list of one's own sessions (3.3.4).\n\n")
        .append("| number | held by |\n|---|---|\n");
    held.forEach(
        (number, tests) ->
            text.append("| ")
                .append(number)
                .append(" | ")
                .append(tests.stream().sorted().collect(Collectors.joining(", ")))
                .append(" |\n"));
    return text.toString();
  }

  private HttpResponse<String> call(HttpPerson person, Route route) {
    return route.method() == HandlerType.GET
        ? person.get(path(route))
        : person.post(
            path(route), Map.of("order", told.draft().getOrderId(), "kind", "SIGN_ORDER"));
  }

  private String path(Route route) {
    String id =
        switch (route) {
          case PAPER -> told.draft().getOrderId();
          case REPORT, REPORT_PART -> "R-1";
          case PERSON_ACTIVE -> "nobody";
          case CASE, CASE_PART, CASE_PAPER, CASE_NOTICE, FLOW, ASSIGN -> told.opened().getCaseId();
          default -> "none";
        };
    return route
        .path()
        .replace("{id}", id)
        .replace("{part}", "orders")
        .replace("{scan}", "form-none")
        .replace("{what}", "queue");
  }
}
