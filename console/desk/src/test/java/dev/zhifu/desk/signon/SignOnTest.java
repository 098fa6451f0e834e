package dev.zhifu.desk.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.People;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.desk.people.WallClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Against a provider that stands in for one ({@link TestProvider}), through the desk's own server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnTest {
  private static final RSAKey FOREIGN = TestProvider.rsa("first");

  private TestProvider provider;
  private DeskRig rig;

  @BeforeAll
  void start() throws Exception {
    provider = new TestProvider();
    rig = new DeskRig("sign_on", settings(provider.issuer()));
  }

  @AfterAll
  void stop() {
    rig.close();
    provider.close();
  }

  /** The desk takes a free port, so that its address here is another: only the provider uses it. */
  private static ProviderSettings settings(String issuer) {
    return new ProviderSettings(
        issuer,
        TestProvider.CLIENT,
        TestProvider.SECRET,
        URI.create("https://desk.example" + ProviderSettings.BACK),
        "sub",
        "name",
        "realm_access.roles",
        ProviderSettings.roles(
            List.of("zf-officer=OFFICER", "zf-duty=OFFICER", "zf-bank=BANK", "zf-go=FIELD")),
        "bank",
        "station",
        List.of("RS256"),
        60);
  }

  private static Map<String, Object> claims(String id, String... roles) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", id);
    claims.put("name", "民警 " + id);
    claims.put("realm_access", Map.of("roles", List.of(roles)));
    return claims;
  }

  /** Where the provider sends the browser back to: the query alone. */
  private static String atTheProvider(String target) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(target)).build(),
                HttpResponse.BodyHandlers.ofString());
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getRawQuery();
  }

  private String begun(HttpPerson browser) {
    HttpResponse<String> answer = browser.get("/login/provider");
    assertThat(answer.statusCode()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> signOn(HttpPerson browser) throws Exception {
    return browser.get(ProviderSettings.BACK + "?" + atTheProvider(begun(browser)));
  }

  private HttpPerson browser() {
    return new HttpPerson(rig.url());
  }

  private static void isOut(HttpPerson browser) {
    assertThat(browser.get("/queue").statusCode()).isEqualTo(302);
  }

  @Test
  void anOfficerIsLetInAsTheProviderSays() throws Exception {
    provider.says(claims("o-1", "zf-officer", "something-else"));
    HttpPerson officer = browser();
    int before = provider.verified();
    HttpResponse<String> back = signOn(officer);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).contains("http-equiv=\"refresh\"");
    assertThat(back.headers().allValues("Set-Cookie"))
        .anyMatch(
            cookie ->
                cookie.startsWith("desk=")
                    && cookie.contains("HttpOnly")
                    && cookie.contains("SameSite=Strict"))
        .anyMatch(
            cookie ->
                cookie.startsWith("desk-login=;") && cookie.contains("Expires=Thu, 01 Jan 1970"));
    assertThat(provider.verified()).as("the verifier fits the challenge").isEqualTo(before + 1);
    HttpResponse<String> queue = officer.get("/queue");
    assertThat(queue.statusCode()).isEqualTo(200);
    assertThat(queue.body()).contains("民警 o-1");
    assertThat(
            rig.one(
                "select count(*) from own.audit where person_id = 'o-1' and what = 'LOGIN'",
                Integer.class))
        .isEqualTo(1);
  }

  @Test
  void whatIsAskedForIsACodeWithPkceStateAndNonceForThisBrowser() {
    HttpPerson browser = browser();
    HttpResponse<String> answer = browser.get("/login/provider");
    Map<String, String> asked =
        TestProvider.fields(
            URI.create(answer.headers().firstValue("Location").orElseThrow()).getRawQuery());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("client_id", TestProvider.CLIENT)
        .containsEntry("redirect_uri", "https://desk.example" + ProviderSettings.BACK)
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(asked.get("scope")).contains("openid");
    assertThat(answer.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(
            cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
    assertThat(asked.get("state")).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  void localPeopleAreRefusedWhateverTheirPassword() {
    new People(rig.store()).add(new Person("local", "本地", Role.ADMIN, null), DemoPeople.PASSWORD);
    HttpPerson local = browser();
    HttpResponse<String> answer =
        local.post("/login", Map.of("person", "local", "password", DemoPeople.PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("type=\"password\"");
    isOut(local);
    assertThat(
            rig.one("select count(*) from own.person where person_id = 'officer-1'", Integer.class))
        .as("people of the demo")
        .isZero();
  }

  @Test
  void aLocalPersonsNameIsNotTakenOver() throws Exception {
    new People(rig.store()).add(new Person("taken", "本地", Role.ADMIN, null), DemoPeople.PASSWORD);
    provider.says(claims("taken", "zf-officer"));
    HttpPerson browser = browser();
    assertThat(signOn(browser).statusCode()).isEqualTo(401);
    isOut(browser);
  }

  @TestFactory
  Stream<DynamicTest> aTokenThatIsNotForThisDeskNowIsNotBelieved() {
    // Wall clock: the library under test judges a token's times by the machine's.
    Date past = Date.from(Instant.now().minusSeconds(120));
    Date future = Date.from(Instant.now().plusSeconds(600));
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
    wrong.put("expired two minutes ago", token -> token.expirationTime(past));
    wrong.put("without an end", token -> token.expirationTime(null));
    wrong.put("made in ten minutes", token -> token.issueTime(future));
    wrong.put("for another client", token -> token.audience("another-desk"));
    wrong.put(
        "for several, none of them named",
        token -> token.audience(List.of(TestProvider.CLIENT, "another-desk")));
    wrong.put(
        "for several, another named",
        token ->
            token
                .audience(List.of(TestProvider.CLIENT, "another-desk"))
                .claim("azp", "another-desk"));
    wrong.put("of another issuer", token -> token.issuer("https://elsewhere.example"));
    wrong.put("of another sign-on", token -> token.claim("nonce", "replayed"));
    wrong.put("of no sign-on", token -> token.claim("nonce", null));
    return wrong.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () -> {
                      provider.says(claims("o-2", "zf-officer"));
                      provider.but(one.getValue());
                      refused();
                    }));
  }

  private void refused() throws Exception {
    HttpPerson browser = browser();
    HttpResponse<String> answer = signOn(browser);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(one -> one.startsWith("desk="));
    isOut(browser);
  }

  @Test
  void aForgedTokenIsNotBelieved() throws Exception {
    provider.says(claims("o-3", "zf-officer"));
    provider.signedBy(FOREIGN);
    refused();
    provider.says(claims("o-3", "zf-officer"));
    provider.made(TestProvider.How.PLAIN);
    refused();
    provider.says(claims("o-3", "zf-officer"));
    provider.made(TestProvider.How.BY_THE_SECRET);
    refused();
  }

  @Test
  void clocksMayDifferByAMinute() throws Exception {
    provider.says(claims("o-4", "zf-officer"));
    // Wall clock, as above; 40 s of the minute are left for a slow machine.
    provider.but(token -> token.expirationTime(Date.from(Instant.now().minusSeconds(20))));
    assertThat(signOn(browser()).statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyThatTheProviderChangedIsFetched() throws Exception {
    provider.says(claims("o-5", "zf-officer"));
    assertThat(signOn(browser()).statusCode()).isEqualTo(200);
    provider.changesItsKey(TestProvider.rsa("second"));
    provider.says(claims("o-5", "zf-officer"));
    assertThat(signOn(browser()).statusCode()).isEqualTo(200);
  }

  @Test
  void whatWasBegunEndsOnceAndInItsOwnBrowser() throws Exception {
    provider.says(claims("o-6", "zf-officer"));
    HttpPerson mine = browser();
    String query = atTheProvider(begun(mine));
    HttpPerson other = browser();
    begun(other);
    assertThat(other.get(ProviderSettings.BACK + "?" + query).statusCode())
        .as("another browser's sign-on")
        .isEqualTo(401);
    isOut(other);
    assertThat(mine.get(ProviderSettings.BACK + "?" + query).statusCode()).isEqualTo(200);
    assertThat(mine.get(ProviderSettings.BACK + "?" + query).statusCode())
        .as("replayed")
        .isEqualTo(401);
    assertThat(browser().get(ProviderSettings.BACK + "?code=x&state=never").statusCode())
        .isEqualTo(401);
    assertThat(browser().get(ProviderSettings.BACK).statusCode()).isEqualTo(401);
  }

  @Test
  void anAnswerThatIsReplayedWithItsCookieIsRefused() throws Exception {
    provider.says(claims("o-10", "zf-officer"));
    SignOn signOn =
        new SignOn(
            settings(provider.issuer()), rig.store(), new People(rig.store()), WallClock.machine());
    SignOn.Begun begun = signOn.begin();
    String query = atTheProvider(begun.provider().toString());
    assertThat(signOn.end(query, begun.browser()).id()).isEqualTo("o-10");
    assertThatThrownBy(() -> signOn.end(query, begun.browser()))
        .satisfies(e -> assertThat(((SignOnException) e).key()).isEqualTo("login.provider.stale"));
  }

  @Test
  void whatTookTooLongIsOver() throws Exception {
    provider.says(claims("o-7", "zf-officer"));
    HttpPerson slow = browser();
    String query = atTheProvider(begun(slow));
    rig.wallClock(WallClock.machine().get().plus(SignOn.LONGEST).plusSeconds(1));
    try {
      assertThat(slow.get(ProviderSettings.BACK + "?" + query).statusCode()).isEqualTo(401);
    } finally {
      rig.wallClock(null);
    }
  }

  @Test
  void theProvidersRefusalIsShownAndLetsNobodyIn() throws Exception {
    HttpPerson browser = browser();
    Map<String, String> asked = TestProvider.fields(URI.create(begun(browser)).getRawQuery());
    HttpResponse<String> answer =
        browser.get(ProviderSettings.BACK + "?error=access_denied&state=" + asked.get("state"));
    assertThat(answer.statusCode()).isEqualTo(401);
    isOut(browser);
  }

  @Test
  void whoHasNoRoleHereOrSeveralIsRefused() throws Exception {
    provider.says(claims("o-8", "something-else"));
    refused();
    provider.says(claims("o-8", "zf-officer", "zf-bank"));
    refused();
    provider.says(claims("o-8", "zf-officer", "zf-duty"));
    assertThat(signOn(browser()).statusCode()).as("two names of one role").isEqualTo(200);
    Map<String, Object> nobody = claims("o-8", "zf-officer");
    nobody.remove("sub");
    nobody.put("sub", "o\n8");
    provider.says(nobody);
    refused();
  }

  @Test
  void aBanksPersonHasItsBankAndWhoGoesHasAStation() throws Exception {
    provider.says(claims("b-1", "zf-bank"));
    refused();
    Map<String, Object> bank = claims("b-1", "zf-bank");
    bank.put("bank", "B02");
    provider.says(bank);
    HttpPerson person = browser();
    assertThat(signOn(person).statusCode()).isEqualTo(200);
    assertThat(person.get("/bank").statusCode()).isEqualTo(200);
    assertThat(person.get("/queue").statusCode()).isEqualTo(403);
    Map<String, Object> goes = claims("g-1", "zf-go");
    goes.put("station", "station-1");
    provider.says(goes);
    assertThat(signOn(browser()).statusCode()).isEqualTo(200);
    assertThat(rig.one("select station from own.person where person_id = 'g-1'", String.class))
        .isEqualTo("station-1");
  }

  @Test
  void whoIsKeptOutStaysOutAndWhoseRoleChangesBeginsAnew() throws Exception {
    People people = new People(rig.store());
    provider.says(claims("o-9", "zf-officer"));
    HttpPerson officer = browser();
    signOn(officer);
    assertThat(officer.get("/queue").statusCode()).isEqualTo(200);
    people.active("o-9", false);
    isOut(officer);
    refused();
    people.active("o-9", true);
    assertThat(signOn(officer).statusCode()).isEqualTo(200);
    Map<String, Object> bank = claims("o-9", "zf-bank");
    bank.put("bank", "B02");
    provider.says(bank);
    HttpPerson elsewhere = browser();
    assertThat(signOn(elsewhere).statusCode()).isEqualTo(200);
    assertThat(officer.get("/").headers().firstValue("Location"))
        .as("the session of the old role")
        .hasValue("/login");
  }

  @Test
  void aProviderThatDoesNotAnswerIsSaidToBeAway() throws Exception {
    TestProvider gone = new TestProvider();
    String issuer = gone.issuer();
    gone.close();
    SignOn signOn =
        new SignOn(settings(issuer), rig.store(), new People(rig.store()), WallClock.machine());
    assertThatThrownBy(signOn::begin)
        .isInstanceOf(SignOnException.class)
        .hasMessageContaining("does not answer")
        .satisfies(e -> assertThat(((SignOnException) e).key()).isEqualTo("login.provider.away"));
  }

  @Test
  void settingsThatWouldLetAnybodyInAreRefused() {
    assertThatThrownBy(() -> settings("http://idp.example"))
        .hasMessageContaining("oidc.issuer is 'http://idp.example'");
    assertThatThrownBy(() -> ProviderSettings.roles(List.of("admin=KING")))
        .hasMessageContaining("admin=KING");
    assertThatThrownBy(() -> ProviderSettings.roles(List.of("a=OFFICER", "a=ADMIN")))
        .hasMessageContaining("given once");
    assertThatThrownBy(
            () ->
                new ProviderSettings(
                    "https://idp.example",
                    "desk",
                    "",
                    URI.create("https://desk.example" + ProviderSettings.BACK),
                    "sub",
                    "name",
                    "roles",
                    Map.of("a", Role.OFFICER),
                    "bank",
                    "station",
                    List.of("HS256"),
                    60))
        .hasMessageContaining("oidc.algorithms");
    assertThat(Duration.ofSeconds(settings("https://idp.example").skewSeconds()))
        .isEqualTo(Duration.ofMinutes(1));
  }
}
