package dev.zhifu.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The desk itself does not answer, or what stands before it says so: whoever has pressed is told as
 * of an act without the engine's word, and the page finds its line again by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskAwayTest {
  /** The page looks whether an alarm stands, as it does every few seconds. */
  private static final String SOUND_AGAIN =
      """
      () => {
        delete document.body.dataset.beeps;
        const bell = document.getElementById("bell");
        document.body.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { target: bell } }));
        return document.body.dataset.beeps || null;
      }
      """;

  private DeskRig rig;
  private Chromium chromium;
  private Page officer;
  private int told;

  @BeforeAll
  void start() {
    rig = new DeskRig("deskaway");
    rig.publish("V03");
    chromium = new Chromium(rig.url());
    officer = chromium.person("officer-1");
    officer.addInitScript(BrowserTest.BEEPS);
    officer.reload();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    rig.close();
  }

  @AfterEach
  void theDeskIsThereAgain() {
    officer.unrouteAll();
  }

  private DeskRig.Told open() {
    DeskRig.Told one = rig.tell("失联" + told, 5_000_000 + told, "R-away-" + told);
    told++;
    rig.caughtUp();
    officer.navigate(rig.url() + "/case/" + one.opened().getCaseId());
    officer.waitForSelector("body[data-ready=true][data-connected=true]");
    return one;
  }

  private Locator sign(DeskRig.Told one) {
    return officer.locator("[data-order='" + one.draft().getOrderId() + "'] button.main");
  }

  private long asked(DeskRig.Told one) {
    return rig.one(
        "select count(*) from own.act where object_id = '" + one.draft().getOrderId() + "'",
        Long.class);
  }

  private void saysNotSent() {
    Locator unheard = officer.locator("#unheard");
    assertThat(unheard).isVisible();
    assertThat(unheard).containsText("提请签发");
    assertThat(unheard).containsText("NOT SENT");
    assertThat(unheard.locator("li")).hasCount(1);
    assertThat(unheard.locator("li")).containsText("高原银行 0477-000-9002");
    assertThat(unheard.locator("[data-print]")).isVisible();
    officer.evaluate("() => window.scrollTo(0, document.body.scrollHeight)");
    assertThat(unheard).isInViewport();
  }

  @Test
  void aPressThatDoesNotArriveSaysNotSentAndWhomToPhone() {
    DeskRig.Told one = open();
    officer.route("**/act", Route::abort);
    sign(one).click();
    saysNotSent();
    assertThat(asked(one)).isZero();
    Chromium.picture(officer, "desk-unheard");
    officer.unroute("**/act");
    officer.locator("#unheard [data-read]").click();
    assertThat(officer.locator("#unheard")).isHidden();
    sign(one).click();
    assertThat(officer.locator(".act.ASKED")).isVisible();
    assertThat(officer.locator("#unheard")).isHidden();
    assertThat(asked(one)).isOne();
  }

  @Test
  void anErrorOfWhatStandsBeforeTheDeskIsNoSilence() {
    DeskRig.Told one = open();
    officer.route(
        "**/act", route -> route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("bad")));
    sign(one).click();
    saysNotSent();
    officer.unroute("**/act");
  }

  @Test
  void anAnswerThatStaysOutForFiveSecondsIsSaidAndTakenBackWhenItComes() {
    DeskRig.Told one = open();
    List<Route> held = new ArrayList<>();
    officer.route("**/act", held::add);
    sign(one).click();
    assertThat(officer.locator("#unheard")).isHidden();
    saysNotSent();
    officer.unroute("**/act");
    held.forEach(Route::resume);
    assertThat(officer.locator(".act.ASKED")).isVisible();
    assertThat(officer.locator("#unheard")).isHidden();
    assertThat(asked(one)).isOne();
  }

  @Test
  void aLineThatIsAnsweredWithAnErrorIsSaidAndOpenedAnew() {
    DeskRig.Told one = open();
    officer.route(
        Pattern.compile("/live"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("bad")));
    Locator bell = officer.locator("#bell button.alarm");
    for (int left = bell.count() - 1; left >= 0; left--) {
      bell.first().click();
      assertThat(bell).hasCount(left);
    }
    officer.reload();
    assertThat(officer.locator("#away")).isVisible();
    assertThat(officer.locator("#away")).containsText("连接已中断");
    officer.waitForSelector("body[data-beeps]");
    officer.locator("#away [data-quiet]").click();
    assertThat(officer.evaluate(SOUND_AGAIN)).as("read, it is quiet").isNull();
    rig.passOn(one, "失联下家", 1_000_000, 200);
    officer.unroute(Pattern.compile("/live"));
    officer.waitForSelector("body[data-connected=true]");
    assertThat(officer.locator("#away")).isHidden();
    assertThat(officer.locator(".flowtable tbody tr")).hasCount(2);
  }

  @Test
  void aSessionThatEndsWhileAReportIsTypedLosesNothingOfIt() {
    Page clerk = chromium.person("officer-2");
    clerk.navigate(rig.url() + "/intake");
    clerk.waitForSelector("body[data-ready=true]");
    clerk.fill("[name=victimName]", "张桂兰");
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update own.session set begun_at = begun_at - interval '13 hours' where"
                        + " person_id = 'officer-2'"));
    clerk.locator("[name=number0]").pressSequentially("6217020000000004711");
    assertThat(clerk.locator("#ended")).isVisible();
    assertThat(clerk.locator("[name=victimName]")).hasValue("张桂兰");
    Page login = clerk.waitForPopup(() -> clerk.locator("#ended a").click());
    login.fill("[name=person]", "officer-2");
    login.fill("[name=password]", dev.zhifu.desk.people.DemoPeople.PASSWORD);
    login.click("button.main");
    login.waitForURL(address -> !address.endsWith("/login"));
    login.close();
    clerk.locator("form.intake button.main").click();
    assertThat(clerk.locator(".fault").first()).isVisible();
    assertThat(clerk.locator("main")).containsText("本页属于另一次登录");
    assertThat(clerk.locator("[name=victimName]")).hasValue("张桂兰");
    assertThat(clerk.locator("[name=number0]")).hasValue("6217020000000004711");
  }
}
