package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.OrderVerdict;
import dev.zhifu.schemas.crypto.OrderVerifier;
import dev.zhifu.schemas.crypto.PublicationKeys;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.stack.e2e.Tail.Seen;
import dev.zhifu.stack.lives.ControlDesk;
import dev.zhifu.stack.lives.People;
import dev.zhifu.stack.lives.RuleDesk;
import dev.zhifu.stack.lives.RuleText;
import dev.zhifu.stack.lives.Standing;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.CurbedAction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Environment;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OfficerAuthorisation;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.StandingReference;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.UnsignedReason;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.wire.WarningTier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One day of stories against one running job. The order of the cases is the order of the day: rules
 * are published after the first story, an officer signs before anything is authorised, the job is
 * killed at the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final String REPORT_BY_OFFICER = "report-by-officer";
  private static final String REPORT_BY_ENGINE = "report-by-engine";
  private static final String SHADOW = "T902";
  private static final String BY_HAND = "T903";
  private static final String REPORT_WHILE_DOWN = "report-while-down";

  private final Cast cast = new Cast();
  private final Officers officers = new Officers();
  private final Map<String, Twin> banks = new TreeMap<>();
  private Rig rig;
  private Story story;
  private Zhifu zhifu;
  private Movement lastHeld;

  @BeforeAll
  void start() {
    rig = new Rig();
    zhifu = rig.zhifu();
    story = new Story(rig, START);
    for (String bank : Rig.BANKS) {
      banks.put(bank, new Twin(bank, rig.stack(), story::now, story::standing));
    }
    rig.run(List.copyOf(banks.values()));
    rig.startJob();
    story.advance(SECOND);
  }

  @AfterEach
  void noTaskHasFailed() {
    assertThat(rig.failures()).as("failures of the job's tasks").isEmpty();
  }

  @AfterAll
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  @Order(1)
  void withoutRulesNothingIsHitAndEveryTransferPasses() {
    Movement payment = stranger("quiet", "B01", "B02");
    TransferDecision decision = ask(payment);

    assertThat(decision.getDecision()).isEqualTo(DecisionKind.PASS);
    story.advance(Duration.ofMinutes(2));
    assertThat(hits().catchUp().all()).isEmpty();
    say("rules.publications empty: 1 story told, 0 hits, its transfer passed");
  }

  @Test
  @Order(2)
  void aStrangersCallHoldsTheTransferWarnsTheVictimAndOpensACase() {
    publishRules();
    Movement payment = stranger("asked", "B01", "B02");
    TransferDecision decision = ask(payment);

    assertThat(decision.getDecision()).isEqualTo(DecisionKind.HOLD);
    assertThat(decision.getReasonCode()).isEqualTo(ReasonCode.VICTIM_AT_RISK);
    RuleHit hit = hitOn(payment.eventId(TransactionPhase.AWAITING));
    assertThat(hit.getRuleId()).isEqualTo("T02");
    assertThat(hit.getKey()).isEqualTo(payment.payer().holder());
    FraudCase opened = awaitCase(payment.payer(), 0.7);
    assertThat(opened.getCaseId())
        .isEqualTo(
            EventIds.caseId(
                opened.getSubjectKind(),
                payment.payer().holder(),
                hit.getEvidence().get(0).getEventId()));
    VictimWarning warning = awaitWarning(payment.payer(), true);
    assertThat(warning.getTier()).isEqualTo(WarningTier.HIGH);
    assertThat(warning.getAction()).isEqualTo(ActionCode.A2);

    story.advance(Duration.ofMinutes(2));
    RuleHit last = awaitFinalHit(hit.getHitId());
    assertThat(last.getIsFinal()).isTrue();
    assertThat(last.getHolds()).isTrue();
    story.eventually(
        "the enriched transfer",
        () ->
            enriched()
                .catchUp()
                .newest(
                    one -> one.getEventId().equals(payment.eventId(TransactionPhase.AWAITING))));
    assertThat(banks.get("B01").decisions())
        .filteredOn(heard -> heard.getEventId().equals(decision.getEventId()))
        .as("what the asking bank heard")
        .hasSize(1);
    say(
        "T02: hit, case 0.7, warning HIGH, HOLD in time at B01, final hit "
            + short8(hit.getHitId()));
  }

  @Test
  @Order(3)
  void aCallThatHadEndedRetractsTheHitLiftsTheHoldAndWithdrawsTheWarning() {
    Person victim = cast.person("Retracted Victim", "B01");
    Person payee = payee("Retracted Payee", "B02");
    Movement payment = new Movement("late-hangup", victim, payee, 20_000);
    Instant called = story.now();
    story.send(story.strangerCalls(victim, "late-hangup", called));
    story.advance(Duration.ofMinutes(5));
    Instant paid = story.now().plusSeconds(30);
    story.send(payment.completed(paid));
    RuleHit hit = hitOn(payment.eventId(TransactionPhase.COMPLETED));
    RiskHold placed = awaitHold(payee, HoldAction.PLACE);
    awaitOutcome(placed.getHoldId(), HoldResult.APPLIED);
    awaitWarning(victim, true);

    Instant hungUp = paid.minusSeconds(10);
    story.send(story.callEnds(victim, "late-hangup", hungUp, Duration.between(called, hungUp)));

    RuleHit retracted =
        story.eventually(
            "retraction of " + hit.getHitId(),
            () ->
                hits().catchUp().newest(one -> same(one, hit) && !one.getHolds()).map(Seen::value));
    assertThat(retracted.getRevision()).isGreaterThan(hit.getRevision());
    awaitHold(payee, HoldAction.LIFT);
    awaitOutcome(placed.getHoldId(), HoldResult.RELEASED);
    awaitWarning(victim, false);
    assertThat(awaitCase(victim, 0).getShares()).isEmpty();
    story.advance(Duration.ofMinutes(2));
    say(
        "retraction: revision "
            + retracted.getRevision()
            + ", hold lifted, warning withdrawn, score 0");
  }

  @Test
  @Order(4)
  void withoutAuthorisationAReportBecomesARequestAndAnOfficersSignatureAnOrder() {
    Movement payment = victimPays("by-officer", "B02");
    story.send(officers.accept(REPORT_BY_OFFICER, payment, story.now(), story.now()));

    StopPaymentRequest request = awaitRequest(payment.payee(), OrderState.DRAFT);
    assertThat(request.getUnsigned()).contains(UnsignedReason.NO_AUTHORISATION);
    assertThat(request.getReportId()).isEqualTo(REPORT_BY_OFFICER);
    story.advance(Duration.ofSeconds(5));
    assertThat(orders().catchUp().all()).as("orders without authorisation").isEmpty();

    request = awaitRequest(payment.payee(), OrderState.DRAFT);
    OfficerAct act = officers.signOrder(request, story.now());
    story.send(act);
    StopPaymentRequest active = awaitRequest(payment.payee(), OrderState.ACTIVE);

    StopPaymentOrder order = verified(active);
    assertThat(order.getAuthorisation()).isInstanceOf(OfficerAuthorisation.class);
    assertThat(((OfficerAuthorisation) order.getAuthorisation()).getActId())
        .isEqualTo(act.getActId());
    say(
        "no authorisation: request "
            + request.getUnsigned()
            + "; officer signed, bank B02 stopped");
  }

  @Test
  @Order(5)
  void underAStandingAuthorisationAnAcceptedReportBecomesAnOrderThatTheBankCarriesOut() {
    story.authorise(officers.standing(START));
    story.advance(SECOND);
    Movement payment = victimPays("by-engine", "B03");
    Twin bank = banks.get("B03");
    long before = bank.availableFen(payment.payee());
    Instant accepted = story.now();
    story.send(officers.accept(REPORT_BY_ENGINE, payment, accepted, accepted));

    StopPaymentRequest active = awaitRequest(payment.payee(), OrderState.ACTIVE);

    StopPaymentOrder order = verified(active);
    assertThat(order.getAuthorisation()).isInstanceOf(StandingReference.class);
    assertThat(order.getApplicationTime()).isEqualTo(accepted);
    assertThat(order.getTransferAmountFen()).isEqualTo(payment.fen());
    assertThat(order.getBankTransactionId()).isEqualTo(payment.payeeBankId());
    assertThat(active.getOrigin()).isEqualTo(OrderOrigin.REPORT);
    StopPaymentReceipt receipt = awaitReceipt(active.getOrderId());
    assertThat(receipt.getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(receipt.getBalanceBeforeFen()).isEqualTo(payment.payeeFenAfter());
    assertThat(before).isEqualTo(payment.payeeFenAfter());
    assertThat(bank.availableFen(payment.payee())).as("what can leave now").isZero();
    RestrictionNotice notice = awaitNotice(active.getOrderId());
    assertThat(notice.getInForce()).isTrue();
    assertThat(notice.getRestriction()).isEqualTo("STOP_PAYMENT");
    assertThat(notice.getUntil()).isEqualTo(receipt.getExpireTime());
    say(
        "report → request → order "
            + short8(order.getOrderId())
            + " → B03 opened the ciphertext, four fields fit, STOPPED → ACTIVE, notice; "
            + Duration.between(accepted, active.getTickAt()).toSeconds()
            + " s by the clock");
  }

  @Test
  @Order(7)
  void whatCannotBeUsedIsTurnedAwayWholeAndTheJobGoesOn() {
    BadInput bad = new BadInput(rig, cast, officers, story);
    List<BadInput.Sent> sent = bad.sendAll();
    for (BadInput.Sent one : sent) {
      DeadLetter letter = awaitLetter(one);
      assertThat(letter.getReason()).as(one.toString()).isEqualTo(one.reason());
      assertThat(letter.getTopic()).isEqualTo(one.topic());
      assertThat(letter.getPartition()).isEqualTo(one.partition());
      assertThat(letter.getOffset()).isEqualTo(one.offset());
      assertThat(bytes(letter.getValue())).as(one.toString()).isEqualTo(one.bytes());
      assertThat(letter.getExplanation()).isNotBlank();
    }
    assertThat(letters().catchUp().values().map(DeadLetter::getDeadLetterId))
        .as("each turned away once, and nothing else")
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(BadInput.Sent::id).toList());
    assertThat(bad.contradict(this::payee).getExplanation()).contains("other content");

    assertThat(ask(stranger("after-bad-input", "B01", "B02")).getDecision())
        .isEqualTo(DecisionKind.HOLD);
    say(sent.size() + " bad records turned away: " + bad.reasons() + "; the next story is HELD");
  }

  @Test
  @Order(6)
  void whatComesTwiceChangesNothing() {
    story.advance(Duration.ofMinutes(2));
    Movement payment = repeatable();
    Facts once = facts();

    story.send(payment.completed(story.now().minus(Duration.ofMinutes(2))));
    rig.tail("console", OfficerAct.class, "officer.acts")
        .catchUp()
        .values()
        .toList()
        .forEach(story::send);
    repeatReceipts();
    story.advance(Duration.ofSeconds(3));
    story.advance(Duration.ofMinutes(2));

    Facts twice = facts();
    assertThat(twice.hits()).isEqualTo(once.hits());
    assertThat(twice.finalHits()).isEqualTo(once.finalHits());
    assertThat(twice.cases()).isEqualTo(once.cases());
    assertThat(twice.requests()).isEqualTo(once.requests());
    assertThat(twice.orders()).isEqualTo(once.orders());
    assertThat(twice.notices()).isEqualTo(once.notices());
    assertThat(twice.warnings()).isEqualTo(once.warnings());
    assertThat(twice.deadLetters()).isEqualTo(once.deadLetters());
    say("event, acts and receipts sent twice: nothing changed, " + once.counts());
  }

  @Test
  @Order(8)
  void rulesChangeWhileItRunsAndWhatIsWrongOrLateDisturbsNothing() {
    try (RuleDesk desk =
            new RuleDesk(rig.stack().access("rules-cli"), rig.stack().info().registry());
        ControlDesk controls =
            new ControlDesk(rig.stack().access("officers"), rig.stack().info().registry())) {
      RuleText first = RuleText.read(rig.stack().layout().catalogue().resolve("T02"));
      RuleText next = first.as(first.version() + 1);
      RuleText faulty =
          new RuleText("T02", next.version(), next.document().replace("within: 4h", "within: 4x"));
      Standing refused = publish(desk, faulty, story.now().plusSeconds(60));
      assertThat(refused.word(PublicationStatus.LIVE)).isEqualTo("REFUSED");
      assertThat(refused.reasons()).anyMatch(reason -> reason.matches("T02/rule.yaml:\\d+:.*"));

      Person ahead = cast.person("Ahead of time", "B01");
      TelecomEvent call = story.strangerCalls(ahead, "ahead", story.now().plusSeconds(20));
      story.send(call);
      story.eventually(
          "the event ahead of the clock",
          () -> enriched().catchUp().newest(one -> one.getEventId().equals(call.getEventId())));
      Standing late = publish(desk, next, story.now().plusSeconds(10));
      assertThat(late.word(PublicationStatus.LIVE)).as("%s", late.answers()).isEqualTo("ANNULLED");

      story.advance(Duration.ofMinutes(1));
      RuleText third = first.as(next.version() + 1);
      Standing taken = publish(desk, third, story.now().plusSeconds(5));
      assertThat(taken.isEverywhere()).isTrue();
      story.advance(Duration.ofMinutes(1));
      assertHitsOf(third.version(), "after-change");

      Movement known = stranger("suppressed", "B01", "B02");
      controls.suppress(
          SubjectKind.HOLDER,
          known.payer().holder(),
          story.now().plus(Duration.ofHours(1)),
          DemoKeys.FIRST_OFFICER,
          "a known wedding");
      story.advance(Duration.ofSeconds(5));
      assertThat(ask(known).getDecision()).isEqualTo(DecisionKind.PASS);
      say("a faulty version REFUSED, a late one ANNULLED, the next in force, a subject let alone");
    }
  }

  private Standing publish(RuleDesk desk, RuleText rule, Instant from) {
    return publish(desk, rule, PublicationStatus.LIVE, from);
  }

  private Standing publish(RuleDesk desk, RuleText rule, PublicationStatus status, Instant from) {
    People people = new People(DemoKeys.AUTHOR, DemoKeys.APPROVER, "story");
    Standing standing =
        desk.await(desk.write(RuleDesk.signed(rule, status, from, people)), Duration.ofSeconds(30));
    assertThat(standing.isSettled()).as("%s", standing.answers()).isTrue();
    return standing;
  }

  private void assertHitsOf(int version, String name) {
    Movement payment = stranger(name, "B01", "B02");
    assertThat(ask(payment).getDecision()).isEqualTo(DecisionKind.HOLD);
    assertThat(hitOn(payment.eventId(TransactionPhase.AWAITING)).getRuleVersion())
        .isEqualTo(version);
  }

  @Test
  @Order(9)
  void aRuleInShadowIsCountedAndHeardNowhere() {
    try (RuleDesk desk =
        new RuleDesk(rig.stack().access("rules-cli"), rig.stack().info().registry())) {
      RuleText text = RuleText.read(rig.stack().layout().catalogue().resolve("T02"));
      RuleText shadow =
          new RuleText(SHADOW, 1, text.as(1).document().replaceFirst("id: T02", "id: " + SHADOW));
      Standing taken = publish(desk, shadow, PublicationStatus.SHADOW, story.now().plusSeconds(5));
      assertThat(taken.isEverywhere()).as("%s", taken.answers()).isTrue();
    }
    story.advance(Duration.ofMinutes(1));
    Movement payment = stranger("shadowed", "B01", "B02");
    FraudCase before = awaitCaseAfter(payment);
    assertThat(before.getShares()).extracting("ruleId").containsExactly("T02");
    story.advance(Duration.ofMinutes(2));
    awaitFinal(SHADOW, payment);

    // The live hit, which makes them overlap, may be counted after the one in shadow.
    JsonNode shown =
        story.eventually(
            "figures of " + SHADOW + " with the hit of T02",
            () ->
                Optional.of(zhifu.run("rules", "status", SHADOW).result().at("/rules/0/shadow"))
                    .filter(figures -> figures.path("overlapping").asLong() > 0));
    Zhifu.Done history = zhifu.run("rules", "history", SHADOW);

    assertThat(shown.get("hits").asLong()).isEqualTo(1);
    assertThat(shown.get("subjects").asLong()).isEqualTo(1);
    assertThat(shown.get("overlapping").asLong()).as("hit by T02 too").isEqualTo(1);
    assertThat(shown.get("touchedFen").asLong()).isEqualTo(payment.fen());
    assertThat(history.said()).contains("SHADOW", "IN_FORCE", DemoKeys.AUTHOR, DemoKeys.APPROVER);
    say("T02's text in shadow: " + shown + ", no share in the case");
  }

  @Test
  @Order(10)
  void aHitIsExplainedByteForByteAndNotWithAnotherFeature() throws IOException {
    RuleHit hit = hitOn(lastHeld.eventId(TransactionPhase.AWAITING));
    Path dossier = rig.stack().dir().folder("commands").resolve("dossier.json");

    Zhifu.Done explained = zhifu.run("explain", hit.getHitId(), "--to", dossier.toString());

    assertThat(explained.code()).as(explained.said()).isZero();
    assertThat(explained.result().get("reproduced").asBoolean()).isTrue();
    assertThat(explained.result().get("againSha256"))
        .isEqualTo(explained.result().get("hitSha256"));
    RuleHit newest = newestRevision(hit);
    assertThat(explained.result().get("againSha256").asText())
        .as("of the bytes on the topic")
        .isEqualTo(sha256(newest));

    ObjectNode changed = (ObjectNode) new ObjectMapper().readTree(dossier.toFile());
    for (JsonNode event : changed.get("events")) {
      if (event.get("eventId").asText().equals(lastHeld.eventId(TransactionPhase.AWAITING))) {
        ((ObjectNode) event.get("features")).putObject("payeeFirstSeen").put("boolean", false);
      }
    }
    Path other = rig.stack().dir().folder("commands").resolve("changed.json");
    Files.writeString(other, changed.toString());
    Zhifu.Done refused = zhifu.run("explain", "--hit", other.toString());
    assertThat(refused.code()).as(refused.said()).isEqualTo(1);
    assertThat(refused.result().get("reproduced").asBoolean()).isFalse();
    assertThat(refused.said()).contains("does not match these events with these features");
    say("explain " + short8(hit.getHitId()) + ": the same bytes; payeeFirstSeen changed: not");
  }

  @Test
  @Order(11)
  void theBackTestFindsTheJobsOwnFinalHitsInItsEnrichedEvents() throws IOException {
    awaitEveryHitFinal();
    story.advance(Duration.ofMinutes(2));
    Path stored = rig.stack().dir().folder("stored");
    Path draft = rig.stack().dir().folder("draft/T02");
    RuleText text = RuleText.read(rig.stack().layout().catalogue().resolve("T02"));
    Files.writeString(
        draft.resolve("rule.yaml"),
        text.as(99)
            .document()
            .replace("leastAmount: {default: 5000,", "leastAmount: {default: 50000,"));

    Zhifu.Done ofStack =
        zhifu.run(
            "backtest", "--stack", "--keep", stored.toString(), "--compare", draft.toString());
    Zhifu.Done ofFile = zhifu.run("backtest", "--stored", stored.toString());

    assertThat(ofStack.code()).as(ofStack.said()).isZero();
    assertThat(ofFile.code()).as(ofFile.said()).isZero();
    Set<String> job = set(finalHits().catchUp().values().map(RuleHit::getHitId));
    for (Zhifu.Done one : List.of(ofStack, ofFile)) {
      JsonNode agreement = one.result().get("agreement");
      assertThat(agreement.get("onlyJob")).as(one.said()).isEmpty();
      assertThat(agreement.get("onlyAgain")).as(one.said()).isEmpty();
      assertThat(agreement.get("job").asLong()).isEqualTo(job.size()).isGreaterThan(5);
      assertThat(agreement.get("againSha256").asText()).isEqualTo(idsSha256(job));
    }
    JsonNode hits = ofStack.result().at("/comparison/hits");
    assertThat(hits.get("live").asLong()).as(ofStack.said()).isPositive();
    assertThat(hits.get("lost").asLong()).as("payments under 50,000 yuan").isPositive();
    assertThat(hits.get("added").asLong()).isZero();
    assertThat(ofStack.result().at("/comparison/moneyFen/lost").asLong()).isPositive();
    assertThat(ofStack.result().at("/comparison/days")).isNotEmpty();
    say(
        "back-test over risk.enriched, from the stack and from the file: "
            + job.size()
            + " final hits, SHA-256 "
            + idsSha256(job)
            + ", the job's own; a stricter draft would lose "
            + hits.get("lost"));
  }

  @Test
  @Order(12)
  void aLimitOfNothingKeepsTheRulesHitsFromActingAndItsEndLetsThemAct() {
    control("limit T02 --hits 0 --per PT1H");
    assertThat(zhifu.run("controls", "list").said()).contains("T02 acts on at most 0 hits in PT1H");

    Movement kept = stranger("limited", "B01", "B02");
    assertThat(ask(kept).getDecision()).isEqualTo(DecisionKind.PASS);
    hitOn(kept.eventId(TransactionPhase.AWAITING));
    assertThat(awaitCase(kept.payer(), 0.7).getCurbed())
        .extracting(CurbedAction::getBecause)
        .containsOnly(CurbKind.LIMIT);

    control("limit T02 --hits -1");
    assertThat(ask(stranger("unlimited", "B01", "B02")).getDecision()).isEqualTo(DecisionKind.HOLD);
    say("by command: T02 limited to 0 hits, its hit and case stand, PASS; limit taken away, HOLD");
  }

  @Test
  @Order(13)
  void theKillSwitchStopsEveryActionAndSignatureWhileRequestsGoOnUntilItIsTakenBack() {
    final Set<String> ordersBefore = orderIds();
    control("kill");
    assertThat(zhifu.run("controls", "list").result().path("killed").asBoolean()).isTrue();

    Movement asked = stranger("killed", "B01", "B02");
    assertThat(ask(asked).getDecision()).as("no HOLD").isEqualTo(DecisionKind.PASS);
    Movement paid = stranger("killed-booked", "B01", "B02");
    story.send(paid.completed(story.now()));
    hitOn(paid.eventId(TransactionPhase.COMPLETED));
    for (Movement one : List.of(asked, paid)) {
      assertThat(awaitCase(one.payer(), 0.7).getCurbed())
          .extracting(CurbedAction::getBecause)
          .containsOnly(CurbKind.KILL_SWITCH);
    }
    Movement reported = victimPays("killed-report", "B02");
    story.send(officers.accept("report-killed", reported, story.now(), story.now()));
    StopPaymentRequest request = awaitRequest(reported.payee(), OrderState.DRAFT);
    assertThat(request.getUnsigned()).contains(UnsignedReason.NO_AUTHORISATION);
    story.advance(Duration.ofSeconds(5));

    assertThat(warnings().catchUp().values().map(VictimWarning::getHolderToken))
        .as("no warning")
        .doesNotContain(asked.payer().holder(), paid.payer().holder());
    assertThat(
            rig.tail("auditor", RiskHold.class, perBank("holds"))
                .catchUp()
                .values()
                .map(hold -> hold.getAccount().getAccountToken()))
        .as("no risk hold")
        .doesNotContain(
            asked.payee().accountToken(),
            paid.payee().accountToken(),
            reported.payee().accountToken());
    assertThat(orderIds()).as("no signature").isEqualTo(ordersBefore);

    control("revive");
    assertThat(ask(stranger("revived", "B01", "B02")).getDecision()).isEqualTo(DecisionKind.HOLD);
    // Past the age at which a report is still signed automatically, so that what was kept stays a
    // request.
    story.advance(Duration.ofMinutes(11));
    story.authorise(officers.standing(story.now(), 2));
    story.advance(Duration.ofSeconds(5));
    assertThat(orderIds()).isEqualTo(ordersBefore);
    say(
        "by command: killed, hits, cases and a request "
            + request.getUnsigned()
            + " and no HOLD, hold, warning or order; revived, HOLD");
  }

  @Test
  @Order(14)
  void whatTwoPersonsSignOneAfterTheOtherIsInShadowUntilItIsWithdrawn() throws IOException {
    RuleText text = RuleText.read(rig.stack().layout().catalogue().resolve("T02"));
    Path folder = rig.stack().dir().folder("commands/by-hand");
    Files.writeString(
        folder.resolve("rule.yaml"),
        text.as(1).document().replaceFirst("id: T02", "id: " + BY_HAND));
    Path password = Files.writeString(folder.resolve("password"), DemoKeys.PASSWORD);
    Path author = Files.writeString(folder.resolve("author"), key(DemoKeys.AUTHOR));
    Path approver = Files.writeString(folder.resolve("approver"), key(DemoKeys.APPROVER));
    String half = folder.resolve("half.json").toString();
    Instant from = story.now().plusSeconds(60);

    run(
        "rules shadow %s --reason story --into %s --author-key %s --author-key-password %s"
            .formatted(folder, half, author, password));
    assertThat(zhifu.run("rules", "history", BY_HAND).result().path("publications"))
        .as("the author's signature alone publishes nothing")
        .isEmpty();
    Zhifu.Done completed =
        run(
            "rules complete %s --from %s --wait 60 --approver-key %s --approver-key-password %s"
                .formatted(half, from, approver, password));
    assertThat(completed.result().path("state").asText()).isEqualTo("IN_FORCE");
    story.advance(Duration.ofMinutes(2));
    Movement before = stranger("by-hand", "B01", "B02");
    assertThat(ask(before).getDecision()).isEqualTo(DecisionKind.HOLD);
    awaitHitBy(BY_HAND, before);

    Instant until = story.now().plusSeconds(60);
    Zhifu.Done withdrawn =
        run("rules withdraw %s --reason story --from %s --wait 60".formatted(BY_HAND, until));
    assertThat(withdrawn.result().path("state").asText()).isEqualTo("ENDED");
    story.advance(Duration.ofMinutes(2));
    Movement after = stranger("by-hand-after", "B01", "B02");
    assertThat(ask(after).getDecision()).isEqualTo(DecisionKind.HOLD);
    awaitHitBy("T02", after);
    assertThat(hits().catchUp().values().filter(hit -> hit.getRuleId().equals(BY_HAND)))
        .as("nothing after its end")
        .allMatch(hit -> hit.getKey().equals(before.payer().holder()));
    say("by command: signed by its author, completed by its approver, in shadow, withdrawn");
  }

  private RuleHit awaitHitBy(String rule, Movement payment) {
    return story.eventually(
        "hit of " + rule + " on " + payment.payer().name(),
        () ->
            hits()
                .catchUp()
                .newest(
                    hit ->
                        hit.getRuleId().equals(rule)
                            && hit.getKey().equals(payment.payer().holder()))
                .map(Seen::value));
  }

  private static String key(String person) {
    return DemoKeys.text("demo-" + person + ".json");
  }

  /** Bounds actions by command; five seconds later the job has heard of it. */
  private void control(String words) {
    run("controls " + words + " --reason story");
    story.advance(Duration.ofSeconds(5));
  }

  private Zhifu.Done run(String words) {
    Zhifu.Done done = zhifu.run(words.split(" "));
    assertThat(done.code()).as(done.said()).isZero();
    return done;
  }

  @Test
  @Order(20)
  void aJobKilledAndRestartedSixHoursLaterAsksAndNeverSigns() {
    awaitEveryHitFinal();
    Set<String> recordBefore = orderIds();
    int envelopesBefore = orders().catchUp().all().size();
    Set<String> requestedBefore = requestIds();
    Set<String> finalBefore = set(finalHits().catchUp().values().map(RuleHit::getHitId));
    rig.killJob();

    Movement payment = victimPaysWithoutJob("while-down", "B02");
    story.send(officers.accept(REPORT_WHILE_DOWN, payment, story.now(), story.now()));
    story.pass(SECOND);
    story.pass(Duration.ofHours(6));
    story.forgetEchoes();
    rig.startJob();
    story.advance(SECOND);
    StopPaymentRequest request =
        story.asTimePasses(
            "request judged after the record was read back",
            60,
            () ->
                highest(
                        one ->
                            one.getTarget()
                                .getAccountToken()
                                .equals(payment.payee().accountToken()))
                    .filter(one -> !one.getUnsigned().contains(UnsignedReason.READING_BACK)));

    assertThat(request.getState()).isEqualTo(OrderState.DRAFT);
    assertThat(request.getUnsigned()).contains(UnsignedReason.STALE_EVIDENCE);
    assertThat(request.getUnsigned())
        .doesNotContain(UnsignedReason.NO_AUTHORISATION, UnsignedReason.READING_BACK);
    assertThat(requestIds()).hasSize(requestedBefore.size() + 1).containsAll(requestedBefore);
    assertThat(orders().catchUp().all()).hasSize(envelopesBefore);
    assertThat(orderIds()).isEqualTo(recordBefore);
    assertThat(set(finalHits().catchUp().values().map(RuleHit::getHitId))).isEqualTo(finalBefore);
    Set<String> ledger = new TreeSet<>();
    banks.values().forEach(bank -> ledger.addAll(bank.ordersInLedger()));
    say(
        "killed, restarted from the earliest offsets six hours later: request "
            + request.getUnsigned()
            + ", "
            + recordBefore.size()
            + " order ids before and after, |ledger \\ record| = "
            + minus(ledger, recordBefore).size()
            + ", |record \\ ledger| = "
            + minus(recordBefore, ledger).size());
    assertThat(ledger).isEqualTo(recordBefore).hasSize(2);
  }

  @Test
  @Order(21)
  void aRestartedJobGoesOnCountingTheTransitionsOfItsOrders() {
    StopPaymentRequest active =
        highest(request -> REPORT_BY_OFFICER.equals(request.getReportId())).orElseThrow();
    assertThat(active.getState()).isEqualTo(OrderState.ACTIVE);

    story.send(officers.release(active, story.now()));

    StopPaymentRequest released =
        story.asTimePasses(
            "release of " + active.getOrderId(),
            30,
            () ->
                highest(request -> request.getOrderId().equals(active.getOrderId()))
                    .filter(request -> request.getState() == OrderState.RELEASED));
    assertThat(released.getSequence()).isGreaterThan(active.getSequence());
    FraudCase fallen =
        story.eventually(
            "case of the released account at 0",
            () ->
                cases()
                    .catchUp()
                    .newest(one -> one.getSubject().equals(active.getTarget().getAccountToken()))
                    .map(Seen::value)
                    .filter(one -> one.getScore() == 0));
    assertThat(fallen.getShares()).as("the victim's statement counts no more").isEmpty();
    say(
        "after the restart the order was still ACTIVE as transition "
            + active.getSequence()
            + "; released as "
            + released.getSequence());
  }

  @Test
  @Order(22)
  void whatIsSentAgainKeepsItsIdAndNothingFollowsFromIt() throws IOException {
    Person victim = cast.person("Replayed Victim", "B01");
    Movement payment = new Movement("replayed", victim, payee("Replayed Payee", "B02"), 20_000);
    story.send(story.strangerCalls(victim, "replayed", story.now()));
    story.advance(Duration.ofMinutes(6));
    BankTransaction right = payment.completed(story.now());
    RecordMetadata at =
        story.send(BankTransaction.newBuilder(right).setAmountFen(-right.getAmountFen()).build());
    String id = EventIds.deadLetterId(Story.TRANSACTIONS, at.partition(), at.offset());
    story.eventually(
        "dead letter " + id,
        () -> letters().catchUp().newest(letter -> letter.getDeadLetterId().equals(id)));
    story.advance(Duration.ofMinutes(2));
    Path correction = rig.stack().dir().folder("commands").resolve("right.json");
    Files.writeString(correction, json(right));

    Zhifu.Done early =
        zhifu.run("deadletters", "replay", "--id", id, "--value", correction.toString());
    assertThat(early.code()).as(early.said()).isEqualTo(1);
    assertThat(early.said()).contains("not sent", "a hit could rest on it");

    story.advance(Duration.ofHours(2));
    awaitEveryHitFinal();
    Facts before = facts();
    Zhifu.Done replayed =
        zhifu.run("deadletters", "replay", "--id", id, "--value", correction.toString());
    assertThat(replayed.code()).as(replayed.said()).isZero();
    assertThat(replayed.result().get(0).get("eventId").asText()).isEqualTo(right.getEventId());
    EnrichedEvent late =
        story.eventually(
            "late event " + right.getEventId(),
            () ->
                lateEvents()
                    .catchUp()
                    .newest(event -> event.getEventId().equals(right.getEventId()))
                    .map(Seen::value));
    assertThat(late.getEvent()).as("the correction, whole").isEqualTo(right);
    awaitEveryHitFinal();

    assertThat(facts()).as("hits, cases, requests, orders, notices, warnings").isEqualTo(before);
    say(
        "dead letter of a called victim's transfer corrected and sent again as "
            + right.getEventId()
            + ": features moved, no hit, no request, no order");
  }

  /** A held transfer, and the case that its hit opened. */
  private FraudCase awaitCaseAfter(Movement payment) {
    assertThat(ask(payment).getDecision()).isEqualTo(DecisionKind.HOLD);
    lastHeld = payment;
    return awaitCase(payment.payer(), 0.7);
  }

  private void awaitFinal(String rule, Movement payment) {
    story.eventually(
        "final hit of " + rule,
        () ->
            finalHits()
                .catchUp()
                .newest(
                    hit ->
                        hit.getRuleId().equals(rule)
                            && hit.getShadow()
                            && hit.getKey().equals(payment.payer().holder())));
  }

  private RuleHit newestRevision(RuleHit hit) {
    return java.util.stream.Stream.concat(hits().catchUp().values(), finalHits().catchUp().values())
        .filter(one -> same(one, hit))
        .max(Comparator.comparingInt(RuleHit::getRevision))
        .orElseThrow();
  }

  private static String sha256(RuleHit hit) throws IOException {
    return EventIds.sha256(bytes(hit.toByteBuffer()));
  }

  private static String idsSha256(Set<String> ids) {
    StringBuilder text = new StringBuilder();
    new TreeSet<>(ids).forEach(id -> text.append(id).append('\n'));
    return EventIds.sha256(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String json(BankTransaction transaction) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(transaction.getSchema(), out);
    new SpecificDatumWriter<BankTransaction>(transaction.getSchema()).write(transaction, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  // What the stories are made of.

  private void publishRules() {
    List<RulePublication> live =
        Rules.live(rig.stack().layout().catalogue(), story.now().plusSeconds(60));
    live.forEach(
        rule -> rig.pen("rules-cli").write("rules.publications", PublicationKeys.of(rule), rule));
    Tail<RuleStatus> status = rig.tail("rules-cli", RuleStatus.class, "rules.status");
    story.eventually(
        "IN_FORCE of " + live.size() + " rules on 2 subtasks",
        () -> {
          List<RuleStatus> said =
              status
                  .catchUp()
                  .values()
                  .filter(one -> one.getStatus() != RuleStatusKind.ACCEPTED)
                  .toList();
          assertThat(said).allMatch(one -> one.getStatus() == RuleStatusKind.IN_FORCE);
          return said.size() == 2 * live.size() ? Optional.of(said) : Optional.empty();
        });
    story.advance(Duration.ofMinutes(2));
  }

  /** A stranger has {@code victim} on the line for six minutes; the transfer is still to come. */
  private Movement stranger(String name, String from, String to) {
    Person victim = cast.person("Called " + name, from);
    story.send(story.strangerCalls(victim, name, story.now()));
    story.advance(Duration.ofMinutes(6));
    return new Movement(name, victim, payee("Payee of " + name, to), 20_000);
  }

  private Person payee(String name, String bank) {
    Person person = cast.person(name, bank);
    banks.get(bank).open(person);
    return person;
  }

  /**
   * The payer's bank asks and gets its answer within the budget, by the broker's records' times.
   */
  private TransferDecision ask(Movement payment) {
    long askedMs = story.send(payment.awaiting(story.now().plus(SECOND), BUDGET)).timestamp();
    String event = payment.eventId(TransactionPhase.AWAITING);
    Tail<TransferDecision> decisions =
        rig.tail(
            "auditor", TransferDecision.class, "bank." + payment.payer().bank() + ".decisions");
    Seen<TransferDecision> answer =
        story.eventually(
            "answer to " + event,
            () -> decisions.catchUp().newest(one -> one.getEventId().equals(event)));
    assertThat(answer.sentMs() - askedMs).as("ms to the answer").isLessThan(BUDGET.toMillis());
    story.eventually(
        "the bank to hear of " + event,
        () ->
            banks.get(payment.payer().bank()).decisions().stream()
                .filter(one -> one.getEventId().equals(event))
                .findFirst());
    return answer.value();
  }

  /** A transfer is booked by both banks; time stands at its booking. */
  private Movement victimPays(String name, String bank) {
    Movement payment = victimPaysWithoutJob(name, bank);
    story.awaitEcho();
    return payment;
  }

  private Movement victimPaysWithoutJob(String name, String bank) {
    Person victim = cast.person("Victim " + name, "B01");
    Movement payment = new Movement(name, victim, payee("Mule " + name, bank), 20_000);
    Instant at = story.now().plus(SECOND);
    story.send(payment.completed(at));
    banks.get(bank).credit(payment, at);
    story.pass(SECOND);
    return payment;
  }

  /** A call and a transfer, each sent twice at once. */
  private Movement repeatable() {
    Person victim = cast.person("Repeated Victim", "B01");
    Movement payment = new Movement("repeated", victim, payee("Repeated Payee", "B02"), 20_000);
    TelecomEvent call = story.strangerCalls(victim, "repeated", story.now());
    story.send(call);
    story.send(call);
    story.advance(Duration.ofMinutes(6));
    story.send(payment.completed(story.now()));
    story.send(payment.completed(story.now()));
    RuleHit hit = hitOn(payment.eventId(TransactionPhase.COMPLETED));
    story.advance(Duration.ofMinutes(2));
    awaitFinalHit(hit.getHitId());
    return payment;
  }

  private void repeatReceipts() {
    for (String bank : Rig.BANKS) {
      String topic = "bank." + bank + ".inbound";
      rig.tail("console", BankInbound.class, topic)
          .catchUp()
          .values()
          .toList()
          .forEach(answer -> rig.pen("bank-" + bank).write(topic, "again", answer));
    }
  }

  private record Facts(
      Set<String> hits,
      Set<String> finalHits,
      Set<String> cases,
      Set<String> requests,
      Set<String> orders,
      Set<String> notices,
      Set<String> warnings,
      Set<String> deadLetters) {

    String counts() {
      return hits.size()
          + " hit revisions, "
          + finalHits.size()
          + " final hits, "
          + cases.size()
          + " case changes, "
          + requests.size()
          + " transitions, "
          + orders.size()
          + " orders, "
          + notices.size()
          + " notices, "
          + warnings.size()
          + " warnings";
    }
  }

  /** What the outputs say, each id and number once. */
  private Facts facts() {
    return new Facts(
        set(hits().catchUp().values().map(hit -> hit.getHitId() + ":" + hit.getRevision())),
        set(finalHits().catchUp().values().map(RuleHit::getHitId)),
        set(cases().catchUp().values().map(one -> one.getCaseId() + ":" + one.getSequence())),
        set(
            requests()
                .catchUp()
                .values()
                .map(one -> one.getOrderId() + ":" + one.getSequence() + ":" + one.getState())),
        set(orders().catchUp().values().map(order -> Envelopes.payloadSha256(order))),
        set(
            notices()
                .catchUp()
                .values()
                .map(notice -> notice.getNoticeId() + ":" + notice.getInForce())),
        set(
            warnings()
                .catchUp()
                .values()
                .map(warning -> warning.getWarningId() + ":" + warning.getSequence())),
        set(letters().catchUp().values().map(DeadLetter::getDeadLetterId)));
  }

  private static Set<String> set(java.util.stream.Stream<String> ids) {
    return ids.collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }

  /**
   * The order that the record holds for a request, verified as its bank does, and as another bank.
   */
  private StopPaymentOrder verified(StopPaymentRequest request) {
    String bank = request.getTarget().getBank();
    OrderEnvelope envelope =
        story.eventually(
            "order " + request.getOrderId(),
            () ->
                orders()
                    .catchUp()
                    .newest(one -> Envelopes.open(one).getOrderId().equals(request.getOrderId()))
                    .map(Seen::value));
    OrderVerdict verdict = verifier(bank).verify(envelope, story.now());
    assertThat(verdict.accepted()).as(verdict.sentence()).isTrue();
    String other = bank.equals("B02") ? "B03" : "B02";
    assertThat(verifier(other).verify(envelope, story.now()).refusal())
        .isEqualTo(ReceiptResult.WRONG_BANK);
    return verdict.order();
  }

  private OrderVerifier verifier(String bank) {
    return new OrderVerifier(
        DemoKeys.directory(),
        Environment.DEMO,
        bank,
        id -> story.standing(),
        id -> Optional.empty());
  }

  // Waiting for what the job says.

  private RuleHit hitOn(String eventId) {
    return story.eventually(
        "hit on " + eventId,
        () ->
            hits()
                .catchUp()
                .newest(
                    hit ->
                        hit.getEvidence().stream()
                            .map(Evidence::getEventId)
                            .anyMatch(eventId::equals))
                .map(Seen::value));
  }

  private static boolean same(RuleHit one, RuleHit other) {
    return one.getHitId().equals(other.getHitId());
  }

  private RuleHit awaitFinalHit(String hitId) {
    return story.eventually(
        "final hit " + hitId,
        () -> finalHits().catchUp().newest(hit -> hit.getHitId().equals(hitId)).map(Seen::value));
  }

  /**
   * Final hits leave exactly once, behind a checkpoint: what is still on its way when the job is
   * killed would come later and look like something new.
   */
  private void awaitEveryHitFinal() {
    story.advance(Duration.ofMinutes(2));
    Map<String, RuleHit> newest = new HashMap<>();
    hits()
        .catchUp()
        .values()
        .forEach(
            hit ->
                newest.merge(
                    hit.getHitId(),
                    hit,
                    (one, other) -> other.getRevision() > one.getRevision() ? other : one));
    Set<String> holding =
        set(newest.values().stream().filter(RuleHit::getHolds).map(RuleHit::getHitId));
    story.eventually(
        "final hits of " + holding,
        () ->
            set(finalHits().catchUp().values().map(RuleHit::getHitId)).containsAll(holding)
                ? Optional.of(true)
                : Optional.empty());
  }

  /** The newest change of the holder's case, once it has this score. */
  private FraudCase awaitCase(Person holder, double score) {
    return story.eventually(
        "case of " + holder.name() + " at " + score,
        () ->
            cases()
                .catchUp()
                .newest(one -> one.getSubject().equals(holder.holder()))
                .map(Seen::value)
                .filter(one -> one.getScore() == score));
  }

  private VictimWarning awaitWarning(Person holder, boolean holds) {
    return story.eventually(
        "warning of " + holder.name() + (holds ? "" : " withdrawn"),
        () ->
            warnings()
                .catchUp()
                .newest(one -> one.getHolderToken().equals(holder.holder()))
                .map(Seen::value)
                .filter(one -> one.getHolds() == holds));
  }

  private RiskHold awaitHold(Person holder, HoldAction action) {
    Tail<RiskHold> holds = rig.tail("auditor", RiskHold.class, "bank." + holder.bank() + ".holds");
    return story.eventually(
        action + " on the account of " + holder.name(),
        () ->
            holds
                .catchUp()
                .newest(
                    hold ->
                        hold.getAction() == action
                            && hold.getAccount().getAccountToken().equals(holder.accountToken()))
                .map(Seen::value));
  }

  private void awaitOutcome(String holdId, HoldResult result) {
    story.eventually(
        result + " of hold " + holdId,
        () ->
            inbound()
                .catchUp()
                .newest(
                    one ->
                        one.getBody() instanceof RiskHoldOutcome outcome
                            && outcome.getHoldId().equals(holdId)
                            && outcome.getResult() == result));
  }

  private StopPaymentReceipt awaitReceipt(String orderId) {
    return story.eventually(
        "receipt of " + orderId,
        () ->
            inbound()
                .catchUp()
                .values()
                .filter(one -> one.getBody() instanceof StopPaymentReceipt)
                .map(one -> (StopPaymentReceipt) one.getBody())
                .filter(one -> one.getOrderId().equals(orderId))
                .findFirst());
  }

  /**
   * The transition that counts on an account, once it is in {@code state}; time passes meanwhile.
   */
  private StopPaymentRequest awaitRequest(Person target, OrderState state) {
    return story.asTimePasses(
        "request " + state + " on the account of " + target.name(),
        60,
        () ->
            highest(one -> one.getTarget().getAccountToken().equals(target.accountToken()))
                .filter(one -> one.getState() == state));
  }

  private DeadLetter awaitLetter(BadInput.Sent sent) {
    return story.eventually(
        "dead letter of " + sent,
        () ->
            letters()
                .catchUp()
                .newest(letter -> letter.getDeadLetterId().equals(sent.id()))
                .map(Seen::value));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }

  /** The transition with the highest number: the one that counts. */
  private Optional<StopPaymentRequest> highest(Predicate<StopPaymentRequest> fits) {
    return requests()
        .catchUp()
        .values()
        .filter(fits)
        .max(Comparator.comparingLong(StopPaymentRequest::getSequence));
  }

  private RestrictionNotice awaitNotice(String restrictionId) {
    return story.eventually(
        "notice of " + restrictionId,
        () ->
            notices()
                .catchUp()
                .newest(one -> one.getRestrictionId().equals(restrictionId))
                .map(Seen::value));
  }

  private Set<String> orderIds() {
    return set(orders().catchUp().values().map(order -> Envelopes.open(order).getOrderId()));
  }

  private Set<String> requestIds() {
    return set(requests().catchUp().values().map(StopPaymentRequest::getOrderId));
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private Tail<RuleHit> hits() {
    return rig.tail("auditor", RuleHit.class, "risk.hits");
  }

  private Tail<RuleHit> finalHits() {
    return rig.tail("auditor", RuleHit.class, "risk.hits.final");
  }

  private Tail<EnrichedEvent> enriched() {
    return rig.tail("auditor", EnrichedEvent.class, "risk.enriched");
  }

  private Tail<EnrichedEvent> lateEvents() {
    return rig.tail("operator", EnrichedEvent.class, "late.events");
  }

  private Tail<FraudCase> cases() {
    return rig.tail("auditor", FraudCase.class, "risk.cases");
  }

  private Tail<VictimWarning> warnings() {
    return rig.tail("officers", VictimWarning.class, "victim.warnings");
  }

  private Tail<StopPaymentRequest> requests() {
    return rig.tail("officers", StopPaymentRequest.class, "stop.requests");
  }

  private Tail<RestrictionNotice> notices() {
    return rig.tail("officers", RestrictionNotice.class, "restriction.notices");
  }

  private Tail<OrderEnvelope> orders() {
    return rig.tail("auditor", OrderEnvelope.class, perBank("orders"));
  }

  private Tail<BankInbound> inbound() {
    return rig.tail("auditor", BankInbound.class, perBank("inbound"));
  }

  private Tail<DeadLetter> letters() {
    return rig.tail("operator", DeadLetter.class, "dead.letters");
  }

  private static List<String> perBank(String kind) {
    return Rig.BANKS.stream().map(bank -> "bank." + bank + "." + kind).toList();
  }

  private static String short8(String id) {
    return id.substring(0, 8);
  }

  private static void say(String what) {
    System.out.println("  proved: " + what);
  }
}
