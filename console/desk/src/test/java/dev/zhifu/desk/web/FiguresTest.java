package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.bank.http.Reconciliation;
import dev.zhifu.desk.Cast;
import dev.zhifu.desk.DeskRig;
import dev.zhifu.desk.HttpPerson;
import dev.zhifu.desk.people.DemoPeople;
import dev.zhifu.desk.view.BankDirectory;
import dev.zhifu.desk.view.BankPages;
import dev.zhifu.desk.words.Words;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Sm2;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.AppealDetail;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.CaseDetail;
import dev.zhifu.wire.LifeClock;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.WarningTier;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What pages count, held against what was told: the wall, the hand-over, a standing authorisation's
 * money, a rule's precision, the entry clock of a report, and the bound on requests. Each begins
 * with an empty store, so that every figure is known to the last fen.
 */
class FiguresTest {
  private static final Words WORDS = Words.of("zh");
  private static final long YUAN = 100;

  private DeskRig rig;
  private int told;

  @AfterEach
  void stop() {
    rig.close();
  }

  private HttpPerson as(String id) {
    return new HttpPerson(rig.url()).login(id, DemoPeople.PASSWORD);
  }

  /** A report and its request about {@code yuan}. */
  private DeskRig.Told told(long yuan) {
    told++;
    return rig.tell("数" + told, yuan * YUAN, "R-" + told);
  }

  private void says(StopPaymentRequest order) {
    rig.topics().write("stop.requests", order.getOrderId(), order);
  }

  private void answers(StopPaymentRequest order, ReceiptResult result, long yuan, Instant at) {
    BankInbound receipt = Cast.receipt(order, result, yuan * YUAN, at);
    rig.topics().write("bank.B02.inbound", order.getOrderId(), receipt);
  }

  private StopPaymentRequest sent(DeskRig.Told one, Instant at) {
    StopPaymentRequest sent = Cast.next(one.draft(), OrderState.SENT, "sent", at);
    says(sent);
    return sent;
  }

  /** The bank stops it and finds a balance. */
  private StopPaymentRequest stopped(DeskRig.Told one, long balanceYuan, Instant at) {
    StopPaymentRequest sent = sent(one, at);
    answers(
        sent,
        balanceYuan == 0 ? ReceiptResult.STOPPED_ZERO : ReceiptResult.STOPPED,
        balanceYuan,
        at);
    StopPaymentRequest active =
        Cast.next(
            sent, balanceYuan == 0 ? OrderState.ACTIVE_ZERO : OrderState.ACTIVE, "receipt", at);
    says(active);
    return active;
  }

  private void life(LifeKind kind, String id, int sequence, String state, Object detail) {
    life(kind, id, sequence, state, detail, List.of());
  }

  private void life(
      LifeKind kind, String id, int sequence, String state, Object detail, List<LifeClock> clocks) {
    rig.topics()
        .write(
            "recovery.lives",
            id,
            LifeTransition.newBuilder()
                .setKind(kind)
                .setObjectId(id)
                .setCaseId(kind == LifeKind.CASE ? id : "case of " + id)
                .setSequence(sequence)
                .setState(state)
                .setEvent("FILED")
                .setActor("head-1")
                .setRole("COUNTY_HEAD")
                .setDetail(detail)
                .setClocks(clocks)
                .setTickAt(Cast.T0)
                .setCause(id + sequence)
                .build());
  }

  private static CaseDetail ofCase() {
    return CaseDetail.newBuilder().setSubjectKind(SubjectKind.HOLDER).setSubject("s").build();
  }

  private static RefundDetail paid(long yuan) {
    return RefundDetail.newBuilder()
        .setFreezeId("F")
        .setShares(List.of())
        .setPaidFen(yuan * YUAN)
        .build();
  }

  /** What stands beside a word in a list of figures. */
  private static String figure(String page, String key) {
    Matcher found =
        Pattern.compile("<dt>" + Pattern.quote(WORDS.t(key)) + "</dt>\\s*<dd[^>]*>([^<]*)</dd>")
            .matcher(page);
    assertThat(found.find()).as(key + " is on the page").isTrue();
    return found.group(1).strip();
  }

