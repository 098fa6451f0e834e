package dev.zhifu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Pages for people who hear them, who see little, who use keys alone, or who print: each page that
 * a role can open names its language, has a heading before its smaller ones, a name for every
 * control, link and picture, no two things of one id, and text that stands out from its ground
 * (WCAG 2.1 AA: 1.1.1, 1.3.1, 1.4.3, 2.4.2, 3.1.1, 4.1.1, 4.1.2). What is printed is black on white
 * without anything to press.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadableTest {
  /** What is wrong on the page, each with where. */
  private static final String FAULTS =
      """
      () => {
        const faults = [], seen = e => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
        const where = e => {
          const named = e.closest("[id]");
          return e.tagName.toLowerCase() + (e.name ? "[name=" + e.name + "]" : "")
            + (e.className ? "." + String(e.className).replace(/ /g, ".") : "")
            + (named && named !== e ? " in #" + named.id : "");
        };
        const named = e =>
          ["aria-label", "aria-labelledby", "title"].some(name => (e.getAttribute(name) || "").trim() !== "");
        if (!/^(zh|en)/.test(document.documentElement.lang)) faults.push("no language");
        if (document.title.trim() === "") faults.push("no title");
        if (document.querySelector("main") === null) faults.push("no main");
        const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen);
        let level = 0;
        heads.forEach(h => {
          const own = Number(h.tagName[1]);
          if (own > level + 1) faults.push("h" + own + " after h" + level + ": " + h.textContent.trim().slice(0, 30));
          level = own;
        });
        if (heads.filter(h => h.tagName === "H1").length !== 1) faults.push(heads.filter(h => h.tagName === "H1").length + " h1");
        document.querySelectorAll("input:not([type=hidden]), select, textarea").forEach(e => {
          if (e.labels.length === 0 && !named(e)) faults.push("no label: " + where(e));
        });
        document.querySelectorAll("button, a[href], summary").forEach(e => {
          if (e.textContent.trim() === "" && !named(e)) faults.push("no words: " + where(e));
        });
        document
          .querySelectorAll("img:not([alt]), [role=img]:not([aria-label]), svg:not([aria-hidden]):not([aria-label])")
          .forEach(e => faults.push("no words for a picture: " + where(e)));
        const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
        ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => faults.push("twice #" + id));
        const rgb = text => (text.match(/[0-9.]+/g) || []).map(Number);
        const light = c => c.slice(0, 3)
          .map(v => v / 255)
          .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const over = (front, back) => {
          const a = front.length > 3 ? front[3] : 1;
          return [0, 1, 2].map(i => front[i] * a + back[i] * (1 - a));
        };
        const ground = e => {
          const layers = [];
          for (let at = e; at; at = at.parentElement) {
            const c = rgb(getComputedStyle(at).backgroundColor);
            if (c.length === 3 || c[3] > 0) layers.push(c);
            if (c.length === 3) break;
          }
          return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255]);
        };
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), told = new Set();
        while (walk.nextNode()) {
          const e = walk.currentNode.parentElement;
          if (walk.currentNode.data.trim() === "" || !seen(e) || e.closest(":disabled, option, script, style, canvas")) continue;
          const style = getComputedStyle(e), back = ground(e), front = over(rgb(style.color), back);
          const a = light(front), b = light(back), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
          const fault = "contrast " + ratio.toFixed(2) + ": " + where(e);
          if (ratio < (large ? 3 : 4.5) && !told.has(fault)) { told.add(fault); faults.push(fault); }
        }
        return faults;
      }
      """;

  private DeskRig rig;
  private Chromium chromium;
  private DeskRig.Told told;
  private RefundCast refund;

  @BeforeAll
  void start() {
    rig = new DeskRig("readable");
    rig.publish("V03");
    RecoveryTwin recovery = new RecoveryTwin(rig);
    told = rig.tell("张桂兰", 18_600_000, "R-seen");
    recovery.accepted(told.opened(), "R-seen", Cast.T0);
    DeskRig.Told mismatched = rig.tell("李秀英", 4_600_000, "R-seen");
    StopPaymentRequest sent = Cast.next(mismatched.draft(), OrderState.SENT, "sent", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.MISMATCH_NAME, 0, Cast.T0));
    StopPaymentRequest failed = Cast.next(sent, OrderState.MISMATCH, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), failed);
    rig.passOn(told, "下家", 3_000_000, 200);
    refund = new RefundCast(rig, recovery).frozen("返还").planned();
    HttpPerson officer = new HttpPerson(rig.url()).login("officer-2", DemoPeople.PASSWORD);
    officer.post(
        "/act",
        Map.of(
            "order",
            told.draft().getOrderId(),
            "case",
            told.opened().getCaseId(),
            "kind",
            "SIGN_ORDER",
            "reason",
            "REPORT_TRACED"));
    officer.post("/warning/" + warningId() + "/send", Map.of("contact", "station-1"));
    officer.get("/intake");
    chromium = new Chromium(rig.url());
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    rig.close();
  }

  private String warningId() {
    return Cast.warning(told.opened(), dev.zhifu.wire.WarningTier.HIGH).getWarningId();
  }

  /** Every page that is one, with an object that is there. */
  private List<String> pages() {
    String report = rig.one("select report_id from own.draft_report limit 1", String.class);
    return List.of(
        "/queue",
        "/case/" + told.opened().getCaseId(),
        "/case/" + refund.caseId(),
        "/asked",
        "/paper/" + told.draft().getOrderId(),
        "/papers",
        "/intake",
        "/report/" + report,
        "/alarms",
        "/bank-reports",
        "/appeals",
        "/appeal",
        "/refunds",
        "/refund/" + refund.freezeId(),
        "/warnings",
        "/go",
        "/go/" + warningId(),
        "/shift",
        "/standing",
        "/wall",
        "/weekly",
        "/rules",
        "/rule/V03",
        "/banks",
        "/bank",
        "/state",
        "/audit",
        "/people");
  }

  /** Each page once, as the first role that may open it sees it; queue and case as all do. */
  @Test
  @Tag("landing")
  void everyPageCanBeReadByEverybody() {
    Set<String> opened = new HashSet<>();
    List<String> read =
        readAll(
            (role, address) ->
                address.equals("/queue") || address.contains("/case/") || opened.add(address),
            opened::remove);
    assertThat(read)
        .extracting(one -> one.substring(one.indexOf(' ') + 1))
        .as("no page is left out")
        .containsAll(pages());
  }

  @Test
  @Tag("slow")
  void everyPageOfEveryRoleCanBeReadByEverybody() {
    List<String> read = readAll((role, address) -> true, address -> {});
    assertThat(read).hasSizeGreaterThanOrEqualTo(100);
  }

  /**
   * Reads what {@code wanted} names.
   *
   * @param refused hears of each address that a role may not open
   * @return role and address of each page that was read
   */
  @SuppressWarnings("unchecked")
  private List<String> readAll(BiPredicate<Role, String> wanted, Consumer<String> refused) {
    Map<String, List<String>> faults = new LinkedHashMap<>();
    List<String> read = new ArrayList<>();
    for (Role role : Role.values()) {
      Person person =
          DemoPeople.all().stream().filter(one -> one.role() == role).findFirst().orElseThrow();
      Page page = chromium.person(person.id());
      for (String address : pages()) {
        if (!wanted.test(role, address)) {
          continue;
        }
        int status = page.navigate(rig.url() + address).status();
        if (status == 403) {
          refused.accept(address);
          continue;
        }
        assertThat(status).as(role + " " + address).isEqualTo(200);
        page.waitForSelector("body[data-ready=true]");
        read.add(role + " " + address);
        List<String> found = (List<String>) page.evaluate(FAULTS);
        if (!found.isEmpty()) {
          faults.put(role + " " + address.replaceAll("[0-9a-f]{20,}", "…"), found);
        }
      }
    }
    System.out.printf("%d pages of %d roles read%n", read.size(), Role.values().length);
    assertThat(faults).isEmpty();
    return read;
  }

  @Test
  @SuppressWarnings("unchecked")
  void theLoginPageToo() {
    Page page = chromium.person("officer-1").context().browser().newContext().newPage();
    page.navigate(rig.url() + "/login");
    assertThat((List<String>) page.evaluate(FAULTS)).isEmpty();
    page.context().close();
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatIsPrintedIsBlackOnWhiteWithNothingToPress() {
    Page page = chromium.person("officer-3");
    for (String address :
        List.of(
            "/case/" + told.opened().getCaseId(),
            "/paper/" + told.draft().getOrderId(),
            "/refund/" + refund.freezeId(),
            "/shift")) {
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      page.navigate(rig.url() + address);
      page.waitForSelector("body[data-ready=true]");
      List<String> pressed =
          (List<String>)
              page.evaluate(
                  """
                  () => [...document.querySelectorAll("button, input, select, textarea, nav, .top")]
                    .filter(e => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
                    .map(e => e.tagName + "." + e.className + " " + (e.name || "") + e.textContent.trim().slice(0, 20))\
                  """);
      assertThat(pressed).as(address).isEmpty();
      assertThat((List<String>) page.evaluate(FAULTS))
          .as(address)
          .noneMatch(fault -> fault.startsWith("contrast"));
      List<String> grounds =
          (List<String>)
              page.evaluate(
                  """
                  () => [...document.querySelectorAll("html, body, main, section, article, header, dl, table")]
                    .map(e => getComputedStyle(e).backgroundColor)
                    .filter(c => c !== "rgb(255, 255, 255)" && c !== "rgba(0, 0, 0, 0)")\
                  """);
      assertThat(grounds).as(address).isEmpty();
      byte[] pdf = page.pdf();
      assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }
  }
}
