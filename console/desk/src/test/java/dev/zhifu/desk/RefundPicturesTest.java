package dev.zhifu.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.ingress.ClearIdentity;
import dev.zhifu.ingress.TokenKind;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/** A refund and a victim hold in a real Chromium, by the people who may. */
@Tag("landing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefundPicturesTest {
  private DeskRig rig;
  private RecoveryTwin recovery;
  private Chromium chromium;
  private RefundCast about;

  @BeforeAll
  void start() {
    rig = new DeskRig("refundpictures");
    recovery = new RecoveryTwin(rig);
    chromium = new Chromium(rig.url());
    about = new RefundCast(rig, recovery).frozen("张桂兰").planned();
    rig.topics().write("clock.echo", "clock", Cast.tick(Cast.T0, 1));
    rig.caughtUp();
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

  private Page at(String person) {
    Page page = chromium.person(person);
    page.navigate(rig.url() + "/refund/" + about.freezeId());
    return page;
  }

  /** Presses the button of an event; its fields are filled already. */
  private void press(Page page, String event, String says) {
    Locator offer = page.locator("[data-offer='" + event + "']");
    offer.locator("[name=reason]").fill("按规定办理");
    offer.locator("button").click();
    assertThat(page.locator("#refund .act").first()).containsText(says);
  }

  private void word(Page page, String state) {
    recovery.answer(Cast.T0.plusSeconds(60));
    assertThat(page.locator("#refund .state")).hasText(state);
  }

  @Test
  @Order(1)
  void theWayIsTheLedgersAndEachStepWaitsForTheJobsWord() {
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/refunds");
    Chromium.picture(officer, "desk-refunds");
    officer.locator("tr[data-freeze='" + about.freezeId() + "'] a").first().click();
    assertThat(officer.locator("#steps [data-mode='NORMALISED'] .sums")).containsText("100,000.00");
    officer.locator("[data-offer='OPENED'] [name=id]").fill("核验〔2026〕1号");
    press(officer, "OPENED", "受理申请");
    word(officer, "已受理");
    officer.locator("[data-offer='FLOW_TABLE_BUILT'] [name=everyHopProved]").selectOption("yes");
    press(officer, "FLOW_TABLE_BUILT", "资金流向表");
    word(officer, "资金流向表已成");
    assertThat(officer.locator("[data-offer='FOUND_SINGLE'] .cannot")).containsText("另一种方式");
    press(officer, "FOUND_PRORATA", "认定按比例");
    word(officer, "按比例");
    officer.locator("[data-offer='PUBLISHED'] [name=publication]").fill("公告〔2026〕1号");
    press(officer, "PUBLISHED", "发布公告");
    word(officer, "公告中");
    assertThat(officer.locator("[data-offer='PREPARED'] .cannot")).containsText("公告期已满");
    Chromium.picture(officer, "desk-refund-notice");
  }

  @Test
  @Order(2)
  void theSumsFollowTheCompensationThatIsTyped() {
    rig.tick(RefundCast.afterNotice());
    rig.topics().write("clock.echo", "clock", Cast.tick(RefundCast.afterNotice(), 2));
    rig.caughtUp();
    recovery.ring(about.caseId(), RefundCast.afterNotice());
    Page officer = at("officer-1");
    Locator offer = officer.locator("[data-offer='PREPARED']");
    offer.locator("[name=compensation0]").fill("10000");
    offer.locator("[name=compensation0]").press("Tab");
    assertThat(
            officer.locator("#steps [data-victim='" + about.victim(0) + "'] .refund-fen").first())
        .hasText("26,315.79");
    assertThat(officer.locator("#steps .arith").first()).containsText("余数最大，加 1 分");
    assertThat(officer.locator("#steps [data-mode='LITERAL']")).containsText("不能采用");
    offer.locator("[name=account2]").fill("6217010000009000002");
    offer.locator("[name=referral0]").selectOption("HARDSHIP_AID");
    offer.locator("[name=ownershipClear]").selectOption("yes");
    Chromium.picture(officer, "desk-refund");
    Chromium.picture(officer.locator("section:has(#steps)"), "desk-refund-steps");
    press(officer, "PREPARED", "拟定返还方案");
    Page leader = chromium.person("officer-4");
    leader.navigate(rig.url() + "/asked");
    assertThat(leader.locator("#asked")).containsText("拟定返还方案");
    assertThat(leader.locator("#asked")).containsText("26,315.79");
    Chromium.picture(leader, "desk-refund-second");
    leader.click("#asked button.main");
    assertThat(leader.locator("#asked .empty")).isVisible();
    recovery.answer(RefundCast.afterNotice());
    assertThat(officer.locator("#refund .state")).hasText("返还方案已备");
    assertThat(officer.locator("table.decided")).containsText("生活困难救助");
  }

  @Test
  @Order(3)
  void theHeadApprovesAndPapersAreMade() {
    Page head = at("head-1");
    press(head, "APPROVED", "批准返还");
    recovery.answer(RefundCast.afterNotice());
    assertThat(head.locator("#refund .state")).hasText("已批准");
    rig.vault()
        .keep(about.victim(0), new ClearIdentity(TokenKind.HOLDER, "张桂兰", "150602196203081234"));
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    for (String paper :
        new String[] {"application-1", "flow-table", "report", "decision", "notice"}) {
      HttpResponse<byte[]> pdf =
          officer.postForBytes(
              "/refund/" + about.freezeId() + "/paper",
              Map.of("paper", paper, "reason", "制作返还文书", "caseNumber", "A1"));
      assertThat(pdf.statusCode()).as(paper).isEqualTo(200);
      assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
    assertThat(
            officer
                .post("/refund/" + about.freezeId() + "/paper", Map.of("paper", "decision"))
                .statusCode())
        .as("no reason, no name")
        .isEqualTo(422);
  }

  @Test
  @Order(4)
  void aVictimHoldIsProposedOnTheCase() {
    Page officer = chromium.person("officer-1");
    officer.navigate(rig.url() + "/case/" + about.caseId());
    Locator offer = officer.locator("[data-offer='VICTIM_HOLD.PROPOSED']");
    offer.locator("[name=days]").fill("7");
    offer.locator("[name=reason]").fill("仍在与对方通话，怀疑继续受骗");
    offer.locator("button").click();
    // The job can only answer what has been sent.
    assertThat(officer.locator("#lives .act").first()).isVisible();
    recovery.answer(RefundCast.afterNotice());
    assertThat(officer.locator("#lives")).containsText("已建议");
    Locator approval = officer.locator("[data-offer='VICTIM_HOLD.APPROVED']");
    // Whatever is on its way to the page shall have come before the route holds it.
    assertThat(approval.locator("[name=reason]")).isVisible();
    List<Route> held = new ArrayList<>();
    officer.route("**/part/lives", held::add);
    officer.evaluate("htmx.trigger(document.body, 'desk-acts')");
    officer.waitForCondition(() -> !held.isEmpty());
    approval.locator("[name=reason]").fill("同意");
    officer.waitForResponse(
        response -> response.url().endsWith("/part/lives"), () -> held.forEach(Route::resume));
    officer.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    // What is being typed outlives an answer that was asked for before.
    assertThat(approval.locator("[name=reason]")).hasValue("同意");
    officer.unroute("**/part/lives");
    approval.locator("button").click();
    assertThat(officer.locator("#lives .act.ASKED")).isVisible();
    Chromium.picture(officer.locator("section:has(#lives)"), "desk-victim-hold");
  }

  @Test
  @Order(5)
  void theRefundsPagesAreInOrderInBothLanguages() {
    String refund = rig.url() + "/refund/" + about.freezeId();
    PageWalk.look(
        chromium.person("officer-1"),
        Map.of(
            rig.url() + "/refunds",
            "officer-1-refunds",
            refund,
            "officer-1-refund",
            rig.url() + "/case/" + about.caseId(),
            "frozen"));
    PageWalk.look(
        chromium.person("head-1"),
        Map.of(rig.url() + "/refunds", "head-1-refunds", refund, "head-1-refund"));
  }
}