  @Test
  void theWallCountsCasesMoneyAndClocksOnce() throws Exception {
    rig = new DeskRig("figureswall");
    life(LifeKind.CASE, "filed", 1, "FILED", ofCase());
    life(LifeKind.CASE, "investigated", 1, "FILED", ofCase());
    life(LifeKind.CASE, "investigated", 2, "INVESTIGATING", ofCase());
    life(LifeKind.CASE, "solved", 1, "FILED", ofCase());
    life(LifeKind.CASE, "solved", 2, "SOLVED", ofCase());
    life(LifeKind.CASE, "closed", 1, "FILED", ofCase());
    life(LifeKind.CASE, "closed", 2, "SOLVED", ofCase());
    life(LifeKind.CASE, "closed", 3, "CLOSED", ofCase());
    // Closed from filing on: nobody has verified its facts.
    life(LifeKind.CASE, "closed unsolved", 1, "FILED", ofCase());
    life(LifeKind.CASE, "closed unsolved", 2, "CLOSED", ofCase());
    life(LifeKind.CASE, "not filed", 1, "NOT_FILED", ofCase());
    life(LifeKind.REFUND, "returned", 1, "EXECUTING", paid(0));
    life(LifeKind.REFUND, "returned", 2, "EXECUTED", paid(12_345));
    life(LifeKind.REFUND, "returned too", 1, "EXECUTED", paid(5));

    stopped(told(50_000), 30_000, Cast.T0);
    stopped(told(40_000), 90_000, Cast.T0);
    stopped(told(20_000), 0, Cast.T0);
    StopPaymentRequest misnamed = sent(told(10_000), Cast.T0);
    answers(misnamed, ReceiptResult.MISMATCH_NAME, 0, Cast.T0);
    says(Cast.next(misnamed, OrderState.MISMATCH, "receipt", Cast.T0));

    for (int seconds : List.of(59, 60, 179, 180, 299, 300)) {
      sent(told(1_000), Cast.T0.minusSeconds(seconds));
    }
    // Its first minutes count on when the engine has given up waiting.
    StopPaymentRequest silent = sent(told(1_000), Cast.T0.minusSeconds(600));
    says(Cast.next(silent, OrderState.TIMEOUT, "clock", Cast.T0.minusSeconds(30)));
    rig.caughtUp();

    HttpPerson leader = as("officer-4");
    String page = leader.get("/wall").body();
    assertThat(figure(page, "wall.filed")).isEqualTo("2");
    assertThat(figure(page, "wall.solved")).isEqualTo("2");
    assertThat(figure(page, "wall.returned")).isEqualTo("12,350.00");
    assertThat(figure(page, "wall.stops")).isEqualTo("3");
    assertThat(figure(page, "wall.balance")).isEqualTo("120,000.00");
    assertThat(figure(page, "wall.victims"))
        .as("of each no more than was traced and no more than was there")
        .isEqualTo("70,000.00");
    JsonNode clocks =
        new ObjectMapper().readTree(leader.get("/wall/charts.json").body()).at("/clocks/values");
    assertThat(StreamSupport.stream(clocks.spliterator(), false).map(JsonNode::asLong))
        .as("under 1, 1 to 3, 3 to 5, over 5 minutes since they were sent")
        .containsExactly(1L, 2L, 2L, 2L);
  }

  /** The wall is drawn every few seconds, for years: what a refund says in full stays unread. */
  @Test
  void theWallSumsRefundsAndClocksWithoutReadingWhatStandsInThem() throws Exception {
    rig = new DeskRig("figuresunread");
    life(LifeKind.REFUND, "returned", 1, "EXECUTED", paid(12_345));
    life(LifeKind.REFUND, "returned", 2, "RESIDUE_HELD", paid(20_000));
    life(LifeKind.REFUND, "returned too", 1, "EXECUTED", paid(5));
    sent(told(1_000), Cast.T0.minusSeconds(120));
    rig.caughtUp();
    rig.store().execute("update seen.life_change set body = ''");
    rig.store().execute("update seen.order_change set body = ''");

    HttpPerson leader = as("officer-4");
    assertThat(figure(leader.get("/wall").body(), "wall.returned")).isEqualTo("20,005.00");
    JsonNode clocks =
        new ObjectMapper().readTree(leader.get("/wall/charts.json").body()).at("/clocks/values");
    assertThat(StreamSupport.stream(clocks.spliterator(), false).map(JsonNode::asLong))
        .containsExactly(0L, 1L, 0L, 0L);
  }

