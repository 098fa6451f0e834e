package dev.zhifu.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitUntilState;
import dev.zhifu.desk.standing.StandingForm;
import dev.zhifu.desk.store.Bodies;
import dev.zhifu.desk.web.Forms;
import dev.zhifu.ingress.Tokens;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.VictimReport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The desk in a real Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTest {
  /** A picture of one point, as PNG. */
  private static final String ONE_POINT =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  /** Instead of a tone, a mark on the page. */
  static final String BEEPS =
      """
      window.AudioContext = class {
        createOscillator() {
          return {
            frequency: {}, connect: gain => gain, stop: () => {},
            start: () => { document.body.dataset.beeps = "1"; }
          };
        }
        createGain() { return { gain: {}, connect: () => {} }; }
      };
      """;

  /** The browser's own sound, which no key or click has let begin yet. */
  private static final String MUTE =
      """
      const Own = window.AudioContext;
      window.AudioContext = class extends Own { constructor() { super(); this.suspend(); } };
      """;

  private DeskRig rig;
  private Chromium chromium;
  private Page officer;
  private Page leader;
  private DeskRig.Told told;

  @BeforeAll
  void start() {
    rig = new DeskRig("browser");
    rig.publish("V03");
    chromium = new Chromium(rig.url());
    officer = chromium.person("officer-1");
    officer.addInitScript(BEEPS);
    officer.reload();
    leader = chromium.person("officer-4");
  }

  @AfterEach
  void noScriptFailed() {
    assertThat(chromium.faults()).isEmpty();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    rig.close();
  }

  @Test
  @Order(1)
  void aNewCaseAppearsInTheOpenQueueWithoutReload() {
    assertThat(officer.locator(".empty")).isVisible();
    officer.waitForSelector("body[data-connected=true]");
    assertThat(officer.locator("#count-all")).hasText("0");
    officer.focus(".tabs a[href$='filter=sign']");
    rig.tell("小额", 900_000, null);
    told = rig.tell("张桂兰", 18_600_000, "R-110-7");
    rig.passOn(told, "下家一", 4_480_000, 200);
    rig.tick(Cast.T0.plusSeconds(1));

    Locator first = officer.locator("#lines tbody tr").first();
    assertThat(first).hasAttribute("data-case-id", told.opened().getCaseId());
    assertThat(first.locator(".money")).hasText("141,200.00");
    assertThat(officer.locator("#lines tbody tr")).hasCount(2);
    assertThat(officer.locator("#count-all")).hasText("2");
    assertThat(officer.locator("#count-sign")).hasText("2");
    assertThat(officer.locator("#lines i")).hasCount(0);
    assertThat(officer.locator(".tabs a.here #count-all")).isVisible();
    assertThat(officer.locator(".tabs a[href$='filter=sign']")).isFocused();
  }

  @Test
  @Order(2)
  void theAlarmStandsUntilAcknowledged() {
    officer.evaluate("() => { delete document.body.dataset.beeps; }");
    others();
    // The page has stood open since before: a night's first request must not wait for a reload.
    assertThat(officer.locator("button.alarm").first()).containsText("3");
    assertThat(officer.locator("button.alarm")).hasCount(2);
    assertThat(officer.locator("button.alarm").last()).containsText("银行未受理或核对不符的指令 1");
    officer.waitForSelector("body[data-beeps]");
    Chromium.picture(officer, "desk-queue");
    officer.locator("button.alarm").first().click();
    assertThat(officer.locator("button.alarm")).hasCount(1);
    officer.locator("button.alarm").click();
    assertThat(officer.locator("button.alarm")).hasCount(0);
  }

  @Test
  @Order(2)
  void aPageSaysWhenTheEnginesClockStandsStill() {
    officer.evaluate("document.body.dataset.silent = '300'");
    assertThat(officer.locator("#silent")).isVisible();
    officer.evaluate("document.body.dataset.silent = '60000'");
    rig.tick(Cast.T0.plusMillis(1_500));
    assertThat(officer.locator("#silent")).isHidden();
  }

  /** A night's other cases, so that the picture shows every kind of line. */
  private void others() {
    rig.tell("网购退款", 2_860_000, null);
    rig.tell("刷单返利", 4_500_000, "R-110-5");
    rig.tell("代发账户", 7_730_000, "R-110-6", dev.zhifu.wire.AccountKind.PAYROLL);
    int i = 0;
    for (OrderState end :
        List.of(OrderState.ACTIVE, OrderState.MISMATCH, OrderState.SENT, OrderState.ACTIVE)) {
      DeskRig.Told one = rig.tell("往案" + i, 3_100_000 + 1_270_000L * i, "R-110-" + i);
      i++;
      StopPaymentRequest sent =
          Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0.minusSeconds(200));
      rig.topics().write("stop.requests", sent.getOrderId(), sent);
      if (end != OrderState.SENT) {
        rig.topics()
            .write(
                "bank.B02.inbound",
                sent.getOrderId(),
                Cast.receipt(
                    sent,
                    end == OrderState.ACTIVE ? ReceiptResult.STOPPED : ReceiptResult.MISMATCH_NAME,
                    2_000_000,
                    Cast.T0.minusSeconds(100L * i)));
        rig.topics()
            .write(
                "stop.requests",
                sent.getOrderId(),
                Cast.next(sent, end, "receipt", Cast.T0.minusSeconds(100L * i)));
      }
    }
    rig.caughtUp();
  }

  @Test
  @Order(3)
  void theCaseSaysWhoIsInDangerAndWhyAndWhereTheMoneyWent() {
    officer.click("tr[data-case-id='" + told.opened().getCaseId() + "'] .money a");
    assertThat(officer.locator(".sentence")).containsText("冒充客服退款");
    assertThat(officer.locator(".sentence")).containsText("186,000.00");
    assertThat(officer.locator(".reason")).containsText("陌生号码");
    assertThat(officer.locator(".timeline .matched")).hasCount(2);
    assertThat(officer.locator("#flow[data-nodes='3']")).isVisible();
    assertThat(officer.locator(".flowtable tbody tr")).hasCount(2);
    rig.passOn(told, "下家二", 1_000_000, 260);
    rig.tick(Cast.T0.plusSeconds(2));
    assertThat(officer.locator(".flowtable tbody tr")).hasCount(3);
    assertThat(officer.locator("#flow[data-nodes='4']")).isVisible();
    assertThat(officer.locator("#head .big")).hasText("131,200.00");
    Chromium.picture(officer, "desk-case");
    officer.locator(".reason details").evaluate("one => one.open = true");
    Chromium.picture(officer.locator("section:has(.reason)"), "desk-why");
    anotherRuleMatches();
    assertThat(officer.locator(".reason")).hasCount(2);
    assertThat(officer.locator(".reason", new Page.LocatorOptions().setHasText("V13"))).isVisible();
    assertThat(officer.locator(".timeline .matched")).hasCount(3);
    assertThat(officer.locator(".reason details[open]")).hasCount(1);
  }

  /** A second rule finds the same payment after another call; the case's score rests on both. */
  private void anotherRuleMatches() {
    TelecomEvent call =
        Cast.call("call-again", told.victim(), told.paid().getOccurredAt().minusSeconds(30));
    RuleHit more = Cast.hit("V13", RuleFamily.V, 0.7, call, told.paid(), told.hit().getFeatures());
    List<ScoreShare> shares = new ArrayList<>(told.opened().getShares());
    shares.add(new ScoreShare(more.getHitId(), "V13", 2, RuleFamily.V, 0.7));
    rig.topics().write("risk.enriched", call.getEventId(), Cast.enriched(call));
    rig.topics().write("risk.hits", more.getHitId(), more);
    rig.topics()
        .write(
            "risk.cases",
            told.opened().getCaseId(),
            FraudCase.newBuilder(told.opened())
                .setSequence(2)
                .setChange(CaseChangeKind.SCORE)
                .setShares(shares)
                .build());
    rig.tick(Cast.T0.plusMillis(2_500));
  }

  @Test
  @Order(4)
  void twoPersonsSignAndTheStopIsShownWhenTheJobAndTheBankSaySo() {
    StopPaymentRequest draft = told.draft();
    Locator order = officer.locator("[data-order='" + draft.getOrderId() + "']");
    order.locator("button.main").click();
    assertThat(order.locator(".act.ASKED")).isVisible();
    leader.navigate(rig.url() + "/asked");
    assertThat(leader.locator("#asked article")).containsText("186,000.00");
    Chromium.picture(leader, "desk-second-person");
    leader.locator("#asked button.main").click();
    assertThat(leader.locator("#asked .empty")).isVisible();
    assertThat(order.locator(".act.SENT, .act.NOT_SENT")).isVisible();

    OfficerAct act = rig.act(draft.getOrderId());
    StopPaymentRequest signed =
        Cast.next(draft, OrderState.SIGNED, act.getActId(), Cast.T0.plusSeconds(3));
    StopPaymentRequest sent = Cast.next(signed, OrderState.SENT, "sent", Cast.T0.plusSeconds(3));
    rig.topics().write("stop.requests", draft.getOrderId(), signed);
    rig.topics().write("stop.requests", draft.getOrderId(), sent);
    assertThat(order.locator(".state")).hasText("已发送，待反馈");
    assertThat(order.locator(".act")).hasCount(0);

    rig.topics()
        .write(
            "bank.B02.inbound",
            draft.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 13_240_000, Cast.T0.plusSeconds(38)));
    rig.topics()
        .write(
            "stop.requests",
            draft.getOrderId(),
            Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0.plusSeconds(38)));
    rig.tick(Cast.T0.plusSeconds(40));
    assertThat(order.locator(".state")).hasText("止付生效");
    assertThat(order.locator(".until")).containsText("47:59");
    assertThat(order).containsText("132,400.00");
    Chromium.picture(officer, "desk-active");
  }

  @Test
  @Order(5)
  void withoutTheJobsWordThePageSaysNotSentWithPhoneAndPaper() {
    DeskRig.Told other = rig.tell("王凤英", 6_000_000, "R-110-8");
    rig.caughtUp();
    officer.navigate(rig.url() + "/case/" + other.opened().getCaseId());
    Locator order = officer.locator("[data-order='" + other.draft().getOrderId() + "']");
    order.locator("button.main").click();
    assertThat(order.locator(".act.ASKED")).isVisible();
    leader.navigate(rig.url() + "/asked");
    leader.locator("#asked button.main").click();
    assertThat(order.locator(".act.NOT_SENT")).containsText("0477-000-9002");
    Chromium.picture(officer, "desk-not-sent");
    Page paper = officer.waitForPopup(() -> order.locator(".act a.button").click());
    assertThat(paper.locator(".paper")).containsText("高原银行");
    assertThat(paper.locator(".paper")).containsText("60,000.00");
    paper.emulateMedia(
        new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
    Chromium.picture(paper, "desk-paper");
    paper.close();
  }

  @Test
  @Order(6)
  void aReportIsTakenByKeyboardAndItsActCarriesTokensAlone() {
    long begun = System.nanoTime();
    int keys = 0;
    officer.navigate(rig.url() + "/intake");
    officer.waitForSelector("body[data-ready=true]");
    String mule = "6217020000000004711";
    for (String text : List.of("张桂兰", "150602196203081234")) {
      officer.keyboard().type(text);
      officer.keyboard().press("Tab");
      keys += text.length() + 1;
    }
    officer.keyboard().press("Tab");
    officer.keyboard().press("Tab");
    officer.keyboard().type("6217010000000000815");
    officer.keyboard().press("Tab");
    officer.keyboard().type(mule);
    assertThat(officer.locator(".transfer .known").first()).containsText("高原银行");
    officer.keyboard().press("Tab");
    officer.keyboard().type("赵某");
    officer.keyboard().press("Tab");
    officer.keyboard().type("186000");
    officer.keyboard().press("Tab");
    officer.keyboard().type("01:59:30");
    keys += 2 + 19 + 1 + 19 + 1 + 2 + 1 + 6 + 1 + 8;
    FilePayload scan =
        new FilePayload("scan.png", "image/png", Base64.getDecoder().decode(ONE_POINT));
    officer.setInputFiles("[name=scan-form]", scan);
    officer.setInputFiles("[name=scan-id]", scan);
    officer.selectOption("[name=township]", "station-1");
    officer.selectOption("[name=group]", "RETIRED");
    Chromium.picture(officer, "desk-intake");
    officer.keyboard().press("Alt+s");
    officer.waitForURL(url -> url.contains("/report/"));
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(officer.locator("#report .act")).containsText("受理报案");
    assertThat(officer.locator("[data-told]").first().boundingBox().height)
        .as("what was attached is a line, not a box that pushes the orders off the screen")
        .isLessThan(100);
    Page shown = officer.waitForPopup(() -> officer.locator("[data-scan=id]").first().click());
    assertThat(shown.locator("img")).isVisible();
    assertThat(shown.evaluate("document.images[0].naturalWidth"))
        .as("a browser shows the scan, sandboxed as it is")
        .isEqualTo(1);
    shown.close();

    List<VictimReport> reports =
        rig.topics().all("victim.reports").stream()
            .map(record -> Bodies.read(record.value(), VictimReport.class))
            .toList();
    VictimReport report = reports.get(reports.size() - 1);
    assertThat(report.getTransfers().get(0).getPayee().getAccountToken())
        .isEqualTo(new Tokens(Cast.TOKEN_KEY).account("B02", mule));
    assertThat(report.toString())
        .doesNotContain(mule)
        .doesNotContain("张桂兰")
        .doesNotContain("150602");
    assertThat(rig.act(report.getReportId()).getDocuments())
        .hasSize(2)
        .anyMatch(document -> document.startsWith("form:"))
        .anyMatch(document -> document.startsWith("id:"));
    assertThat(
            rig.one(
                "select body->>'township' || ' ' || (body->>'group') from own.draft_report where"
                    + " report_id = '"
                    + report.getReportId()
                    + "'",
                String.class))
        .as("what prevention counts stays beside the form")
        .isEqualTo("station-1 RETIRED");
    assertThat(seconds)
        .as("a machine's typing, an upper bound for the pages' own time")
        .isLessThan(120);
    System.out.printf("intake: %d keystrokes, %.1f s by a machine's hands%n", keys, seconds);
  }

  @Test
  @Order(7)
  void maskedDigitsAndAccountsAlreadyStoppedAreSaidWhileTyping() {
    officer.navigate(rig.url() + "/intake");
    officer.waitForSelector("body[data-ready=true]");
    officer.fill("[name=number0]", "621702******4711");
    assertThat(officer.locator(".transfer .known").first()).containsText("高原银行");
    int digits = Math.floorMod("张桂兰".hashCode(), 1_000_000);
    officer.fill("[name=number0]", String.format("621702%013d", digits));
    assertThat(officer.locator(".transfer .known").first()).containsText("止付生效");
    officer.keyboard().press("Alt+s");
    assertThat(officer.locator("main > .fault")).isVisible();
    assertThat(officer.locator("[name=idNumber]")).hasAttribute("aria-invalid", "true");
  }

  @Test
  @Order(8)
  void englishIsAClickAway() {
    officer.navigate(rig.url() + "/case/" + told.opened().getCaseId());
    officer.click("button[name=language]");
    assertThat(officer.locator("h2").first()).hasText("Requests and orders");
    assertThat(officer.locator(".sentence")).containsText("Fake refund");
    Chromium.picture(officer, "desk-case-en");
    officer.click("button[name=language]");
    assertThat(officer.locator("h2").first()).hasText("止付建议与指令");
  }

  @Test
  @Order(9)
  void aButtonIsDeadUntilTheScriptsAreThereAndNoActIsLost() {
    List<com.microsoft.playwright.Route> held = new ArrayList<>();
    officer.route("**/htmx.min.js", held::add);
    officer.navigate(
        rig.url() + "/warnings", new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    String before = officer.url();
    Locator button = officer.locator("article.warning form[hx-post$='/step'] button").first();
    button.waitFor();
    assertThatThrownBy(() -> button.click(new Locator.ClickOptions().setTimeout(1_000)))
        .as("a plain form would lead elsewhere and nothing would be noted")
        .isInstanceOf(TimeoutError.class);
    assertThat(officer.url()).isEqualTo(before);
    held.forEach(com.microsoft.playwright.Route::resume);
    officer.waitForSelector("body[data-ready=true]");
    button.click();
    assertThat(officer.locator("article.warning .steps").first()).isVisible();
    officer.unroute("**/htmx.min.js");
  }

  @Test
  @Order(10)
  void anAlarmThatTheBrowserKeepsSilentSaysSoAndSoundsFromTheFirstKeyOn() {
    rig.tell("夜间报案", 2_000_000, "R-110-night");
    rig.caughtUp();
    Page other = chromium.person("officer-2");
    other.addInitScript(MUTE);
    other.reload();
    other.waitForSelector("body[data-sound=suspended]");
    assertThat(other.locator("#mute")).isVisible();
    other.keyboard().press("Shift");
    other.waitForSelector("body[data-sound=running]");
    assertThat(other.locator("#mute")).isHidden();
  }

  /** The page that a signature leads to may be there before the topic has told the desk of it. */
  @Test
  @Order(11)
  void anAuthorisationAppearsAndEndsOnAnOpenPage() {
    Page head = chromium.person("head-1");
    head.navigate(rig.url() + "/standing");
    assertThat(head.locator("#standing .empty")).isVisible();
    StandingAuthorisation given =
        StandingForm.read("SA-late", "head-1", Cast.T0, Forms.standing()::get);
    rig.topics().write("stop.authorisations", "SA-late", given);
    assertThat(head.locator("article.standing .state")).isVisible();
    head.evaluate(
        "() => document.body.addEventListener('htmx:beforeRequest', e => {"
            + " if (e.defaultPrevented) document.body.dataset.held = '1'; })");
    Locator reason = head.locator("article.standing [name=reason]");
    reason.fill("两起错停");
    head.waitForSelector("body[data-held]");
    assertThat(reason).hasValue("两起错停");
    head.locator("article.standing details summary").click();
    head.evaluate("() => { delete document.body.dataset.held; }");
    head.waitForSelector("body[data-held]");
    assertThat(head.locator("article.standing details [name=maxAmount]")).isVisible();
    head.locator("article.standing details summary").click();
    rig.topics()
        .write(
            "stop.authorisations",
            "SA-late",
            StandingAuthorisation.newBuilder(given).setRevision(2).setRevoked(true).build());
    assertThat(head.locator("article.standing .state")).hasText("已撤销");
    assertThat(head.locator("#standing")).hasCount(1);
  }

  @Test
  @Order(12)
  void aPageThatNobodyTouchesIsCoveredUntilSomebodyLogsInAndItsAlarmStands() {
    Page left = chromium.person("officer-3");
    rig.tell("无人值守", 2_100_000, "R-110-left");
    assertThat(left.locator("button.alarm").first()).isVisible();
    left.evaluate("document.body.dataset.idle = '0'");
    assertThat(left.locator("#locked")).isVisible();
    assertThat(left.locator("#lines")).isHidden();
    assertThat(left.locator("nav").first()).isHidden();
    assertThat(left.locator("button.alarm").first()).isVisible();

    left.evaluate("window.dispatchEvent(new Event('focus'))");
    assertThat(left.locator("#lines")).isVisible();
    assertThat(left.locator("#locked")).isHidden();

    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.session set used_at = used_at - interval '31 minutes' where"
                        + " person_id = 'officer-3'"));
    left.evaluate("delete document.body.dataset.locked");
    rig.tell("无人值守二", 2_200_000, "R-110-left-2");
    assertThat(left.locator("#locked")).isVisible();
    assertThat(left.locator("#lines")).isHidden();
    Chromium.picture(left, "desk-locked");
    left.click("#locked a");
    assertThat(left.locator("[name=password]")).isVisible();
    chromium.expects(401);
  }

  /**
   * Pages that an act leads to may be there before the topics have told the desk what came of it;
   * then they change under the eyes of whoever looks.
   */
  @Test
  @Order(13)
  void whatAnActHasDoneAppearsOnThePageThatItLeadsTo() {
    Page appeals = tab("officer-1", "/appeals");
    Page bank = tab("bank-b02", "/appeal");
    bank.fill("[name=statement]", "货款");
    Page rules = tab("approver-1", "/rules");
    assertThat(rules.locator("article.reason")).hasCount(1);
    Page reports = tab("officer-1", "/bank-reports");
    assertThat(reports.locator("#bank-reports .empty")).isVisible();
    rig.store()
        .execute(
            "insert into own.draft_report (report_id, officer_id, begun_at, body) values ('R-late',"
                + " 'officer-4', ?, '{}')",
            Cast.T0);
    Page report = tab("officer-4", "/report/R-late");
    assertThat(report.locator("#report table")).hasCount(0);

    rig.store()
        .execute(
            """
            insert into own.appeal (appeal_id, restriction_id, case_id, bank, account_token, holder_token,
              lodged_by, lodged_at, person_id, statement, harm, act_id)
            values ('A-late', 'o', 'c', 'B02', ?, 'h', 'BANK', ?, 'bank-b02', '迟到', '发薪', 'act')\
            """,
            "t".repeat(32),
            Cast.T0);
    appeal("SUBMITTED", 1);
    assertThat(appeals.locator("[data-life=A-late] b")).hasText("已提出");
    assertThat(bank.locator("[data-appeal=A-late] b")).hasText("已提出");
    appeal("CHECKING", 2);
    assertThat(appeals.locator("[data-life=A-late] b")).hasText("核查中");
    assertThat(bank.locator("[data-appeal=A-late] b")).hasText("核查中");
    assertThat(bank.locator("[name=statement]")).hasValue("货款");

    rig.publish("T02");
    assertThat(rules.locator("article.reason")).hasCount(2);

    VictimReport late =
        VictimReport.newBuilder(
                Bodies.read(rig.topics().all("victim.reports").get(0).value(), VictimReport.class))
            .setReportId("R-late")
            .build();
    rig.topics().write("victim.reports", "R-late", late);
    assertThat(report.locator("#report table")).isVisible();
    rig.store()
        .execute(
            "insert into own.bank_report (report_id, bank, received_at, incident, operator) values"
                + " ('R-late', 'B02', ?, '冒充公检法', '柜员 07')",
            Cast.T0);
    assertThat(reports.locator("[data-report=R-late] .state")).hasText("待受理");
    rig.topics()
        .write(
            "officer.acts",
            "R-late",
            OfficerAct.newBuilder()
                .setActId("act-late")
                .setKind(ActKind.ACCEPT_REPORT)
                .setOfficerId("officer-1")
                .setRole("DUTY_OFFICER")
                .setAt(Cast.T0)
                .setObjectId("R-late")
                .setReason("")
                .setReport(late)
                .setKeyId("")
                .setSignature(ByteBuffer.allocate(0))
                .build());
    assertThat(reports.locator("[data-report=R-late] .state")).hasText("已受理");
    List.of(appeals, bank, rules, reports, report).forEach(Page::close);
  }

  /** One more page of a person, who has others open. */
  private Page tab(String person, String path) {
    Page tab = chromium.person(person).context().newPage();
    tab.navigate(rig.url() + path);
    return tab;
  }

  private void appeal(String state, long sequence) {
    rig.topics()
        .write(
            "recovery.lives",
            "A-late",
            LifeTransition.newBuilder()
                .setKind(LifeKind.APPEAL)
                .setObjectId("A-late")
                .setCaseId("c")
                .setSequence(sequence)
                .setState(state)
                .setEvent(state)
                .setRole("HOLDER")
                .setTickAt(Cast.T0)
                .setCause("act" + sequence)
                .setDetail(
                    AppealDetail.newBuilder()
                        .setRestriction(LifeKind.STOP_ORDER)
                        .setRestrictionId("o")
                        .setAccountToken("t".repeat(32))
                        .setBank("B02")
                        .setHolder("h")
                        .setStatement("迟到")
                        .setHarm("发薪")
                        .setSubmittedAt(Cast.T0)
                        .build())
                .build());
  }
}
