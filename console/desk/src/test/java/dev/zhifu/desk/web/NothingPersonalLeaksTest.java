package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Plays intake, search and a look at an identity with known digits and names: none of them stands
 * in an address, asked for or offered, in a log line, an audit line or a topic.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingPersonalLeaksTest {
  private static final String VICTIM = "阿拉坦其其格";
  private static final String PAYEE = "巴特尔夫";
  private static final String DOCUMENT = "150602196611094321";
  private static final String PAYER_CARD = "6217010000008830571";
  private static final String PAYEE_CARD = "6217020000008830572";
  private static final String ANSWERED_CARD = "6217020000008830573";
  private static final String PHONE = "13947788305";
  private static final List<String> PERSONAL =
      List.of(VICTIM, PAYEE, DOCUMENT, PAYER_CARD, PAYEE_CARD, ANSWERED_CARD, PHONE);

  private static final Pattern QUERY = Pattern.compile("data-query=\"([^\"]+)\"");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:href|src|action|hx-get|hx-post)=['\"]([^'\"]*)['\"]");

  private final Lines log = new Lines();
  private final List<String> addresses = new ArrayList<>();
  private Configuration logging;
  private DeskRig rig;
  private HttpPerson officer;

  /** Whatever is logged, as the shipped pattern writes it. */
  private static final class Lines extends AbstractAppender {
    private final List<String> all = new CopyOnWriteArrayList<>();

    Lines() {
      super(
          "personal",
          null,
          PatternLayout.newBuilder().withPattern("%level %logger - %msg%n%throwable").build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      all.add(getLayout().toSerializable(event).toString());
    }
  }

  @BeforeAll
  void start() {
    logging = ((LoggerContext) LogManager.getContext(false)).getConfiguration();
    log.start();
    logging.getRootLogger().addAppender(log, null, null);
    rig = new DeskRig("leaks");
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    logging.getRootLogger().removeAppender("personal");
    rig.close();
  }

  private HttpResponse<String> seen(HttpResponse<String> answer) {
    answer.headers().firstValue("Location").ifPresent(addresses::add);
    answer.headers().firstValue("HX-Redirect").ifPresent(addresses::add);
    Matcher offered = ADDRESS.matcher(answer.body());
    while (offered.find()) {
      addresses.add(offered.group(1));
    }
    return answer;
  }

  private HttpResponse<String> get(String path) {
    return seen(officer.get(path));
  }

  private HttpResponse<String> post(String path, Map<String, String> fields) {
    return seen(officer.post(path, fields));
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private Map<String, String> form() {
    String reportId = Forms.reportId(get("/intake").body());
    Forms.scanned(rig, reportId);
    Map<String, String> form = Forms.report(reportId, VICTIM, DOCUMENT, PAYER_CARD);
    form.put("number0", PAYEE_CARD);
    form.put("name0", PAYEE);
    form.put("amount0", "8,000");
    form.put("time0", "01:59:30");
    form.put("number1", "621702*********0573");
    form.put("amount1", "70");
    form.put("time1", "01:59:00");
    return form;
  }

  @Test
  void intakeSearchAndIdentityLeaveNothingPersonalInAddressesAndLogs() {
    DeskRig.Told told = rig.tell("泄露", 5_000_000, null);
    rig.caughtUp();
    for (Map.Entry<String, String> typed :
        Map.of("idNumber", DOCUMENT, "payerNumber", PAYER_CARD, "number0", PAYEE_CARD).entrySet()) {
      post("/intake/check", Map.of("field", typed.getKey(), typed.getKey(), typed.getValue()));
    }
    Map<String, String> form = form();
    Map<String, String> faulty = new HashMap<>(form);
    faulty.put("amount0", "no sum");
    assertThat(post("/intake", faulty).statusCode()).isEqualTo(422);

    rig.brokerGone(true);
    assertThat(post("/intake", form).statusCode()).as("the broker is away").isEqualTo(302);
    rig.brokerGone(false);
    assertThat(log.all)
        .as("the log heard of it")
        .anyMatch(line -> line.contains("was not taken by the broker"));

    assertThat(post("/intake", form).statusCode()).isEqualTo(302);
    String report = "/report/" + form.get("reportId");
    String query = group(QUERY, get(report).body());
    get("/query/" + query);
    assertThat(post("/query/" + query, Map.of("number", ANSWERED_CARD, "name", PAYEE)).statusCode())
        .isEqualTo(200);
    rig.caughtUp();
    get(report);

    for (String word : PERSONAL) {
      assertThat(post("/find", Map.of("word", word)).statusCode())
          .as("found or not")
          .isIn(200, 302);
    }
    assertThat(post("/find", Map.of("word", PAYEE_CARD)).headers().firstValue("Location"))
        .hasValue(report);
    rig.vault()
        .keep(
            told.mule().getAccountToken(),
            new dev.zhifu.ingress.ClearIdentity(
                dev.zhifu.ingress.TokenKind.ACCOUNT, PAYEE, PAYEE_CARD));
    assertThat(
            post(
                    "/identity",
                    Map.of(
                        "case",
                        told.opened().getCaseId(),
                        "token",
                        told.mule().getAccountToken(),
                        "reason",
                        "核对户名"))
                .body())
        .as("the one place where it is shown")
        .contains(PAYEE, PAYEE_CARD);
    for (String page :
        List.of("/case/" + told.opened().getCaseId(), "/queue", "/papers", "/shift")) {
      get(page);
    }

    addresses.addAll(officer.addresses());
    assertThat(addresses).hasSizeGreaterThan(50);
    for (String personal : PERSONAL) {
      assertThat(addresses)
          .allSatisfy(
              address ->
                  assertThat(URLDecoder.decode(address, StandardCharsets.UTF_8))
                      .doesNotContain(personal));
      assertThat(log.all).allSatisfy(line -> assertThat(line).doesNotContain(personal));
      assertThat(
              rig.one(
                  "select string_agg(concat_ws(' ', what, object_id, detail), ' ') from own.audit",
                  String.class))
          .doesNotContain(personal);
      assertThat(rig.topics().all())
          .allSatisfy(
              record ->
                  assertThat(new String(record.value(), StandardCharsets.UTF_8))
                      .doesNotContain(personal));
    }
  }
}