  @Test
  void anAccountThatIsStoppedTwiceCountsItsMoneyOnce() {
    rig = new DeskRig("figurestwice");
    // The same loss, stopped anew: the second stop finds what is left of the same money.
    DeskRig.Told again = told(50_000);
    stopped(again, 30_000, Cast.T0);
    stopped(on(again, "R-1", 50_000), 25_000, Cast.T0.plusSeconds(3_600));
    // Two victims' money on one account: both losses are in its balance.
    DeskRig.Told shared = told(40_000);
    stopped(shared, 90_000, Cast.T0);
    stopped(on(shared, "R-another", 20_000), 90_000, Cast.T0.plusSeconds(60));
    rig.caughtUp();

    String page = as("officer-4").get("/wall").body();
    assertThat(figure(page, "wall.stops")).isEqualTo("4");
    assertThat(figure(page, "wall.balance")).isEqualTo("120,000.00");
    assertThat(figure(page, "wall.victims")).isEqualTo("90,000.00");
  }

  /** A second order on the account of the first. */
  private DeskRig.Told on(DeskRig.Told one, String report, long yuan) {
    String orderId = EventIds.orderId(one.mule().getAccountToken(), 2);
    StopPaymentRequest second =
        StopPaymentRequest.newBuilder(one.draft())
            .setOrderId(orderId)
            .setApplicationId(EventIds.applicationId(orderId))
            .setOrdinal(2)
            .setReportId(report)
            .setTracedFen(yuan * YUAN)
            .build();
    says(second);
    return new DeskRig.Told(one.victim(), one.mule(), one.paid(), one.hit(), one.opened(), second);
  }

  @Test
  void theHandOverTellsWhatRunsOutInTwelveHoursOpenActsAndSilentBanks() throws Exception {
    rig = new DeskRig("figuresshift");
    Duration ahead = Duration.ofHours(12);
    Map<String, DeskRig.Told> stops = new java.util.LinkedHashMap<>();
    stops.put("last minute", stopEndingIn(ahead));
    stops.put("a minute later", stopEndingIn(ahead.plusMinutes(1)));
    stops.put("ended", stopEndingIn(Duration.ofMinutes(-1)));
    life(LifeKind.CASE, "clock-within", 1, "FILED", ofCase(), clocks(ahead.minusMinutes(1)));
    life(LifeKind.CASE, "clock-beyond", 1, "FILED", ofCase(), clocks(ahead.plusMinutes(1)));
    DeskRig.Told silent = told(7_000);
    sent(silent, Cast.T0.minusSeconds(240));
    DeskRig.Told asked = told(8_000);
    rig.caughtUp();
    as("officer-2")
        .post(
            "/act",
            Map.of(
                "order",
                asked.draft().getOrderId(),
                "case",
                asked.opened().getCaseId(),
                "kind",
                "SIGN_ORDER",
                "reason",
                "REPORT_TRACED"));

    as("officer-4").post("/shift", Map.of("to", "officer-3", "note", "B02 夜间值班电话无人"));
    Map<String, Object> given = row("select * from own.handover");
    String text = (String) given.get("told");
    List<String> blocks = List.of(text.split("\n(?!　)"));
    assertThat(blocks).hasSize(12);
    assertThat(blocks.get(0)).contains("officer-4", "officer-3");
    assertThat(blocks.get(1))
        .as("what ran out")
        .startsWith(WORDS.t("shift.overdue", 1))
        .contains(brief(stops.get("ended")))
        .doesNotContain(brief(stops.get("last minute")));
    assertThat(blocks.get(2))
        .as("what runs out")
        .startsWith(WORDS.t("shift.due", 2))
        .contains(brief(stops.get("last minute")))
        .contains(Words.brief("clock-within"))
        .doesNotContain(brief(stops.get("a minute later")), brief(stops.get("ended")));
    assertThat(blocks.get(7))
        .as("acts that wait")
        .startsWith(WORDS.t("shift.acts", 1))
        .contains(brief(asked))
        .contains(WORDS.t("act.SIGN_ORDER"));
    assertThat(blocks.get(8))
        .as("banks that are silent")
        .startsWith(WORDS.t("shift.unanswered", 1))
        .contains("B02", brief(silent));
    assertThat(blocks.get(9))
        .as("open questions about accounts")
        .isEqualTo(WORDS.t("query.openTitle", 0));
    assertThat(blocks.get(11)).contains("B02 夜间值班电话无人");
    assertThat(signed(given, "given")).as("by whoever goes").isTrue();
    assertThat(given.get("taken_signature")).isNull();
    assertThat(as("officer-1").get("/shift").body())
        .as("another's hand-over is not offered")
        .doesNotContain("data-handover=\"" + given.get("handover_id"));

    HttpPerson next = as("officer-3");
    assertThat(next.get("/shift").body())
        .contains("data-handover=\"" + given.get("handover_id"), "B02 夜间值班电话无人");
    assertThat(next.post("/shift/" + given.get("handover_id") + "/take", Map.of()).statusCode())
        .isEqualTo(200);
    Map<String, Object> taken = row("select * from own.handover");
    assertThat(taken.get("told")).as("the same text").isEqualTo(text);
    assertThat(signed(taken, "taken")).as("by whoever comes").isTrue();
    assertThat(taken.get("taken_key")).isNotEqualTo(taken.get("given_key"));
  }

