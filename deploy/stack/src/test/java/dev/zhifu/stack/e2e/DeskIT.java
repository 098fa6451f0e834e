package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.GatewayClient;
import dev.zhifu.bank.http.HttpBankTransport;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A report taken at the desk, signed by two persons, stopped by a bank that speaks HTTP alone: the
 * desk, the gateway, the job, the broker and the store are the real ones, each in a JVM of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskIT {
  private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");
  private static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");
  private static final Pattern CASE = Pattern.compile("href=\"/case/([0-9a-f]+)\"");
  private static final Pattern ORDER = Pattern.compile("data-order=\"([0-9a-f]{64})\"");
  private static final Pattern GROUP = Pattern.compile("data-group=\"(desk-[0-9a-f-]+)\"");

  private final Cast cast = new Cast();
  private Rig rig;
  private Story story;
  private final Transcript day = new Transcript();
  private HttpBankTransport transport;
  private Twin http;
  private ConsoleProcess console;
  private GatewayClient bank;
  private Colleague officer;
  private Colleague leader;
  private Movement payment;
  private String orderId;
  private String reportPath;
  private String appealId;
  private Reconciliation posted;
  private LocalDate begun;

  @BeforeAll
  void start() {
    begun = LocalDate.now(PLACE);
    rig = rig();
    story = new Story(rig, START);
    console =
        ConsoleProcess.start(
            rig.stack().layout(),
            rig.stack().dir().root(),
            rig.stack().info(),
            rig.stack().supervisor(),
            Cast.TOKEN_KEY);
    bank = Twin.gateway("B02", rig.stack(), console);
    transport = Twin.overHttp("B02", rig.stack(), bank);
    http = new Twin("B02", rig.stack(), story::now, story::standing, transport);
    rig.run(List.of(http));
    rig.startBothJobs();
    story.advance(Duration.ofSeconds(1));
    officer = new Colleague(console.deskUrl(), "officer-1");
    leader = new Colleague(console.deskUrl(), "officer-4");
  }

  /** What the story is told on. */
  Rig rig() {
    return new Rig();
  }

  @AfterAll
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  /**
   * What an integrator does before the first day; over Kafka too by the same command. It takes
   * longer than a source may be silent (idle.seconds). Streams that speak again one after the other
   * make late what the last of them sends of before (ADR-0141), so the story's first events come
   * ahead of it.
   */
  @Test
  @Order(1)
  void theBanksCodePassesTheConformanceRun() {
    day.step("The bank's code passes the conformance run");
    Zhifu.Done done =
        rig.zhifu("first-day").bare("bank", "check", "--bank", "B02", "--patience", "60");
    day.command("./zhifu bank check --bank B02", lastLine(done.said()), done.code());
    assertThat(done.code()).as(done.said()).isZero();
    assertThat(done.result().path("cases").asInt()).isGreaterThan(80);
  }

  private static String lastLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Test
  @Order(0)
  void aHitShowsInTheQueueWithItsRuleAndMoney() {
    Rules.putInForce(rig, story);
    Person victim = cast.person("张桂兰", "B01", "6217010000000000815");
    Person payee = cast.person("赵某", "B02", "6217020000000004711");
    http.open(payee);
    story.send(story.strangerCalls(victim, "story", story.now()));
    story.advance(Duration.ofMinutes(6));
    payment = new Movement("story", victim, payee, 186_000);
    Instant at = story.now().plusSeconds(1);
    story.send(payment.completed(at));
    http.credit(payment, at);
    story.advance(Duration.ofSeconds(1));

    // The case and its hits come over two topics; the line shows the money with the later of them.
    String queue =
        story.eventually(
            "the case with its rule and its money in the queue",
            () ->
                Optional.of(officer.get("/queue/lines"))
                    .filter(page -> page.contains("T02") && page.contains("186,000.00")));
    Matcher shown = CASE.matcher(queue);
    assertThat(shown.find()).isTrue();
    day.step("A risk hold comes and is answered");
    Reconciliation hold =
        story.eventually(
            "the hold answered over HTTP",
            () ->
                transport.day().stream()
                    .filter(line -> line.stream().equals("holds") && !line.answer().isEmpty())
                    .findFirst());
    day.heard("hold " + brief(hold.id()) + " on account " + brief(hold.accountToken()) + ", PLACE");
    day.said("outcome " + hold.answer() + " at " + hold.answeredAt());
    assertThat(hold.answer()).isEqualTo("APPLIED");
    // What the engine enriched leaves with a checkpoint; a report needs the bank's own booking in
    // it.
    story.eventually(
        "the payment in the case's flow of funds",
        () ->
            Optional.of(officer.get("/case/" + shown.group(1) + "/part/flow"))
                .filter(page -> page.contains("186,000.00")));
  }

  @Test
  @Order(2)
  void aReportTakenAtTheDeskBecomesARequestThatTwoPersonsSign() {
    String form = officer.get("/intake");
    Matcher id = Pattern.compile("name=\"reportId\" value=\"([^\"]+)\"").matcher(form);
    assertThat(id.find()).isTrue();
    story.advance(Duration.ofSeconds(1));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("reportId", id.group(1));
    fields.put("victimName", payment.payer().name());
    fields.put("idNumber", "150602196203081234");
    fields.put("channel", "110");
    fields.put("payerNumber", payment.payer().number());
    fields.put("number0", payment.payee().number());
    fields.put("name0", payment.payee().name());
    fields.put("amount0", "186000");
    fields.put(
        "time0",
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
            .withZone(PLACE)
            // When the victim paid: the newest tick may not have reached the desk, which refuses a
            // time that lies ahead of its clock.
            .format(story.now().minusSeconds(1)));
    String page = officer.form("/intake", fields).body();
    reportPath = "/report/" + id.group(1);
    assertThat(page).contains(reportPath);

    AtomicBoolean completed = new AtomicBoolean();
    page =
        story.asTimePasses(
            "a request that can be signed",
            60,
            () -> {
              String part = officer.get(reportPath + "/part");
              // The flow can show a payment before its booking has left with a checkpoint; the page
              // then finds it later, and one press takes it over.
              if (part.contains(reportPath + "/complete") && completed.compareAndSet(false, true)) {
                officer.post(reportPath + "/complete", Map.of());
              }
              return Optional.of(part).filter(text -> text.contains("value=\"SIGN_ORDER\""));
            });
    assertThat(page).as("the bank's own booking was found").contains("B02-story");
    Matcher order = ORDER.matcher(page);
    assertThat(order.find()).isTrue();
    orderId = order.group(1);

    long begun = System.nanoTime();
    officer.post(
        "/act",
        Map.of(
            "order",
            orderId,
            "kind",
            "SIGN_ORDER",
            "report",
            id.group(1),
            "case",
            "",
            "reason",
            "report accepted, money traced"));
    Matcher group = GROUP.matcher(leader.get("/asked/lines"));
    assertThat(group.find()).isTrue();
    leader.post("/act/" + group.group(1) + "/confirm", Map.of());

    // The order's state and the bank's receipt come over two topics, either of them first.
    page =
        story.asTimePasses(
            "the stop in force on the page, by the bank's receipt",
            60,
            () ->
                Optional.of(officer.get(reportPath + "/part"))
                    .filter(text -> text.contains("止付生效") && text.contains("止付成功")));
    System.out.printf(
        "desk: asked, confirmed, signed by the job, stopped over HTTP, shown: %.1f s%n",
        (System.nanoTime() - begun) / 1e9);
    day.step("An order signed by two officers comes and the account is stopped");
    Reconciliation stopped =
        story.eventually(
            "the order in the bank's own file",
            () ->
                transport.day().stream()
                    .filter(line -> line.id().equals(orderId) && !line.answer().isEmpty())
                    .findFirst());
    day.heard("order " + brief(orderId) + " (100101) on account " + brief(stopped.accountToken()));
    day.said("receipt " + stopped.answer() + " (100102) at " + stopped.answeredAt());
    day.shown("the desk: 止付生效 (ACTIVE), 止付成功");
    assertThat(http.availableFen(payment.payee())).isZero();
    OfficerAct act =
        rig.tail("console", OfficerAct.class, "officer.acts").catchUp().values().toList().stream()
            .filter(one -> one.getObjectId().equals(orderId))
            .findFirst()
            .orElseThrow();
    assertThat(act.getSecondOfficerId()).isEqualTo("officer-4");
    assertThat(officer.get("/act/" + act.getActId())).contains("引擎已确认");
  }

  @Test
  @Order(3)
  void theBankAppealsForItsCustomerAndAnOfficerTakesItUp() {
    day.step("The bank appeals for its customer");
    ObjectNode appeal = new ObjectMapper().createObjectNode();
    appeal.put("restriction", orderId);
    appeal.put("statement", "持卡人为商户，该笔为货款，附合同");
    appeal.put("harm", "今日发薪");
    HttpResponse<String> lodged = bank.post("/v1/appeals", appeal, "appeal-" + brief(orderId));
    day.said("POST /v1/appeals: HTTP " + lodged.statusCode());
    assertThat(lodged.statusCode()).as(lodged.body()).isEqualTo(201);
    String id = json(lodged).path("id").asText();
    posted =
        Reconciliation.posted(
            "appeals", "appeal-" + brief(orderId), id, json(lodged).path("takenAt").asText());
    day.heard("appeal " + brief(id) + ": " + appealState(id));
    assertThat(officer.get("/appeals")).contains(id, "今日发薪");
    officer.post("/appeal/" + id + "/take", Map.of());
    day.shown("the desk: an officer takes it up");
    story.asTimePasses(
        "the appeal at the recovery job",
        60,
        () -> Optional.of(appealState(id)).filter(state -> state.equals("SUBMITTED")));
    day.heard("appeal " + brief(id) + ": SUBMITTED");
    appealId = id;
  }

  private String appealState(String id) {
    return json(bank.get("/v1/appeals/" + id)).path("state").asText();
  }

  @Test
  @Order(4)
  void theAppealIsUpheldByTwoOfficersAndTheBankHearsWhy() {
    day.step("Two officers uphold the appeal: the stop was wrong");
    Matcher about =
        Pattern.compile(
                "data-life=\"" + appealId + "\".*?href=\"/case/([0-9a-f]+)\"", Pattern.DOTALL)
            .matcher(officer.get("/appeals"));
    assertThat(about.find()).isTrue();
    assertThat(officer.get(reportPath + "/part"))
        .as("who would release it beside the appeal is warned")
        .contains("data-appeal=\"" + appealId + "\"");
    officer.post(
        "/life",
        Map.of(
            "case",
            about.group(1),
            "life",
            "APPEAL",
            "object",
            appealId,
            "event",
            "UPHELD",
            "cause",
            "BONA_FIDE"));
    Matcher group = GROUP.matcher(leader.get("/asked/lines"));
    assertThat(group.find()).isTrue();
    leader.post("/act/" + group.group(1) + "/confirm", Map.of());
    JsonNode decided =
        story.asTimePasses(
            "the appeal decided at the gateway",
            60,
            () ->
                Optional.of(json(bank.get("/v1/appeals/" + appealId)))
                    .filter(told -> told.path("state").asText().equals("UPHELD")));
    assertThat(decided.path("reason").asText()).isEqualTo("BONA_FIDE");
    day.heard("appeal " + brief(appealId) + ": UPHELD, BONA_FIDE");
    String page =
        story.asTimePasses(
            "the release on the page",
            60,
            () ->
                Optional.of(officer.get(reportPath + "/part"))
                    .filter(text -> text.contains("已解除")));
    assertThat(page).contains("已解除");
    day.shown("the desk: 已解除 (RELEASED), the appeal upheld");
    Reconciliation lifted =
        story.eventually(
            "the release in the bank's own file, answered",
            () ->
                transport.day().stream()
                    .filter(
                        line ->
                            line.id().equals(Reconciliation.release(orderId))
                                && !line.answer().isEmpty())
                    .findFirst());
    day.heard("release of order " + brief(orderId) + " (100103), signed by the officers");
    day.said("receipt " + lifted.answer() + " (100104) at " + lifted.answeredAt());
    assertThat(lifted.answer()).isEqualTo("LIFTED");
    assertThat(http.availableFen(payment.payee())).isPositive();
    // The release and the act that says why come over two topics.
    JsonNode figures =
        story.asTimePasses(
            "the wrong stop in the bank's figures",
            60,
            () ->
                Optional.of(json(bank.get("/v1/figures")))
                    .filter(told -> told.path("wrongStops").asInt() > 0));
    day.heard(
        "GET /v1/figures: stopped "
            + figures.path("stopped")
            + ", released "
            + figures.path("released")
            + ", wrong stops "
            + figures.path("wrongStops"));
    assertThat(figures.path("wrongStops").asInt()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void theBanksFirstDayReconcilesWithoutADifferenceAndASeededOneIsNamed() throws IOException {
    day.step("The day reconciles");
    Path folder = rig.stack().dir().folder("reconciliation");
    Path centre = folder.resolve("centre.csv");
    Path own = folder.resolve("bank.csv");
    // Answers go out after the messages they are about; the day is over when all are out.
    story.eventually(
        "an answer to everything in the bank's file",
        () ->
            transport.day().stream().noneMatch(line -> line.answer().isEmpty())
                ? Optional.of(true)
                : Optional.empty());
    List<Reconciliation> sent = files();
    assertThat(Reconciliation.differences(sent, ownDay())).isEmpty();
    assertThat(sent).anySatisfy(line -> assertThat(line.id()).isEqualTo(orderId));
    write(centre, sent);
    write(own, ownDay());
    Zhifu.Done same = reconcile(centre, own);
    assertThat(same.code()).as(same.said()).isZero();

    day.step("One answer of the bank's file is changed, and the command names it");
    write(
        own,
        ownDay().stream()
            .map(
                line ->
                    line.id().equals(orderId)
                        ? new Reconciliation(
                            line.stream(),
                            line.id(),
                            line.offset(),
                            line.accountToken(),
                            "MISMATCH_NAME",
                            line.answeredAt())
                        : line)
            .toList());
    Zhifu.Done other = reconcile(centre, own);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.said()).contains(orderId, "STOPPED", "MISMATCH_NAME", "1 differences");
    day.write(
        Path.of("target/first-day.md"),
        Boolean.getBoolean("docs.write")
            ? rig.stack().layout().home().resolve("docs/examples/first-day.md")
            : null);
  }

  /**
   * The centre's files since the story began. They are by the console's own day, the wall clock's:
   * a midnight may lie between the first message and the last.
   */
  private List<Reconciliation> files() {
    return begun
        .datesUntil(LocalDate.now(PLACE).plusDays(1))
        .map(date -> bank.get("/v1/reconciliation/" + date + "?form=csv"))
        .peek(file -> assertThat(file.statusCode()).as(file.body()).isEqualTo(200))
        .flatMap(file -> Reconciliation.parse(file.body().lines().toList()).stream())
        .toList();
  }

  /** What it was sent, and what it posted itself: one appeal. */
  private List<Reconciliation> ownDay() {
    return Stream.concat(transport.day().stream(), Stream.of(posted)).toList();
  }

  private Zhifu.Done reconcile(Path centre, Path own) {
    Zhifu.Done done =
        rig.zhifu("first-day").bare("bank", "reconcile", centre.toString(), own.toString());
    day.command("./zhifu bank reconcile centre.csv bank.csv", done.said().strip(), done.code());
    return done;
  }

  private static void write(Path file, List<Reconciliation> lines) throws IOException {
    StringBuilder text = new StringBuilder(Reconciliation.HEAD).append('\n');
    lines.forEach(line -> text.append(line.csv()).append('\n'));
    Files.writeString(file, text.toString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  /** The command runs in a process of its own over what the job itself enriched and stored. */
  @Test
  @Order(6)
  void aDraftIsTriedAtTheDeskOnTheStoredLastDay() throws IOException {
    Tail<RuleHit> last = rig.tail("rules-cli", RuleHit.class, "risk.hits.final");
    story.advance(Duration.ofMinutes(5));
    story.asTimePasses(
        "the hits of the day, final",
        120,
        () -> {
          last.poll();
          return last.newest(hit -> hit.getRuleId().equals("T02"));
        });
    Colleague author = new Colleague(console.deskUrl(), "author-1");
    String live = Files.readString(rig.stack().layout().catalogue().resolve("T02/rule.yaml"));
    String stricter =
        live.replace("leastAmount: {default: 5000,", "leastAmount: {default: 500000,");
    assertThat(stricter).as("a least amount above the payment's").isNotEqualTo(live);
    HttpResponse<String> saved =
        author.post("/rule/T02/draft", Map.of("document", stricter, "scenarios", ""));
    assertThat(saved.body()).contains("author-1");

    author.post("/rule/T02/trial", Map.of("kind", "HISTORY"));
    String page =
        story.eventually(
            "a trial that has ended",
            Duration.ofMinutes(4),
            () -> {
              String now = author.get("/rule/T02/part");
              return now.contains("trial DONE") || now.contains("trial FAILED")
                  ? Optional.of(now)
                  : Optional.empty();
            });

    assertThat(page).as(page).contains("trial DONE").doesNotContain("trial FAILED");
    List<Long> hits = row(page, "命中");
    assertThat(hits.get(0)).as("hits of the rules in force").isPositive();
    assertThat(hits.get(1)).as("with the draft").isLessThan(hits.get(0));
    assertThat(hits.get(2)).as("added").isZero();
    assertThat(hits.get(3)).as("lost: the payment is under the draft's amount").isPositive();
    assertThat(page).contains("186,000.00");
    System.out.println("  desk: a stricter draft on the last 24 hours: " + hits);
  }

  /** The four numbers of a line of the trial's table. */
  private static List<Long> row(String page, String name) {
    Matcher line =
        Pattern.compile("<td>" + name + "</td>((?:<td[^>]*>[^<]*</td>){4})").matcher(page);
    assertThat(line.find()).as(page).isTrue();
    return Pattern.compile("<td[^>]*>([0-9]+)</td>")
        .matcher(line.group(1))
        .results()
        .map(found -> Long.parseLong(found.group(1)))
        .toList();
  }

  private static String brief(String id) {
    return id.substring(0, 8);
  }
}
