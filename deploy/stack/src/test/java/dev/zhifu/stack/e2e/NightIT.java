package dev.zhifu.stack.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import dev.zhifu.stack.demo.ConsoleProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.stack.e2e.Chromium.Hand;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Channel;
import dev.zhifu.wire.TransactionKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A night at the desk, played by people in a real browser on the real parts: both jobs, broker,
 * registry, console with its store, three banks. What each step took is written to
 * docs/desk-story.md when {@code -Ddocs.write=true}.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightIT {
  private static final Instant START = Instant.parse("2026-03-02T17:50:00Z");
  private static final Instant PHONE = Instant.parse("2026-03-02T18:10:00Z");
  private static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(PLACE);
  private static final String VICTIM_ID = "150602196203081234";
  private static final String HTTP = "B01";
  private static final int PATIENCE = 120;
  private static final int STEPS = 8;
  private static final Duration BUSY = Duration.ofMinutes(4);
  private static final long LOOK_NANOS = 200_000_000;
  private static final FilePayload SCAN =
      new FilePayload("scan.png", "image/png", "scan".getBytes(StandardCharsets.UTF_8));

  private final Cast cast = new Cast();
  private final Map<String, Twin> banks = new TreeMap<>();
  private final Map<Instant, BankTransaction> told = new TreeMap<>();
  private final List<String> steps = new ArrayList<>();
  private final List<String> headlines = new ArrayList<>();
  private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  private Rig rig;
  private Story story;
  private Chromium chromium;
  private Hand officer;
  private Hand leader;

  private Person victim;
  private Person first;
  private Person second;
  private Person wages;
  private Person third;
  private Instant paidAt;
  private Mark phone;
  private Mark alarm;

  /** A moment by every clock that the story is measured by. */
  private record Mark(Instant story, long nanos, int clicks, int keys) {}

  @BeforeAll
  void start() {
    rig = new Rig();
    story = new Story(rig, START);
    ConsoleProcess console =
        ConsoleProcess.start(
            rig.stack().layout(),
            rig.stack().dir().root(),
            rig.stack().info(),
            rig.stack().supervisor(),
            Cast.TOKEN_KEY);
    for (String bank : Rig.BANKS) {
      if (!bank.equals(HTTP)) {
        banks.put(bank, new Twin(bank, rig.stack(), story::now, story::standing));
      }
    }
    // The bank of the wrong stop is on the gateway: there a release reaches it by itself.
    banks.put(
        HTTP,
        new Twin(
            HTTP,
            rig.stack(),
            story::now,
            story::standing,
            Twin.overHttp(HTTP, rig.stack(), Twin.gateway(HTTP, rig.stack(), console))));
    rig.run(List.copyOf(banks.values()));
    rig.startBothJobs();
    story.advance(Duration.ofSeconds(1));
    chromium = new Chromium(console.deskUrl());
    officer = chromium.person("officer-1");
    leader = chromium.person("officer-4");
  }

  @AfterEach
  void nothingFailedBehindThePages() {
    assertThat(rig.failures()).as("failures of the jobs' tasks").isEmpty();
    if (chromium != null) {
      assertThat(chromium.faults()).as("complaints of scripts and page policy").isEmpty();
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
    if (rig != null) {
      rig.close();
    }
    if (steps.size() == STEPS) {
      write();
    }
  }

  @Test
  @Order(1)
  void theCaseStandsInTheQueueBeforeThePhoneRings() {
    Rules.putInForce(rig, story);
    moneyMoves();
    seen(
        "the case in the queue", () -> shown(officer.at("#lines tbody tr:has-text('186,000.00')")));
    // What the engine enriched leaves with a checkpoint; a report needs the bank's own booking.
    officer.click("#lines tbody tr:has-text('186,000.00') .money a");
    seen(
        "the movements in the case's flow",
        () -> shown(officer.at(".flowtable tbody tr:has-text('85,000.00')")));
    story.advance(Duration.between(story.now(), PHONE));
    steps.add(
        "| the case, seen by the rules, before the victim calls | "
            + CLOCK.format(story.now())
            + " | | | | |");
  }

  /** Rule T02 sees a stranger's call and the payment; four hops, a shop and cash follow. */
  private void moneyMoves() {
    victim = cast.holder("张桂兰", "B01", "6217010000000000815", VICTIM_ID);
    first = cast.person("赵谋", "B02", "6217020000000004711");
    second = cast.person("钱甲", "B03", "6217030000000004712");
    wages = cast.person("孙乙", "B01", "6217010000000004713");
    third = cast.person("李丙", "B02", "6217020000000004714");
    Person shop = cast.person("粮油店", "B03", "6217030000000004715");
    List.of(first, second, wages, third, shop).forEach(one -> banks.get(one.bank()).open(one, 0));
    story.send(story.strangerCalls(victim, "night", story.now()));
    story.advance(Duration.ofMinutes(6));
    paidAt = story.now().plusSeconds(1);
    pay("n1", paidAt, victim, 200_000, first, 0, 186_000);
    pay("n2", paidAt.plusSeconds(120), first, 186_000, second, 0, 90_000);
    pay("n3", paidAt.plusSeconds(180), first, 96_000, wages, 0, 60_000);
    pay("n4", paidAt.plusSeconds(240), first, 36_000, merchant(shop), 0, 4_800);
    pay("n5", paidAt.plusSeconds(300), second, 90_000, third, 0, 85_000);
    Instant cash = paidAt.plusSeconds(330);
    told.put(
        cash,
        BankTransaction.newBuilder(new Movement("n6", third, shop, 40_000).completed(cash))
            .setKind(TransactionKind.CASH_WITHDRAWAL)
            .setChannel(Channel.ATM)
            .setAtmId("atm-7")
            .setPayer(third.with(8_500_000))
            .setPayee(null)
            .setPayeeBooking(null)
            .build());
    banks.get(third.bank()).debit(third, 4_000_000);
    told.forEach(
        (at, moved) -> {
          advanceTo(at);
          story.send(moved);
        });
    story.advance(Duration.ofSeconds(1));
  }

  private static Person merchant(Person shop) {
    return new Person(
        shop.name(),
        shop.bank(),
        shop.number(),
        AccountRef.newBuilder(shop.account()).setKind(AccountKind.MERCHANT).build());
  }

  private void advanceTo(Instant at) {
    if (at.isAfter(story.now())) {
      story.advance(Duration.between(story.now(), at));
    }
  }

  /**
   * A payment, booked at both banks at once and told later: what the engine asks of a bank when it
   * hears of the first cannot keep the others from having been made.
   */
  private void pay(
      String id, Instant at, Person from, long fromYuan, Person to, long toYuan, long yuan) {
    Movement moved = new Movement(id, from, to, yuan);
    if (from != victim) {
      banks.get(from.bank()).debit(from, yuan * 100);
    }
    banks.get(to.bank()).credit(moved, at);
    told.put(
        at,
        BankTransaction.newBuilder(moved.completed(at))
            .setPayer(from.with(fromYuan * 100))
            .setPayee(to.with(toYuan * 100))
            .build());
  }

  @Test
  @Order(2)
  void theReportIsTakenByKeyboardAndItsTraceAsksForFourStops() {
    phone = mark();
    officer.press("Alt+n");
    officer.open("/intake");
    officer.type("张桂兰");
    officer.press("Tab");
    officer.type(VICTIM_ID);
    officer.press("Tab");
    officer.press("Tab");
    officer.press("Tab");
    officer.type(victim.number());
    officer.press("Tab");
    officer.type(first.number());
    assertThat(officer.at(".transfer .known").first()).containsText("高原银行");
    officer.press("Tab");
    officer.type("赵某");
    officer.press("Tab");
    officer.type("186000");
    officer.press("Tab");
    officer.type(CLOCK.format(paidAt));
    officer.attach("[name=scan-form]", SCAN);
    officer.attach("[name=scan-id]", SCAN);
    officer.press("Alt+s");
    officer.page().waitForURL(url -> url.contains("/report/"));
    officer.ready();
    step("report taken by keyboard, form and ID attached", phone);

    Mark traced = mark();
    boolean[] completed = {false};
    seen(
        "four requests that can be signed",
        () -> {
          Locator complete = officer.at("#report form[hx-post$='/complete'] button");
          if (!completed[0] && complete.count() > 0) {
            completed[0] = true;
            officer.click("#report form[hx-post$='/complete'] button");
          }
          return officer.at("#report input[name=order][form=many]").count() == 4
              ? Optional.of(true)
              : Optional.empty();
        });
    assertThat(officer.at("#report .traced.whole")).containsText("141,200.00");
    assertThat(officer.at("#report .traced.whole")).containsText("第 3 层");
    assertThat(officer.at("#report .traced.whole")).containsText("可能善意取得，勿止付");
    alarm = mark();
    officer.picture("desk-story-requests");
    step("the trace has followed three hops: four requests ready to sign", traced);
  }

  @Test
  @Order(3)
  void twoPersonsSignFourOrdersThreeAreInForceAndOneNameDiffers() {
    officer.click("form#many button.main");
    assertThat(officer.at("#report .act.ASKED")).hasCount(4);
    confirmAll();
    seen(
        "four signed orders",
        () ->
            officer.at("#report .order:not(.DRAFT)").count() == 4
                ? Optional.of(true)
                : Optional.empty());
    step("two persons sign: four orders on their way", alarm);
    headline("from the alarm to four signed orders", alarm);
    headline("from the phone call to four orders sent", phone);

    Mark sent = mark();
    seen(
        "three stops in force and one mismatch",
        () ->
            officer.at("#report .order.ACTIVE").count() == 3
                    && officer.at("#report .order.MISMATCH").count() == 1
                ? Optional.of(true)
                : Optional.empty());
    assertThat(officer.at("#report .order.MISMATCH")).containsText("户名不符");
    assertThat(officer.at("#report .order.ACTIVE .until")).hasCount(3);
    officer.picture("desk-story-mismatch");
    step("three banks answer in force for 48 h, one that the name differs", sent);
  }

  /** The shift leader goes to what waits and confirms it. */
  private void confirmAll() {
    leader.click("a[href='/asked']");
    leader.ready();
    assertThat(leader.at("#asked article")).isVisible();
    leader.click("#asked button.main");
    assertThat(leader.at("#asked .empty")).isVisible();
  }

  @Test
  @Order(4)
  void theNameIsCorrectedAndTheOrderSentAnew() {
    Mark begun = mark();
    officer.typeInto("#report .correct [name=number]", first.number());
    officer.press("Tab");
    officer.type("赵谋");
    officer.click("#report .correct button.main");
    seen(
        "a new request for the same account",
        () -> shown(officer.at("#report .order.DRAFT form button.main")));
    officer.click("#report .order.DRAFT form button.main");
    assertThat(officer.at("#report .act.ASKED")).isVisible();
    confirmAll();
    seen(
        "four stops in force",
        () ->
            officer.at("#report .order.ACTIVE").count() == 4
                ? Optional.of(true)
                : Optional.empty());
    assertThat(banks.get("B02").availableFen(first)).isZero();
    step("corrected, sent anew, in force", begun);

    officer.click("#report a.button[href^='/case/']");
    // The report's page has the same parts: what is looked at next must be the case's.
    officer.page().waitForURL(url -> url.contains("/case/"));
    officer.ready();
    assertThat(officer.at("#orders .order.ACTIVE")).containsText("186,000.00");
    assertThat(officer.at("#orders .order.MISMATCH .correct")).hasCount(0);
    assertThat(officer.at("#orders [data-elsewhere]")).hasCount(3);
    assertThat(officer.at("#head .traced")).containsText("第 3 层");
    assertThat(officer.at("#head .traced")).containsText("可能善意取得，勿止付");
    assertThat(officer.at("#head .big")).hasText("141,200.00");
    assertThat(officer.at(".order .traced").first()).containsText("追踪：第");
    // From the victim over four accounts to the shop and to cash.
    officer.page().waitForSelector("#flow[data-nodes='7']");
    officer.picture("desk-story-case");
    officer.pictureOf("section.split", "desk-story-flow");
  }

  @Test
  @Order(5)
  void aWrongStopIsAppealedAndReleased() {
    Hand colleague = chromium.person("officer-2");
    Mark begun = mark();
    colleague.open("/appeal");
    colleague.type(wages.number());
    colleague.press("Tab");
    colleague.press("Tab");
    colleague.type("账户代发合作社工资，这笔是卖羊货款，有合同");
    colleague.press("Tab");
    colleague.type("今日发薪，十二人");
    colleague.picture("desk-story-appeal");
    colleague.press("Alt+s");
    colleague.page().waitForURL(url -> url.endsWith("/appeals"));
    assertThat(seconds(begun)).as("seconds to lodge").isLessThan(60);
    seen(
        "the appeal at the recovery job",
        () -> {
          colleague.page().reload();
          return shown(colleague.at("table.appeals a[href^='/case/']"));
        });
    colleague.click("table.appeals a[href^='/case/']");
    colleague.ready();
    colleague.choose("[data-offer='APPEAL.UPHELD'] select", "BONA_FIDE");
    colleague.click("[data-offer='APPEAL.UPHELD'] button");
    assertThat(colleague.at("#lives .act").first()).isVisible();
    confirmAll();
    seen("the stop released", () -> shown(colleague.at("#orders .order.RELEASED")));
    seen(
        "the money free at its bank",
        () ->
            banks.get("B01").availableFen(wages) == 6_000_000
                ? Optional.of(true)
                : Optional.empty());
    colleague.pictureOf("section:has(#orders)", "desk-story-released");
    step("a wrong stop: appeal lodged, upheld by two persons, released at the bank", begun);
  }

  @Test
  @Order(6)
  void theVictimIsBeingVisited() {
    Mark begun = mark();
    officer.click("nav a[href='/warnings']");
    officer.ready();
    // A task that somebody is sent for moves down the list: it is followed by its own id.
    String task =
        "[data-warning='"
            + officer.at("article.warning").first().getAttribute("data-warning")
            + "']";
    officer.choose(task + " select[name=contact]", "grid-1");
    officer.click(task + " button.main");
    assertThat(officer.at(task + " .state")).hasText("已派");
    Hand visitor = chromium.phone("grid-1");
    visitor.click("a.card");
    assertThat(visitor.at(".phone .who")).hasText("张桂兰");
    visitor.picture("desk-story-visit");
    step("somebody is on the way to the victim", begun);
  }

  /**
   * Looks once a second of the story for two minutes of it, and on a busy machine on until four
   * minutes of the machine's own are over: the pages follow the topics at their own pace.
   */
  private <R> R seen(String what, Supplier<Optional<R>> look) {
    long end = System.nanoTime() + BUSY.toNanos();
    for (int i = 0; i < PATIENCE || System.nanoTime() < end; i++) {
      Optional<R> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (i < PATIENCE) {
        story.advance(Duration.ofSeconds(1));
      } else {
        rig.requireWell();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    officer.left("night-missed");
    throw new AssertionError(
        "no " + what + " within two minutes of the story, and four of the machine");
  }

  private static Optional<Locator> shown(Locator what) {
    return what.count() > 0 ? Optional.of(what.first()) : Optional.empty();
  }

  private Mark mark() {
    return new Mark(story.now(), System.nanoTime(), chromium.clicks(), chromium.keys());
  }

  private static double seconds(Mark since) {
    return (System.nanoTime() - since.nanos) / 1e9;
  }

  private String since(Mark mark) {
    return String.format(
        "%d | %.1f | %d | %d |",
        Duration.between(mark.story, story.now()).toSeconds(),
        seconds(mark),
        chromium.clicks() - mark.clicks,
        chromium.keys() - mark.keys);
  }

  private void step(String what, Mark since) {
    String line = "| " + what + " | " + CLOCK.format(since.story) + " | " + since(since);
    steps.add(line);
    System.out.println("  night: " + line);
  }

  private void headline(String what, Mark since) {
    String line = "| **" + what + "** | " + CLOCK.format(since.story) + " | " + since(since);
    headlines.add(line);
    System.out.println("  night: " + line);
  }

  private void write() throws IOException {
    String text =
        """
        # A night at the desk, played

        Written by `NightIT` (`mvn -Pfast,slow -pl deploy/stack -am verify -Dit.test=NightIT -Dtest=none -Ddocs.write=true -Dimages.write=true`):
        people in a real browser, both jobs, broker, registry, console, store and three banks on one machine of %d processors, load %.1f at
        the start. The story's clock moves only when the test moves it, by a second while it waits; seconds are this machine's, typing
        included, thinking not: a person's reading and talking come on top. Clicks and keys are those of everybody at the desk together.

        | step | begins | seconds of the story | seconds | clicks | keys |
        |---|---|---|---|---|---|
        %s
        %s

        | | |
        |---|---|
        | ![Four requests](images/desk-story-requests.png) | ![Three in force, one name differs](images/desk-story-mismatch.png) |
        | ![The case](images/desk-story-case.png) | ![The flow with its shop](images/desk-story-flow.png) |
        | ![An appeal](images/desk-story-appeal.png) | ![The stop released](images/desk-story-released.png) |
        | ![Whoever goes](images/desk-story-visit.png) | |
        """
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                load,
                String.join("\n", headlines),
                String.join("\n", steps));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(Path.of("../../docs/desk-story.md"), text, StandardCharsets.UTF_8);
    }
  }
}