  private static String brief(DeskRig.Told one) {
    return Words.brief(one.draft().getOrderId());
  }

  private DeskRig.Told stopEndingIn(Duration left) {
    DeskRig.Told one = told(9_000);
    stopped(one, 9_000, Cast.T0.plus(left).minus(Duration.ofHours(48)));
    return one;
  }

  private static List<LifeClock> clocks(Duration left) {
    return List.of(
        LifeClock.newBuilder().setEvent("TRANSFER_OVERDUE").setDueAt(Cast.T0.plus(left)).build());
  }

  private Map<String, Object> row(String sql) {
    return rig.store().jdbi().withHandle(handle -> one(handle.createQuery(sql)));
  }

  private static Map<String, Object> one(Query query) {
    return query.mapToMap().one();
  }

  private static boolean signed(Map<String, Object> handover, String by) {
    return Sm2.verify(
        DemoKeys.directory().require((String) handover.get(by + "_key")).publicKey(),
        ((String) handover.get("told")).getBytes(StandardCharsets.UTF_8),
        (byte[]) handover.get(by + "_signature"));
  }

  @Test
  void aStandingAuthorisationTellsItsOwnMoneyAlone() {
    rig = new DeskRig("figuresstanding");
    HttpPerson head = as("head-1");
    head.post("/standing", Forms.standing());
    String id = rig.one("select authorisation_id from own.standing_draft", String.class);
    as("legal-1").post("/standing/" + id + "/opinion", Map.of("opinion", "法制意见〔2026〕3号"));
    head.post("/standing/" + id + "/sign", Map.of());

    DeskRig.Told whole = told(30_000);
    orderedUnder(id, whole);
    stopped(whole, 50_000, Cast.T0);
    DeskRig.Told released = told(40_000);
    orderedUnder(id, released);
    says(Cast.next(stopped(released, 10_000, Cast.T0), OrderState.RELEASED, "act", Cast.T0));
    DeskRig.Told silent = told(20_000);
    orderedUnder(id, silent);
    sent(silent, Cast.T0);
    DeskRig.Told officers = told(60_000);
    orderedUnder(null, officers);
    stopped(officers, 60_000, Cast.T0);
    rig.caughtUp();

    String page = head.get("/standing").body();
    assertThat(figure(page, "standing.orders")).isEqualTo("3");
    assertThat(figure(page, "standing.stopped")).isEqualTo("2");
    assertThat(figure(page, "standing.released")).isEqualTo("1");
    assertThat(figure(page, "standing.traced")).isEqualTo("90,000.00");
    assertThat(figure(page, "standing.balance")).isEqualTo("60,000.00");
    assertThat(figure(page, "standing.victims")).isEqualTo("40,000.00");
  }

  /** The order as it went to its bank; by an officer's signature without an authorisation. */
  private void orderedUnder(String authorisationId, DeskRig.Told one) {
    StopPaymentRequest draft = one.draft();
    StopPaymentOrder order =
        StopPaymentOrder.newBuilder()
            .setOrderId(draft.getOrderId())
            .setApplicationId(draft.getApplicationId())
            .setApplicationType("00")
            .setBank("B02")
            .setAccountToken(one.mule().getAccountToken())
            .setCipher(one.mule().getCipher())
            .setAccountType("01")
            .setTransferAmountFen(draft.getTransferAmountFen())
            .setTransferTime(draft.getTransferTime())
            .setBankTransactionId(draft.getBankTransactionId())
            .setReasonCode(draft.getReasonCode())
            .setEmergencyLevel("02")
            .setApplicationTime(Cast.T0)
            .setNotAfter(Cast.T0.plusSeconds(600))
            .setAuthorisation(
                authorisationId == null
                    ? new OfficerAuthorisation("a", "officer-1", "k", ByteBuffer.allocate(0))
                    : new StandingReference(authorisationId, "head-1", "k", ByteBuffer.allocate(0)))
            .build();
    rig.topics()
        .write("bank.B02.orders", order.getOrderId(), Envelopes.seal(order, DemoKeys.engine()));
  }

