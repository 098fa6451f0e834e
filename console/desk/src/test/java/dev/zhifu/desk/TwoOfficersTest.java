package dev.zhifu.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two people on one case, each in a browser of their own. What one does the other sees without a
 * reload; and who acts on a page that has not heard of it yet is told so, and nothing is done
 * twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoOfficersTest {
  private static final int HURRIES = 5;

  private DeskRig rig;
  private Chromium chromium;
  private Page first;
  private Page second;
  private int told;

  @BeforeAll
  void start() {
    rig = new DeskRig("twoofficers");
    rig.publish("V03");
    chromium = new Chromium(rig.url());
    first = chromium.person("officer-1");
    second = chromium.person("officer-2");
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

  private DeskRig.Told told() {
    told++;
    DeskRig.Told one = rig.tell("两人" + told, 5_000_000, "R-two-" + told);
    rig.caughtUp();
    return one;
  }

  /** Both have the case open and hear of what changes. */
  private void bothOpen(DeskRig.Told one) {
    for (Page page : List.of(first, second)) {
      page.navigate(rig.url() + "/case/" + one.opened().getCaseId());
      page.waitForSelector("body[data-connected=true]");
      page.evaluate("document.body.dataset.same = 'yes'");
    }
  }

  /** It is still the page that was opened: nothing was loaded anew. */
  private static void sameAsBefore(Page page) {
    assertThat(page.locator("body")).hasAttribute("data-same", "yes");
  }

  /** The second page hears nothing of orders and case until the returned requests are let go. */
  private List<Route> deafen(String parts) {
    List<Route> held = new ArrayList<>();
    second.route(parts, held::add);
    return held;
  }

  private void hears(String parts, List<Route> held) {
    second.unroute(parts);
    held.forEach(Route::resume);
  }

  private long acts(DeskRig.Told one, String kind) {
    return rig.one(
        "select count(*) from own.act where object_id = '"
            + one.draft().getOrderId()
            + "' and kind = '"
            + kind
            + "'",
        Long.class);
  }

  private Stream<OfficerAct> onTopic(String objectId) {
    return rig.topics().all("officer.acts").stream()
        .map(record -> dev.zhifu.desk.store.Bodies.read(record.value(), OfficerAct.class))
        .filter(act -> act.getObjectId().equals(objectId));
  }

  private Locator order(Page page, DeskRig.Told one) {
    return page.locator("[data-order='" + one.draft().getOrderId() + "']");
  }

  @Test
  void whoTakesACaseIsSeenAtOnceAndTakingItOverIsSeenByWhoHadIt() {
    DeskRig.Told one = told();
    bothOpen(one);
    assertThat(second.locator("#take button")).hasText("接办");
    first.locator("#take button").click();
    assertThat(first.locator("#head .facts")).containsText("李晓东");
    assertThat(second.locator("#head .facts")).containsText("李晓东");
    assertThat(second.locator("#take button")).hasText("转我接办");
    sameAsBefore(second);

    first.evaluate("document.body.dataset.same = 'yes'");
    second.locator("#take button").click();
    assertThat(second.locator("#head .facts")).containsText("王海燕");
    assertThat(first.locator("#head .facts")).containsText("王海燕");
    sameAsBefore(first);
    assertThat(
            rig.one(
                "select person_id from own.assignment where case_id = '"
                    + one.opened().getCaseId()
                    + "'",
                String.class))
        .isEqualTo("officer-2");
  }

  @Test
  void whoTakesACaseThatAnotherHasJustTakenIsToldAndNothingChanges() {
    DeskRig.Told one = told();
    bothOpen(one);
    List<Route> held = deafen("**/part/**");
    first.locator("#take button").click();
    assertThat(first.locator("#head .facts")).containsText("李晓东");
    assertThat(second.locator("#take button")).hasText("接办");
    second.locator("#take button").click();
    assertThat(second.locator("#fault")).containsText("刚由另一位民警接办");
    assertThat(
            rig.one(
                "select person_id from own.assignment where case_id = '"
                    + one.opened().getCaseId()
                    + "'",
                String.class))
        .isEqualTo("officer-1");
    hears("**/part/**", held);
    assertThat(second.locator("#head .facts")).containsText("李晓东");
    sameAsBefore(second);
  }

  @Test
  void whoSignsIsSeenAtOnceAndTheOtherHasNoButtonLeft() {
    DeskRig.Told one = told();
    bothOpen(one);
    order(first, one).locator("button.main").click();
    assertThat(order(second, one).locator(".act.ASKED")).containsText("李晓东");
    assertThat(order(second, one).locator("form")).hasCount(0);
    sameAsBefore(second);
  }

  @Test
  void whoSignsAfterTheOtherIsToldAndTheOrderIsAskedForOnce() {
    DeskRig.Told one = told();
    bothOpen(one);
    List<Route> held = deafen("**/part/orders");
    order(first, one).locator("button.main").click();
    assertThat(order(first, one).locator(".act.ASKED")).isVisible();
    order(second, one).locator("button.main").click();
    assertThat(second.locator("#fault")).containsText("另一位民警已就此件提请");
    assertThat(acts(one, "SIGN_ORDER")).isEqualTo(1);
    hears("**/part/orders", held);
    assertThat(order(second, one).locator(".act.ASKED")).isVisible();
    sameAsBefore(second);
  }

  /** An answer is as old as what it was made from, however late it comes. */
  @Test
  void anAnswerThatComesAfterANewerOneShowsNothingThatIsOver() {
    DeskRig.Told one = told();
    bothOpen(one);
    List<Runnable> late = new ArrayList<>();
    first.route(
        "**/act",
        route -> {
          APIResponse made = route.fetch();
          late.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(made)));
        });
    Locator rejection = order(first, one).locator("form:has(select[name=reason])");
    rejection.locator("select").selectOption("EVIDENCE_WEAK");
    rejection.locator("button").click();
    first.waitForCondition(() -> !late.isEmpty());
    OfficerAct act = rig.act(one.draft().getOrderId());
    StopPaymentRequest rejected =
        Cast.next(one.draft(), OrderState.REJECTED, act.getActId(), Cast.T0);
    rig.topics().write("stop.requests", rejected.getOrderId(), rejected);
    rig.caughtUp();
    assertThat(order(first, one).locator(".state")).hasText("不予止付");
    first.evaluate("document.querySelector('[data-order]').dataset.before = 'yes'");
    first.waitForResponse(
        response -> response.url().endsWith("/part/orders"), () -> late.forEach(Runnable::run));
    assertThat(first.locator("[data-before]")).hasCount(0);
    assertThat(order(first, one).locator(".state")).hasText("不予止付");
    first.unroute("**/act");
  }

  @Test
  void whoSignsWhatTheOtherHasRejectedIsToldWhy() {
    DeskRig.Told one = told();
    bothOpen(one);
    List<Route> held = deafen("**/part/orders");
    Locator rejection = order(first, one).locator("form:has(select[name=reason])");
    rejection.locator("select").selectOption("EVIDENCE_WEAK");
    rejection.locator("button").click();
    assertThat(order(first, one).locator(".act")).isVisible();
    OfficerAct act = rig.act(one.draft().getOrderId());
    StopPaymentRequest rejected =
        Cast.next(one.draft(), OrderState.REJECTED, act.getActId(), Cast.T0);
    rig.topics().write("stop.requests", rejected.getOrderId(), rejected);
    rig.caughtUp();
    order(second, one).locator("button.main").click();
    assertThat(second.locator("#fault")).containsText("指令现在的状态不允许");
    assertThat(acts(one, "SIGN_ORDER")).isZero();
    hears("**/part/orders", held);
    assertThat(order(second, one).locator(".state")).hasText("不予止付");
    sameAsBefore(second);
  }

  @Test
  void twoSecondPersonsConfirmOnceAndTheLaterIsTold() {
    DeskRig.Told one = told();
    bothOpen(one);
    order(first, one).locator("button.main").click();
    assertThat(order(first, one).locator(".act.ASKED")).isVisible();
    Page leader = chromium.person("officer-4");
    Page head = chromium.person("head-1");
    String article = "#asked article:has(a[href='/case/" + one.opened().getCaseId() + "'])";
    for (Page page : List.of(leader, head)) {
      page.navigate(rig.url() + "/asked");
      page.waitForSelector("body[data-connected=true]");
      assertThat(page.locator(article)).isVisible();
    }
    List<Route> held = new ArrayList<>();
    head.route("**/asked/lines", held::add);
    leader.locator(article + " button.main").click();
    assertThat(leader.locator(article)).hasCount(0);
    head.locator(article + " button.main").click();
    assertThat(head.locator("#fault")).containsText("已不在等待确认");
    head.unroute("**/asked/lines");
    held.forEach(Route::resume);
    assertThat(head.locator(article)).hasCount(0);
    assertThat(onTopic(one.draft().getOrderId()))
        .singleElement()
        .satisfies(act -> assertThat(act.getSecondOfficerId()).isEqualTo("officer-4"));
  }

  /** Whatever the pages knew: at one moment, over HTTP. */
  @Test
  void atOneMomentOneOfTwoSignsAndOneOfTwoConfirms() {
    List<HttpPerson> officers = people("officer-1", "officer-2");
    List<HttpPerson> seconds = people("officer-4", "head-1");
    for (int i = 0; i < HURRIES; i++) {
      DeskRig.Told one = told();
      Map<String, String> form =
          Map.of(
              "order",
              one.draft().getOrderId(),
              "case",
              one.opened().getCaseId(),
              "kind",
              "SIGN_ORDER",
              "reason",
              "REPORT_TRACED");
      assertThat(atOnce(officers, "/act", form)).containsExactlyInAnyOrder(200, 422);
      assertThat(acts(one, "SIGN_ORDER")).isEqualTo(1);
      String group =
          rig.one(
              "select group_id from own.act where object_id = '" + one.draft().getOrderId() + "'",
              String.class);
      assertThat(atOnce(seconds, "/act/" + group + "/confirm", Map.of()))
          .containsExactlyInAnyOrder(200, 422);
      assertThat(onTopic(one.draft().getOrderId())).hasSize(1);
    }
  }

  private List<HttpPerson> people(String... ids) {
    return Stream.of(ids)
        .map(id -> new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD))
        .toList();
  }

  private static List<Integer> atOnce(
      List<HttpPerson> people, String path, Map<String, String> form) {
    CountDownLatch ready = new CountDownLatch(people.size());
    List<Integer> answers = new ArrayList<>();
    List<Thread> threads =
        people.stream()
            .map(
                person ->
                    new Thread(
                        () -> {
                          ready.countDown();
                          try {
                            ready.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return;
                          }
                          int status = person.post(path, form).statusCode();
                          synchronized (answers) {
                            answers.add(status);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
    return answers;
  }
}
