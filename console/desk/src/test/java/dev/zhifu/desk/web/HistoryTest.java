package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.RecoveryTwin;
import dev.zhifu.desk.acts.ActDesk;
import dev.zhifu.desk.acts.Appeals;
import dev.zhifu.desk.acts.LifeDraft;
import dev.zhifu.desk.acts.LifeOffer;
import dev.zhifu.desk.acts.LifeOffers;
import dev.zhifu.desk.acts.Signers;
import dev.zhifu.desk.people.Audit;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.people.Person;
import dev.zhifu.desk.people.Role;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A case's history is one list of everything, with actors, roles, causes and hashes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
  private static final Person OFFICER = new Person("officer-1", "李", Role.OFFICER, null);
  private static final Person HEAD = new Person("head-1", "高", Role.SUPERVISOR, null);
  private static final Person LEGAL = new Person("legal-1", "沈", Role.LEGAL, null);
  private static final Pattern LINE = Pattern.compile("<tr><td><time>.*?</tr>", Pattern.DOTALL);

  private final Instant now = Instant.parse("2026-05-05T18:00:00Z");
  private DeskRig rig;
  private RecoveryTwin recovery;
  private ActDesk acts;
  private LifeOffers offers;
  private Instant at = Cast.T0;
  private HttpPerson officer;

  @BeforeAll
  void start() {
    rig = new DeskRig("history");
    recovery = new RecoveryTwin(rig);
    acts =
        new ActDesk(
            rig.store(),
            rig.topics()::write,
            Signers.demo(),
            new Audit(rig.store(), () -> now),
            () -> now);
    offers = new LifeOffers(rig.store(), acts.lives(), DeskRig.AUTHORITY);
    officer = new HttpPerson(rig.url()).login("officer-1", DemoPeople.PASSWORD);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private void done(DeskRig.Told told, Person person, LifeKind life, String event, String reason) {
    LifeOffer offer =
        offers.of(told.opened().getCaseId(), person, List.of()).stream()
            .filter(one -> one.life() == life && one.event().equals(event))
            .findFirst()
            .orElseThrow(() -> new AssertionError(event + " is not offered"));
    LifeDraft draft =
        LifeDraft.of(
            life, told.opened().getCaseId(), offer.objectId(), event, offer.role(), reason);
    acts.lives().ask(person, List.of(offers.completed(draft, person, Cast.T0)), null, false);
    recovery.answer(Cast.T0);
  }

  private List<String> lines(String caseId) {
    String page = officer.get("/case/" + caseId + "/part/history").body();
    return LINE.matcher(page).results().map(found -> found.group()).toList();
  }

  private String hash(String objectId, String event) {
    return rig.topics().all("audit.entries").stream()
        .map(record -> dev.zhifu.desk.store.Bodies.read(record.value(), AuditEntry.class))
        .filter(entry -> entry.getObjectId().equals(objectId) && entry.getEvent().equals(event))
        .map(AuditEntry::getHash)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void livesWarningsHoldsOrdersAndActsStandInOneListWithActorsCausesAndHashes() {
    DeskRig.Told told = rig.tell("经过", 4_000_000, "R-经过");
    String caseId = told.opened().getCaseId();
    recovery.accepted(told.opened(), "R-经过", Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 4_000_000, Cast.T0));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    held(told);
    rig.caughtUp();

    String warningId = Cast.warning(told.opened(), dev.zhifu.wire.WarningTier.HIGH).getWarningId();
    officer.post("/warning/" + warningId + "/send", Map.of("contact", "grid-1", "note", "去看看"));
    officer.post("/warning/" + warningId + "/step", Map.of("kind", "NOT_FOUND", "note", "家中无人"));

    done(told, HEAD, LifeKind.CASE, "FILED", "符合立案条件");
    String freezeId = proposed(caseId, active);
    offers.review(caseId, freezeId, LEGAL, "范围明确");
    recovery.answer(Cast.T0);
    done(told, HEAD, LifeKind.FREEZE, "APPROVED", "同意冻结");
    new Appeals(rig.store(), acts, new Audit(rig.store(), () -> now))
        .lodge(OFFICER, active.getOrderId(), "HOLDER", "货已发出", "今日发薪");
    recovery.answer(Cast.T0);

    List<String> lines = lines(caseId);
    has(lines, hash(caseId, "FILED"), "案件：", "立案", "高", "县级以上公安机关负责人", "符合立案条件");
    has(lines, hash(freezeId, "SUBMITTED"), "冻结：报法制审核", "officer-1", "办案民警");
    has(lines, hash(freezeId, "APPROVED"), "批准冻结", "head-1", "同意冻结");
    has(lines, hash(freezeId, "REVIEWED"), "法制审核通过", "legal-1", "范围明确");
    has(lines, "", "申诉：提出申诉", "<td>账户持有人</td>");
    assertThat(lines).noneMatch(line -> line.contains("HOLDER"));
    has(lines, noted(warningId, "WARNING SENT"), "派出", "grid-1", "officer-1", "去看看");
    has(lines, noted(warningId, "WARNING NOT_FOUND"), "没找到人", "家中无人");
    has(lines, "", "银行风险管控", "请求管控", "引擎");
    has(lines, "", "已采取", "B02");
    has(lines, "", "止付生效", "引擎");
    List<String> orders = lines.stream().filter(line -> line.contains("已发送")).toList();
    assertThat(orders)
        .as("an order's step stands once, not again as recovery adopts it")
        .hasSize(1);

    List<String> times =
        lines.stream().map(line -> line.replaceAll("(?s).*<time>(.*?)</time>.*", "$1")).toList();
    assertThat(times).hasSizeGreaterThan(15).isSorted();
    assertThat(officer.get("/case/" + caseId).body()).contains(lines.get(lines.size() - 1));
  }

  @Test
  void anOpenPageHearsOfStepsOfWarningsAndReviewsOfItsCase() throws Exception {
    DeskRig.Told told = rig.tell("推送", 4_000_000, "R-推送");
    String caseId = told.opened().getCaseId();
    recovery.accepted(told.opened(), "R-推送", Cast.T0);
    StopPaymentRequest sent = Cast.next(told.draft(), OrderState.SENT, "someone", Cast.T0);
    StopPaymentRequest active = Cast.next(sent, OrderState.ACTIVE, "receipt", Cast.T0);
    rig.topics().write("stop.requests", sent.getOrderId(), sent);
    rig.topics()
        .write(
            "bank.B02.inbound",
            sent.getOrderId(),
            Cast.receipt(sent, ReceiptResult.STOPPED, 4_000_000, Cast.T0));
    rig.topics().write("stop.requests", sent.getOrderId(), active);
    recovery.stop(active);
    rig.caughtUp();
    done(told, HEAD, LifeKind.CASE, "FILED", "符合立案条件");
    String freezeId = proposed(caseId, active);
    rig.caughtUp();

    String page = officer.get("/case/" + caseId).body();
    assertThat(page).contains("part/history\" hx-trigger=\"desk-case from:body\"");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (InputStream stream = officer.opens("/live?case=" + caseId + "&made=-1")) {
      Thread reader = new Thread(() -> read(stream, heard), "stream");
      reader.setDaemon(true);
      reader.start();
      quiet(heard);
      String warningId =
          Cast.warning(told.opened(), dev.zhifu.wire.WarningTier.HIGH).getWarningId();
      officer.post("/warning/" + warningId + "/send", Map.of("contact", "grid-1", "note", ""));
      assertThat(next(heard, "case")).as("a step of a warning").isTrue();

      quiet(heard);
      HttpPerson legal = new HttpPerson(rig.url()).login("legal-1", DemoPeople.PASSWORD);
      assertThat(
              legal
                  .post("/freeze/" + freezeId + "/review", Map.of("case", caseId, "reason", "范围明确"))
                  .statusCode())
          .isEqualTo(200);
      assertThat(next(heard, "case")).as("a legal review").isTrue();
    }
  }

  /** What was told before has come by now: a clock's word comes after it. */
  private void quiet(BlockingQueue<String> heard) throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      heard.clear();
      at = at.plusSeconds(1);
      rig.tick(at);
      assertThat(next(heard, "clock")).isTrue();
    }
    heard.clear();
  }

  private static boolean next(BlockingQueue<String> heard, String event)
      throws InterruptedException {
    String one = heard.poll(30, TimeUnit.SECONDS);
    while (one != null && !one.equals("event: " + event)) {
      one = heard.poll(30, TimeUnit.SECONDS);
    }
    return one != null;
  }

  private static void read(InputStream stream, BlockingQueue<String> heard) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines.lines().map(String::strip).forEach(heard::add);
    } catch (IOException | UncheckedIOException e) {
      // The test has ended and closed it.
      heard.add("end");
    }
  }

  /** A freeze that takes the place of a stop is put before the legal office. */
  private String proposed(String caseId, StopPaymentRequest active) {
    acts.lives()
        .ask(
            OFFICER,
            offers.conversion(
                caseId,
                active,
                offers.freeze(
                    active,
                    dev.zhifu.wire.FreezeMode.AMOUNT,
                    4_000_000,
                    "全部",
                    false,
                    "",
                    false,
                    OrderChannel.PLATFORM)),
            null,
            false);
    recovery.answer(Cast.T0);
    return LifeOffers.freezeId(active);
  }

  /** One line holds all of it, and the hash in full. */
  private static void has(List<String> lines, String hash, String... words) {
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line).contains(words);
              if (!hash.isEmpty()) {
                assertThat(line).contains("title=\"" + hash + "\"");
              }
            });
  }

  private String noted(String objectId, String what) {
    return rig.store()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select sha256 from own.audit where object_id = ? and what = ?")
                    .bind(0, objectId)
                    .bind(1, what)
                    .mapTo(String.class)
                    .one());
  }

  private void held(DeskRig.Told told) {
    RiskHold hold =
        RiskHold.newBuilder()
            .setHoldId("hold-1")
            .setSequence(1)
            .setAction(HoldAction.PLACE)
            .setBank("B02")
            .setAccount(told.mule())
            .setAmountFen(4_000_000)
            .setReasonCode(ReasonCode.values()[0])
            .setOccurredAt(Cast.T0.minusSeconds(60))
            .setEndsAt(Cast.T0.plusSeconds(86_340))
            .setNoticeId("notice-1")
            .build();
    rig.topics().write("bank.B02.holds", hold.getHoldId(), hold);
    rig.topics()
        .write(
            "bank.B02.inbound",
            hold.getHoldId(),
            new BankInbound(
                "B02",
                new RiskHoldOutcome(
                    hold.getHoldId(),
                    "B02",
                    HoldResult.APPLIED,
                    4_000_000L,
                    Cast.T0.minusSeconds(50),
                    "")));
  }
}