  @Test
  void aRulesPrecisionIsWhatPeopleSaidOfItsCases() {
    rig = new DeskRig("figuresrules");
    rig.publish("V03");
    told(10_000);
    told(11_000);
    DeskRig.Told notInvolved = told(12_000);
    decided(ActKind.RELEASE, notInvolved, "NOT_INVOLVED");
    DeskRig.Told wrong = told(13_000);
    decided(ActKind.RELEASE, wrong, "MODEL_FP");
    DeskRig.Told appealed = told(14_000);
    decided(ActKind.UPHOLD_APPEAL, appealed, "BONA_FIDE");
    // Nobody has said anything of one that no report names.
    rig.tell("无人报案", 15_000 * YUAN, null);
    DeskRig.Told dismissed = rig.tell("误报", 16_000 * YUAN, null);
    life(LifeKind.CASE, dismissed.opened().getCaseId(), 1, "FALSE_ALARM", ofCase());
    // One that was dismissed and then reported all the same counts as reported.
    DeskRig.Told revived = told(17_000);
    life(LifeKind.CASE, revived.opened().getCaseId(), 1, "FALSE_ALARM", ofCase());
    life(LifeKind.CASE, revived.opened().getCaseId(), 2, "REPORTED", ofCase());
    rig.caughtUp();

    assertThat(as("officer-1").get("/rules").body())
        .contains(WORDS.t("rules.precision", "57 %", 4, 3));
  }

  @Test
  void aBanksWrongStopsAreThoseThatAnActHasLiftedAsWrongWhereverItWasSigned() {
    rig = new DeskRig("figureswrong");
    released(told(10_000), ActKind.UPHOLD_APPEAL, "the holder is right");
    released(told(11_000), ActKind.RELEASE, "MODEL_FP");
    released(told(12_000), ActKind.RELEASE, "NOT_INVOLVED");
    // An act that the engine refused lifts nothing, and the release that followed found no wrong.
    DeskRig.Told refused = told(13_000);
    stopped(refused, 13_000, Cast.T0);
    decided(ActKind.UPHOLD_APPEAL, refused, "BONA_FIDE");
    DeskRig.Told later = told(14_000);
    decided(ActKind.RELEASE, later, "BONA_FIDE", "refused-" + later.draft().getOrderId());
    released(later, ActKind.RELEASE, "NOT_INVOLVED");
    rig.caughtUp();

    BankPages.BankLine line = new BankPages(rig.store(), BankDirectory.demo()).of("B02");

    assertThat(line.released()).isEqualTo(4);
    assertThat(line.wrong()).isEqualTo(2);
    assertThat(as("officer-4").get("/banks").body()).contains("<td>4</td><td>2</td>");
  }

  /** As stop-orders counts them (ADR-0099): each stop once, also when a freeze had replaced it. */
  @Test
  void aBanksWrongStopsAreAlsoThoseThatHadEndedWhenTheyWereFoundWrong() {
    rig = new DeskRig("figuresended");
    rig.publish("V03");
    DeskRig.Told frozen = converted(told(10_000), "F-1");
    upheld("A-freeze", LifeKind.FREEZE, "F-1");
    DeskRig.Told both = converted(told(11_000), "F-2");
    upheld("A-both", LifeKind.FREEZE, "F-2");
    upheld("A-too", LifeKind.STOP_ORDER, both.draft().getOrderId());
    DeskRig.Told expired = ended(told(12_000), OrderState.EXPIRED, "tick");
    upheld("A-expired", LifeKind.STOP_ORDER, expired.draft().getOrderId());
    DeskRig.Told lifted = told(13_000);
    upheld("A-lifted", LifeKind.STOP_ORDER, lifted.draft().getOrderId());
    released(lifted, ActKind.RELEASE, "NOT_INVOLVED");
    decided(ActKind.RELEASE, converted(told(14_000), "F-5"), "MODEL_FP");
    // What was rejected, refused, never a stop, or is another bank's.
    converted(told(15_000), "F-6");
    appeal("A-rejected", "REJECTED", LifeKind.FREEZE, "F-6", "B02");
    DeskRig.Told refused = converted(told(16_000), "F-7");
    decided(ActKind.UPHOLD_APPEAL, refused, "BONA_FIDE");
    refuses("act-" + refused.draft().getOrderId());
    DeskRig.Told never = told(17_000);
    answers(sent(never, Cast.T0), ReceiptResult.MISMATCH_NAME, 0, Cast.T0);
    upheld("A-never", LifeKind.STOP_ORDER, never.draft().getOrderId());
    upheld("A-alone", LifeKind.FREEZE, "F-nobody");
    converted(told(18_000), "F-8");
    rig.caughtUp();

    BankPages pages = new BankPages(rig.store(), BankDirectory.demo());
    assertThat(pages.of("B02").wrong()).isEqualTo(5);
    assertThat(pages.of("B01").wrong()).isZero();
    assertThat(as("officer-1").get("/rules").body())
        .as("of nine reports")
        .contains(WORDS.t("rules.precision", "33 %", 3, 6));
  }

