package dev.zhifu.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.zhifu.desk.rules.RuleTools;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Acts on lives, warnings, hand-over, authorisations and the wall in a real Chromium. */
@Tag("landing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskPicturesTest {
  private DeskRig rig;
  private RecoveryTwin recovery;
  private Chromium chromium;
  private DeskRig.Told told;

  @BeforeAll
  void start() throws IOException {
    Path drafts =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/rules")), "pictures");
    rig = new DeskRig("pictures", new RuleTools(drafts, null, null));
    rig.publish("V03");
    recovery = new RecoveryTwin(rig);
    chromium = new Chromium(rig.url());
    told = stopped("张桂兰", 18_600_000, 3);
    recovery.accepted(told.opened(), "R-张桂兰", Cast.T0);
    stopped("王凤英", 6_400_000, 41);
    DeskRig.Told waiting = rig.tell("赵玉梅", 3_200_000, "R-赵玉梅");
    rig.topics()
        .write(
            "stop.requests",
            waiting.draft().getOrderId(),
            Cast.next(
                waiting.draft(), OrderState.SENT, "sent", Cast.T0.minus(Duration.ofMinutes(4))));
    rig.tell("孙德福", 9_700_000, null);
    rig.topics().write("clock.echo", "clock", Cast.tick(Cast.T0, 1));
    rig.caughtUp();
  }

  /** A stop in force for that many hours. */
  private DeskRig.Told stopped(String name, long fen, int hours) {
    DeskRig.Told one = rig.tell(name, fen, "R-" + name);
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    BankInbound answer =
        Cast.receipt(
            sent, ReceiptResult.STOPPED, fen + 2_150_000, Cast.T0.minus(Duration.ofHours(hours)));
    // Answered some seconds after the evidence, so that answer times are not negative.
    ((StopPaymentReceipt) answer.getBody()).setAt(one.paid().getOccurredAt().plusSeconds(26));
    rig.topics().write("bank.B02.inbound", sent.getOrderId(), answer);
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    rig.passOn(one, name + "的下家", fen / 5, 200);
    rig.caughtUp();
    return one;
  }

  @AfterEach
  void noScriptFailed() {
    assertThat(chromium.faults()).isEmpty();
  }

  @AfterAll
  void stop() {
    chromium.close();
    rig.close();
  }

  @Test
  @Order(1)
  void whatTheTablesForbidSaysWhyAndAfterFilingAFreezeIsPutForward() {
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/case/" + told.opened().getCaseId());
    Locator lives = officer.locator("#lives");
    assertThat(lives.locator("[data-offer='FREEZE.PROPOSED'] .cannot")).containsText("立案");
    Chromium.picture(officer.locator("section:has(#lives)"), "desk-lives-refused");

    Page head = chromium.person("head-1");
    head.navigate(rig.url() + "/case/" + told.opened().getCaseId());
    Locator filing = head.locator("[data-offer='CASE.FILED']");
    filing.locator("[name=reason]").fill("符合立案条件，呈批已签");
    filing.locator("button").click();
    assertThat(head.locator("#lives .act")).containsText("立案");
    recovery.answer(Cast.T0.plusSeconds(10));
    assertThat(head.locator("#lives [data-life] b").first()).containsText("已立案");

    Locator freeze = lives.locator("[data-offer='FREEZE.PROPOSED']");
    assertThat(freeze.locator("[name=amount]")).hasValue("186,000.00");
    freeze.locator("button").click();
    assertThat(lives.locator(".act").first()).isVisible();
    recovery.answer(Cast.T0.plusSeconds(20));
    assertThat(lives).containsText("法制审核中");

    Page legal = chromium.person("legal-1");
    legal.navigate(rig.url() + "/case/" + told.opened().getCaseId());
    legal.locator("[data-offer='FREEZE.REFUSED'] button.main").click();
    assertThat(legal.locator("#lives .act")).containsText("法制审核通过");
    recovery.answer(Cast.T0.plusSeconds(25));
    assertThat(legal.locator("[data-offer='FREEZE.REFUSED'] button.main")).hasCount(0);
    head.reload();
    Locator approval = head.locator("[data-offer='FREEZE.APPROVED']");
    approval.locator("[name=reason]").fill("同意冻结");
    Chromium.picture(head.locator("section:has(#lives)"), "desk-lives");
    approval.locator("button").click();
    assertThat(head.locator("#lives .act")).containsText("批准冻结");
    recovery.answer(Cast.T0.plusSeconds(30));
    assertThat(head.locator("#lives")).containsText("已批准");
  }

  @Test
  @Order(2)
  void theFlowShowsWhichAccountsAreStopped() {
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/case/" + told.opened().getCaseId());
    assertThat(officer.locator("#flow[data-nodes='3']")).isVisible();
    Chromium.picture(officer.locator("section.split"), "desk-flow");

    // A movement further down changes nothing of the case; an open page finds it all the same.
    BankTransaction further = rig.passOn(told, "更下家", 1_000_000, 300);
    rig.passOn(further, "最下家", 500_000, 100);
    assertThat(officer.locator("#flow[data-nodes='5']")).isVisible();
    assertThat(officer.locator(".flowtable")).containsText("5,000.00");
  }

  @Test
  @Order(3)
  void anAppealIsLodgedInUnderAMinute() {
    Page officer = chromium.person("officer-2");
    long begun = System.nanoTime();
    officer.navigate(rig.url() + "/appeal");
    officer.fill("[name=object]", told.draft().getApplicationId());
    officer.fill("[name=statement]", "账户是合作社代发工资户，这笔钱是卖羊货款");
    officer.fill("[name=harm]", "工资账户，今日发薪，十二人");
    Chromium.picture(officer, "desk-appeal");
    officer.click("button.main >> nth=-1");
    officer.waitForURL(url -> url.endsWith("/appeals"));
    assertThat((System.nanoTime() - begun) / 1e9).isLessThan(60);
    recovery.answer(Cast.T0.plusSeconds(40));
    officer.reload();
    assertThat(officer.locator("table.appeals")).containsText("今日发薪");
    Chromium.picture(officer, "desk-appeals");
  }

  @Test
  @Order(4)
  void aWarningGoesOutUpAndComesBack() {
    rig.vault()
        .keep(
            told.opened().getSubject(),
            new ClearIdentity(TokenKind.HOLDER, "张桂兰", "150602196203081234"));
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/warnings");
    Locator task =
        officer.locator(
            "[data-warning='"
                + Cast.warning(told.opened(), dev.zhifu.wire.WarningTier.HIGH).getWarningId()
                + "']");
    task.locator("select[name=contact]").selectOption("grid-1");
    task.locator("button.main").click();
    assertThat(task.locator(".state")).hasText("已派");

    Page phone = chromium.phone("grid-1");
    phone.locator("a.card").click();
    assertThat(phone.locator(".phone .who")).hasText("张桂兰");
    Chromium.picture(phone, "desk-go");
    phone.click("button[value=LINE_BUSY]");
    phone.locator("a.card").click();
    phone.click("button[value=NOT_FOUND]");
    assertThat(phone.locator(".empty")).isVisible();
    officer.reload();
    assertThat(task).containsText("已上报上级");

    Page station = chromium.phone("station-1");
    station.locator("a.card").click();
    station.click("button[value=REACHED]");
    rig.tick(Cast.T0.plus(Duration.ofHours(25)));
    rig.topics().write("clock.echo", "clock", Cast.tick(Cast.T0.plus(Duration.ofHours(25)), 2));
    officer.reload();
    assertThat(task).containsText("已劝住");
    Chromium.picture(officer, "desk-warnings");
  }

  @Test
  @Order(5)
  void theShiftIsHandedOver() {
    Page leader = chromium.person("officer-4");
    leader.navigate(rig.url() + "/shift");
    leader.locator("select[name=to]").selectOption("officer-2");
    leader.fill("[name=note]", "张桂兰案冻结待发；B02 一件未答，已电话催。");
    leader.click("form.bar button.main");
    assertThat(leader.locator("section").last()).containsText("等待接班签名");
    Page next = chromium.person("officer-2");
    next.navigate(rig.url() + "/shift");
    Chromium.picture(next, "desk-shift");
    next.click("[data-handover] button.main");
    assertThat(next.locator("section").last()).containsText("接班签名");
  }

  @Test
  @Order(6)
  void aStandingAuthorisationIsWrittenAndSigned() {
    Page head = chromium.person("head-1");
    head.navigate(rig.url() + "/standing");
    head.fill("[name=maxAmount]", "300000");
    head.fill("[name=perHour]", "10");
    head.fill("[name=perBankDay]", "20");
    head.fill("[name=perDay]", "60");
    head.fill("[name=perHourMoney]", "2000000");
    head.fill("[name=perBankDayMoney]", "3000000");
    head.fill("[name=perDayMoney]", "5000000");
    head.fill("[name=validTo]", "2026-04-30");
    head.click("form.intake button.main");
    assertThat(head.locator("article.asked")).isVisible();
    Page legal = chromium.person("legal-1");
    legal.navigate(rig.url() + "/standing");
    legal.fill("[name=opinion]", "法制意见〔2026〕3号");
    legal.click("article.asked button");
    assertThat(legal.locator("article.asked .ok")).isVisible();
    head.reload();
    head.click("article.asked button.main");
    assertThat(head.locator("article.standing .state")).isVisible();
    Chromium.picture(head, "desk-standing");
  }

  @Test
  @Order(8)
  void aRuleGoesFromDraftToLiveByTwoPersons() {
    Page author = chromium.person("author-1");
    author.navigate(rig.url() + "/rule/V03");
    author.locator("button:has-text('校验并保存')").click();
    assertThat(author.locator("h2").nth(1)).containsText("草稿 v3");
    Locator shadow = author.locator("[data-rule-offer='SHADOW']");
    shadow.locator("[name=reason]").fill("先看一天");
    shadow.locator("button").click();
    answered(PublicationStatus.SHADOW, RuleStatusKind.IN_FORCE, "");
    assertThat(author.locator("tr[data-status='SHADOW']")).containsText("在效");
    Locator live = author.locator("[data-rule-offer='LIVE']");
    live.locator("[name=reason]").fill("影子期无误报");
    live.locator("button").click();
    assertThat(author.locator("table tr[data-rule-act]").first()).containsText("待审批");
    Page approver = chromium.person("approver-1");
    approver.navigate(rig.url() + "/rules");
    approver.locator("[data-rule-act] button.main").click();
    assertThat(approver.locator("article[data-rule-act]")).hasCount(0);
    answered(PublicationStatus.LIVE, RuleStatusKind.REFUSED, "effectiveFrom is too near");
    assertThat(author.locator("tr[data-status='LIVE'][data-version='3']")).containsText("引擎拒绝");
    Chromium.picture(author, "desk-rule");
  }

  /** What the engine would answer to the newest publication of that status. */
  private void answered(PublicationStatus status, RuleStatusKind kind, String reason) {
    rig.eventually(() -> rig.published(status) != null);
    RulePublication about = rig.published(status);
    rig.topics()
        .write(
            "rules.status",
            status + kind.name(),
            RuleStatus.newBuilder()
                .setRuleId(about.getRuleId())
                .setVersion(about.getVersion())
                .setStatus(kind)
                .setSubtask(0)
                .setWatermark(Cast.T0)
                .setReason(reason)
                .setEffectiveFrom(about.getEffectiveFrom())
                .setPublicationStatus(status)
                .setSubtasks(1)
                .build());
    rig.caughtUp();
  }

  @Test
  @Order(7)
  void theWallIsReadableFromAcrossTheRoom() {
    Page wall = chromium.wide("officer-4");
    wall.navigate(rig.url() + "/wall");
    wall.waitForSelector("body[data-charts=true]");
    assertThat(wall.locator(".chart canvas")).hasCount(3);
    Chromium.picture(wall, "desk-wall");
    wall.navigate(rig.url() + "/weekly");
    assertThat(wall.locator("table.weekly tr")).not().hasCount(1);
    Chromium.picture(wall, "desk-weekly");
    wall.navigate(rig.url() + "/rules");
    assertThat(wall.locator(".reason")).containsText("研判");
    wall.click("button[name=language]");
    wall.navigate(rig.url() + "/wall");
    assertThat(wall.locator(".wall")).containsText("Victims' money stopped");
    wall.waitForSelector("body[data-charts=true]");
    Chromium.picture(wall, "desk-wall-en");
  }

  /** An order to a bank that is reached on paper alone. */
  private DeskRig.Told onPaper(String name, long fen) {
    DeskRig.Told paper = rig.tell(name, fen, "R-" + name);
    recovery.accepted(paper.opened(), "R-" + name, Cast.T0);
    StopPaymentRequest signed = Cast.next(paper.draft(), OrderState.SIGNED, "sign", Cast.T0);
    StopPaymentRequest sent = Cast.next(signed, OrderState.SENT, "sent", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), signed);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    recovery.stopOnPaper(sent);
    rig.caughtUp();
    return paper;
  }

  /** What an officer of the night sees of a paper: printed, served by two, answered. */
  @Test
  @Order(9)
  void aPaperIsPrintedServedAndAnswered() {
    DeskRig.Told paper = onPaper("包秀英", 5_500_000);
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/case/" + paper.opened().getCaseId());
    officer.locator("[data-offer='PAPER.PRINTED'] button").click();
    assertThat(officer.locator("#lives .act")).isVisible();
    recovery.answer(now());
    Locator service = officer.locator("[data-offer='PAPER.SERVED']");
    service.locator("[name=number]").fill("〔2026〕7号");
    service.locator("[name=to]").fill("赵经理，运营部");
    service.locator("[name=at]").fill("03:10");
    service.locator("button").click();
    Page leader = chromium.person("officer-4");
    leader.navigate(rig.url() + "/asked");
    assertThat(leader.locator("#asked")).containsText("赵经理");
    PageWalk.look(leader, rig.url() + "/asked", "asked");
    leader.click("#asked button.main");
    assertThat(leader.locator("#asked .empty")).isVisible();
    recovery.answer(now());
    Locator answer = officer.locator("[data-offer='PAPER.ANSWERED']");
    assertThat(answer.locator("[name=start]")).isHidden();
    answer.locator("[name=answer]").selectOption("BANK_MISMATCH");
    assertThat(answer.locator("[name=field]")).isVisible();
    answer.locator("[name=answer]").selectOption("BANK_STOPPED");
    assertThat(answer.locator("[name=field]")).isHidden();
    answer.locator("[name=start]").fill("03:05:20");
    answer.locator("[name=amount]").fill("55,000");
    answer.locator("[name=number]").fill("银复 12");
    Chromium.picture(officer.locator("section:has(#lives)"), "desk-papers");
    answer.locator("button").click();
    assertThat(officer.locator("#lives .act")).isVisible();
    recovery.answer(now());
    assertThat(officer.locator("#lives")).containsText("止付成功，编号 银复 12");
    assertThat(officer.locator("#orders")).containsText("55,000.00");
  }

  /** An officer sends somebody for the first warning that waits. */
  private void sendsTo(String contact) {
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/warnings");
    Locator waiting = officer.locator("article.warning.OPEN").first();
    waiting.locator("select[name=contact]").selectOption(contact);
    waiting.locator("button.main").first().click();
    assertThat(officer.locator("article.warning.SENT").first()).isVisible();
  }

  private static Instant now() {
    return Cast.T0.plus(Duration.ofHours(25));
  }

  @Test
  @Order(10)
  void everyPageIsInOrderInBothLanguages() {
    onPaper("娜仁", 2_500_000);
    String aCase = "/case/" + told.opened().getCaseId();
    Map<String, List<String>> pages = new LinkedHashMap<>();
    pages.put(
        "officer-1",
        List.of(
            "/queue",
            aCase,
            "/paper/" + told.draft().getOrderId(),
            "/intake",
            "/warnings",
            "/papers",
            "/shift",
            "/appeals",
            "/appeal",
            "/refunds",
            "/bank-reports",
            "/rules",
            "/rule/V03"));
    pages.put(
        "officer-4",
        List.of("/queue", "/asked", "/standing", "/wall", "/weekly", "/banks", "/state"));
    pages.put("head-1", List.of("/standing", aCase));
    pages.put("head-city-1", List.of(aCase));
    pages.put("legal-1", List.of(aCase));
    pages.put("auditor-1", List.of("/audit", "/state"));
    pages.put("author-1", List.of("/rule/V03"));
    pages.put("approver-1", List.of("/rules"));
    pages.put("bank-b02", List.of("/bank", "/appeal"));
    pages.put("admin-1", List.of("/people"));
    pages.forEach(
        (person, addresses) -> {
          Map<String, String> names = new LinkedHashMap<>();
          for (String address : addresses) {
            names.put(
                rig.url() + address,
                person
                    + address
                        .replaceAll("[^A-Za-z0-9]+", "-")
                        .replaceAll("(-[^-]{8})[^-]*$", "$1"));
          }
          PageWalk.look(chromium.person(person), names);
        });
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/intake");
    String report = officer.locator("[name=reportId]").inputValue();
    PageWalk.look(officer, rig.url() + "/report/" + report, "officer-1-report");
    Page phone = chromium.phone("grid-1");
    PageWalk.look(phone, rig.url() + "/go", "phone-go");
    sendsTo("household-1");
    Page visitor = chromium.phone("household-1");
    visitor.navigate(rig.url() + "/go");
    String task = visitor.locator("a.card").first().getAttribute("href");
    PageWalk.look(visitor, rig.url() + "/go", "phone-tasks");
    PageWalk.look(visitor, rig.url() + task, "phone-task");
  }

  @Test
  @Order(99)
  void whatChangesWhileAPageConnectsIsShownOnceItHas() {
    DeskRig.Told late = rig.tell("钱淑珍", 1_200_000, "R-钱淑珍");
    rig.caughtUp();
    Page officer = chromium.person("officer-1");
    List<Route> held = new ArrayList<>();
    officer.route("**/live?**", held::add);
    officer.navigate(rig.url() + "/case/" + late.opened().getCaseId());
    officer.waitForCondition(() -> !held.isEmpty());
    assertThat(officer.locator("#orders .order.DRAFT")).isVisible();
    rig.topics()
        .write(
            "stop.requests",
            late.draft().getOrderId(),
            Cast.next(late.draft(), OrderState.SENT, "sent", Cast.T0));
    rig.caughtUp();
    held.forEach(Route::resume);
    assertThat(officer.locator("#orders .order.SENT")).isVisible();
  }
}