  /** A stop in force that a freeze has replaced. */
  private DeskRig.Told converted(DeskRig.Told one, String freezeId) {
    StopPaymentRequest active = stopped(one, 5_000, Cast.T0);
    StopPaymentRequest asked =
        Cast.next(active, OrderState.CONVERTING, "freeze:" + freezeId + ":5", Cast.T0);
    says(asked);
    says(Cast.next(asked, OrderState.CONVERTED, "freeze:" + freezeId + ":6", Cast.T0));
    return one;
  }

  private DeskRig.Told ended(DeskRig.Told one, OrderState state, String cause) {
    says(Cast.next(stopped(one, 5_000, Cast.T0), state, cause, Cast.T0));
    return one;
  }

  private void upheld(String id, LifeKind restriction, String restrictionId) {
    appeal(id, "UPHELD", restriction, restrictionId, "B02");
  }

  private void appeal(
      String id, String state, LifeKind restriction, String restrictionId, String bank) {
    rig.topics()
        .write(
            "recovery.lives",
            id,
            LifeTransition.newBuilder()
                .setKind(LifeKind.APPEAL)
                .setObjectId(id)
                .setCaseId("case of " + restrictionId)
                .setSequence(4)
                .setState(state)
                .setEvent(state)
                .setActor("head-1")
                .setRole("COUNTY_HEAD")
                .setTickAt(Cast.T0)
                .setCause("act of " + id)
                .setDetail(
                    AppealDetail.newBuilder()
                        .setRestriction(restriction)
                        .setRestrictionId(restrictionId)
                        .setAccountToken("token")
                        .setBank(bank)
                        .setHolder("holder")
                        .setStatement("货款")
                        .setSubmittedAt(Cast.T0)
                        .build())
                .build());
  }

  /** The engine says that it did not carry out an act. */
  private void refuses(String actId) {
    rig.topics()
        .write(
            "recovery.alarms",
            actId,
            RecoveryAlarm.newBuilder()
                .setAlarmId("alarm of " + actId)
                .setAlarm("ACT_REFUSED")
                .setKind(LifeKind.STOP_ORDER)
                .setObjectId("order")
                .setCaseId("")
                .setWords("its signature does not verify")
                .setCause(actId)
                .setTickAt(Cast.T0)
                .build());
  }

  /** A stop in force that the engine says was lifted by that act. */
  private void released(DeskRig.Told one, ActKind kind, String cause) {
    StopPaymentRequest active = stopped(one, 5_000, Cast.T0);
    decided(kind, one, cause);
    says(Cast.next(active, OrderState.RELEASED, "act-" + one.draft().getOrderId(), Cast.T0));
  }

  @Test
  void aBanksAnswerIsTimedByTheEnginesClockAndNotByTheBanksOwn() {
    rig = new DeskRig("figurestime");
    for (int seconds : List.of(20, 40, 300)) {
      DeskRig.Told one = told(1_000L * seconds);
      StopPaymentRequest sent = sent(one, Cast.T0);
      // The bank says that it answered at once.
      answers(sent, ReceiptResult.STOPPED, 10, Cast.T0);
      StopPaymentRequest late = sent;
      if (seconds == 300) {
        late = Cast.next(sent, OrderState.TIMEOUT, "tick", Cast.T0.plusSeconds(60));
        says(late);
      }
      String cause = "receipt:" + sent.getOrderId() + ":STOPPED";
      says(Cast.next(late, OrderState.ACTIVE, cause, Cast.T0.plusSeconds(seconds)));
    }
    rig.caughtUp();

    BankPages.BankLine line = new BankPages(rig.store(), BankDirectory.demo()).of("B02");

    assertThat(line.answered()).isEqualTo(3);
    assertThat(line.medianSeconds()).isEqualTo(40);
    assertThat(line.longestSeconds()).isEqualTo(300);
  }

  @Test
  void aReleaseIsTimedFromTheDecisionToTheBanksLift() {
    rig = new DeskRig("figureslift");
    List<Integer> lifts = List.of(30, 90, 400);
    for (int i = 0; i < lifts.size(); i++) {
      DeskRig.Told one = told(21_000L + i);
      released(one, ActKind.RELEASE, "NOT_INVOLVED");
      answered(one, "LIFTED", lifts.get(i));
    }
    // What had ended before was not lifted by the decision, and one has no answer yet.
    DeskRig.Told ended = told(22_000);
    released(ended, ActKind.RELEASE, "NOT_INVOLVED");
    answered(ended, "ALREADY_ENDED", 5);
    released(told(23_000), ActKind.RELEASE, "NOT_INVOLVED");
    rig.caughtUp();

    BankPages pages = new BankPages(rig.store(), BankDirectory.demo());
    BankPages.BankLine line = pages.of("B02");

    assertThat(line.released()).isEqualTo(5);
    assertThat(line.lifts(OrderChannel.DIRECT)).isEqualTo(new BankPages.LiftTimes(3, 90, 400));
    assertThat(pages.of("B01").lifts(OrderChannel.DIRECT))
        .isEqualTo(new BankPages.LiftTimes(0, -1, -1));
    assertThat(as("officer-4").get("/banks").body()).contains("<td>3 · 90.0 / 400.0</td>");
  }

  @Test
  void liftsByThePlatformAndOnPaperAreTimedApart() {
    rig = new DeskRig("figureschannels");
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.platform_lift (bank, object_id, decided_at, lifted_at) values"
                        + " ('B02', 'F-1', ?, ?), ('B02', 'O-1', ?, ?), ('B01', 'O-2', ?, ?)",
                    Cast.T0,
                    Cast.T0.plusSeconds(20),
                    Cast.T0,
                    Cast.T0.minusSeconds(3),
                    Cast.T0,
                    Cast.T0.plusSeconds(7)));
    PaperDetail asked =
        PaperDetail.newBuilder()
            .setRequestId("request-1")
            .setAbout(LifeKind.STOP_ORDER)
            .setAboutId("O-3")
            .setCode("100103")
            .setApplicationId("application-1")
            .setBank("B02")
            .setWords("解除紧急止付 lift the stop")
            .setTarget(
                AccountRef.newBuilder()
                    .setAccountToken("a".repeat(32))
                    .setBank("B02")
                    .setKind(AccountKind.PERSONAL)
                    .build())
            .build();
    paper(1, "TO_PRINT", asked, 0);
    paper(2, "SERVED", asked, 600);
    paper(
        3,
        "ANSWERED",
        PaperDetail.newBuilder(asked)
            .setAnswer("BANK_LIFTED")
            .setStartTime(Cast.T0.plusSeconds(900))
            .build(),
        3_600);
    rig.caughtUp();

    BankPages.BankLine line = new BankPages(rig.store(), BankDirectory.demo()).of("B02");

    assertThat(line.lifts(OrderChannel.PLATFORM)).isEqualTo(new BankPages.LiftTimes(2, 0, 20));
    assertThat(line.lifts(OrderChannel.PAPER)).isEqualTo(new BankPages.LiftTimes(1, 900, 900));
    assertThat(line.lifts(OrderChannel.DIRECT).any()).isFalse();
    assertThat(as("officer-4").get("/banks").body())
        .contains("<td>2 · 0.0 / 20.0</td>", "<td>1 · 900.0 / 900.0</td>", "解除执行·书面");
  }

  private void paper(long sequence, String state, PaperDetail detail, int seconds) {
    LifeTransition step =
        LifeTransition.newBuilder()
            .setObjectId("P-lift")
            .setKind(LifeKind.PAPER)
            .setCaseId("case-lift")
            .setSequence(sequence)
            .setState(state)
            .setEvent(state)
            .setRole("CASE_OFFICER")
            .setCause("cause-" + sequence)
            .setTickAt(Cast.T0.plusSeconds(seconds))
            .setDetail(detail)
            .build();
    rig.topics().write("recovery.lives", step.getObjectId(), step);
  }

  private void answered(DeskRig.Told one, String result, int seconds) {
    String release = Reconciliation.release(one.draft().getOrderId());
    rig.store()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into own.bank_answer (bank, answer_id, body_sha256, object_id, result, at)"
                        + " values ('B02', ?, '', ?, ?, ?)",
                    "answer-" + release,
                    release,
                    result,
                    Cast.T0.plusSeconds(seconds)));
  }

  private void decided(ActKind kind, DeskRig.Told one, String cause) {
    decided(kind, one, cause, "act-" + one.draft().getOrderId());
  }

  private void decided(ActKind kind, DeskRig.Told one, String cause, String id) {
    rig.topics()
        .write(
            "officer.acts",
            one.draft().getOrderId(),
            OfficerAct.newBuilder()
                .setActId(id)
                .setKind(kind)
                .setOfficerId("officer-1")
                .setRole("DUTY_OFFICER")
                .setSecondOfficerId("officer-4")
                .setAt(Cast.T0)
                .setObjectId(one.draft().getOrderId())
                .setReason(cause)
                .setDocuments(List.of())
                .setKeyId("")
                .setSignature(ByteBuffer.allocate(0))
                .build());
  }

  @Test
  void aReportsHalfHourRunsFromItsBeginningAndNotFromItsSaving() {
    rig = new DeskRig("figuresentry");
    HttpPerson officer = as("officer-1");
    String form = officer.get("/intake").body();
    long until = Cast.T0.plus(Duration.ofMinutes(30)).toEpochMilli();
    assertThat(form).contains("data-until=\"" + until + "\"");
    String id = Forms.reportId(form);
    rig.tick(Cast.T0.plus(Duration.ofMinutes(10)));
    Forms.scanned(rig, id);
    assertThat(officer.post("/intake", Forms.report(id)).headers().firstValue("Location"))
        .hasValue("/report/" + id);
    rig.caughtUp();
    assertThat(officer.get("/report/" + id).body()).contains("data-until=\"" + until + "\"");
    String next = officer.get("/intake").body();
    assertThat(next)
        .as("another report has a half hour of its own")
        .contains("data-until=\"" + Cast.T0.plus(Duration.ofMinutes(40)).toEpochMilli() + "\"");
  }

  @Test
  void aPersonIsServedSixHundredTimesAMinuteAndOthersAllTheWhile() {
    rig = new DeskRig("figureslimit");
    HttpPerson hasty = as("officer-1");
    HttpPerson calm = as("officer-2");
    long begun = System.nanoTime();
    int served = 0;
    HttpResponse<String> answer = hasty.get("/report/none");
    while (answer.statusCode() == 404) {
      served++;
      answer = hasty.get("/report/none");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains(WORDS.t("refused.often"));
    // Logging in took a few of the 600; ten a second come back.
    assertThat(served).isGreaterThan(590).isLessThanOrEqualTo((int) (600 + 10 * seconds + 1));
    assertThat(calm.get("/queue").statusCode()).isEqualTo(200);
    rig.eventually(() -> hasty.get("/report/none").statusCode() == 404);
  }

  @Test
  void whoGoesSeesTheTaskWhenTheVaultOpensNoMoreNames() {
    rig = new DeskRig("figuresgo");
    DeskRig.Told one = rig.tell("上门", 5_000 * YUAN, null);
    rig.caughtUp();
    String id = Cast.warning(one.opened(), WarningTier.HIGH).getWarningId();
    as("officer-1").post("/warning/" + id + "/send", Map.of("contact", "station-1"));
    HttpPerson station = as("station-1");
    String refused = "select count(*)::int from own.audit where what = 'IDENTITY REFUSED'";
    for (int i = 0; i < 200 && rig.one(refused, Integer.class) == 0; i++) {
      assertThat(station.get("/go/" + id).statusCode()).isEqualTo(200);
    }
    assertThat(rig.one(refused, Integer.class)).as("the vault has refused once").isEqualTo(1);
    assertThat(station.get("/go/" + id).body()).contains("96110");
  }
}
