package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhifu.bank.StopPlaced;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.stack.demo.PlatformProcess;
import dev.zhifu.stack.e2e.Cast.Person;
import dev.zhifu.stack.e2e.Tail.Seen;
import dev.zhifu.wire.AccountBooks;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.BookBalance;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.FreezeMode;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.OwnStop;
import dev.zhifu.wire.PaperDetail;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundNotice;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RefundShare;
import dev.zhifu.wire.RefundVictim;
import dev.zhifu.wire.RefundWay;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TraceAccount;
import dev.zhifu.wire.TraceCase;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimReport;
import dev.zhifu.wire.VictimStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
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
 * Recovery beside detection on a real broker: one stop from its signature to its end, what the
 * audit holds of it, and both over a kill.
 */
@Tag("landing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryIT {
  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  /** The story has no days before: its payments are first ones from the first on. */
  private static final Map<String, String> SETTINGS = Map.of("network.learning.hours", "0");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String LIFTED = "to-be-lifted";
  private static final String ENDING = "to-its-end";
  private static final String TRACED = "followed";
  private static final String RETURNED = "to-be-returned";
  private static final String LENGTHENED = "to-be-extended";
  private static final String THIRD = "asked-a-third-time";
  private static final String STOPPED_ITSELF = "stopped-by-its-bank";

  private final Cast cast = new Cast();
  private final Officers officers = new Officers();
  private final Map<String, Twin> banks = new TreeMap<>();
  private Rig rig;
  private List<Person> halfACircle;
  private Story story;

  @BeforeAll
  void start() {
    rig = new Rig();
    story = new Story(rig, START);
    for (String bank : Rig.BANKS) {
      banks.put(bank, new Twin(bank, rig.stack(), story::now, story::standing));
    }
    rig.run(List.copyOf(banks.values()));
    PlatformProcess.start(rig.stack().layout(), rig.stack().supervisor(), rig.stack().dir().root());
    rig.startBothJobs(SETTINGS);
    story.advance(SECOND);
  }

  @AfterEach
  void noTaskHasFailed() {
    assertThat(rig.failures()).as("failures of the jobs' tasks").isEmpty();
  }

  @AfterAll
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  @Order(1)
  void aSignedOrderAndItsReceiptMakeAStopThatEndsByTheBanksClock() {
    StopPaymentRequest active = stopped(ENDING, "B02");
    StopPaymentReceipt receipt = receipt(active.getOrderId());

    assertThat(LegalTerms.stopEnd(receipt.getStartTime()))
        .isEqualTo(receipt.getStartTime().plus(Duration.ofHours(48)))
        .isEqualTo(receipt.getExpireTime());
    RestrictionNotice notice = notice(active.getOrderId(), true);
    assertThat(notice.getRestriction()).isEqualTo("STOP_PAYMENT");
    assertThat(notice.getUntil()).isEqualTo(receipt.getExpireTime());
    LifeTransition entered = life(active.getCaseIds().get(0), "EMERGENCY");
    assertThat(entered.getKind()).isEqualTo(LifeKind.CASE);
    FraudCase said =
        story.eventually(
            "state EMERGENCY of case " + entered.getCaseId(),
            () ->
                rig.tail("officers", FraudCase.class, "risk.cases")
                    .catchUp()
                    .newest(
                        one ->
                            one.getCaseId().equals(entered.getCaseId())
                                && one.getChange() == CaseChangeKind.STATE
                                && one.getState() == CaseState.EMERGENCY)
                    .map(Seen::value));
    assertThat(said.getSequence()).isEqualTo(entered.getSequence());
    story.advance(MINUTE);
    AuditEntry kept = audited(active.getOrderId(), "ACTIVE");
    assertThat(kept.getChain()).isEqualTo(active.getCaseIds().get(0));
    say("stop ACTIVE, its end by B02's start time and 48 h, notice out, kept in the audit");
  }

  @Test
  @Order(2)
  void aReceiptDoubledOrLateChangesNothing() {
    StopPaymentRequest active = newest(of(ENDING)).orElseThrow();
    Set<String> requests = ids(requests());
    Set<String> lives = lifeIds();

    StopPaymentReceipt receipt = receipt(active.getOrderId());
    answer("B02", receipt);
    answer(
        "B02",
        StopPaymentReceipt.newBuilder(receipt)
            .setStartTime(receipt.getStartTime().plusSeconds(600))
            .setExpireTime(receipt.getExpireTime().plusSeconds(600))
            .setAt(receipt.getAt().plusSeconds(600))
            .build());
    story.advance(MINUTE);
    story.advance(Duration.ofHours(36));

    RecoveryAlarm near = alarm(active.getOrderId(), "END_NEAR");
    assertThat(near.getWords())
        .as("the first start time counts")
        .contains(receipt.getStartTime().plus(Duration.ofHours(48)).toString());
    assertThat(ids(requests())).isEqualTo(requests);
    assertThat(lifeIds()).isEqualTo(lives);
    say("receipt doubled, and again with another start: nothing changed; " + near.getWords());
  }

  @Test
  @Order(3)
  void anOfficersReleaseLiftsTheStop() {
    StopPaymentRequest active = stopped(LIFTED, "B03");
    long held = banks.get("B03").availableFen(payeeOf(LIFTED));
    assertThat(held).isZero();

    story.send(officers.release(active, story.now()));
    StopPaymentRequest released = await(LIFTED, OrderState.RELEASED);

    assertThat(released.getSequence()).isGreaterThan(active.getSequence());
    assertThat(notice(active.getOrderId(), false).getInForce()).isFalse();
    ChannelRequest lift =
        told(
                "the word to lift",
                ChannelRequest.class,
                "recovery.requests",
                ChannelRequest::getObjectId,
                active.getOrderId())
            .orElseThrow();
    assertThat(lift.getCode()).isEqualTo("100103");
    assertThat(lift.getAuthorisation()).as("the officer's act").isEqualTo(released.getCause());
    ChannelAnswer lifted =
        told(
                "the bank's answer to it",
                ChannelAnswer.class,
                "recovery.answers",
                ChannelAnswer::getObjectId,
                active.getOrderId())
            .orElseThrow();
    assertThat(lifted.getCode()).isEqualTo("100104");
    story.advance(Duration.ofMinutes(6));
    assertThat(rig.tail("auditor", RecoveryAlarm.class, "recovery.alarms").catchUp().values())
        .as("answered in time")
        .filteredOn(alarm -> alarm.getObjectId().equals(active.getOrderId()))
        .extracting(RecoveryAlarm::getAlarm)
        .doesNotContain("ESCALATE_BANK", "ANSWER_OUT_OF_PLACE", "ACT_REFUSED");
    AuditEntry kept = audited(active.getOrderId(), "RELEASED");
    assertThat(kept.getSequence()).isGreaterThan(1);
    say("released by an officer: notice lifted, RELEASED in the audit");
  }

  @Test
  @Order(4)
  void theMoneyIsFollowedBackAndLiveAndAskedForWhereItLies() throws IOException {
    Person victim = cast.person("Victim traced", "B01");
    Person first = opened("First mule", "B02");
    Person second = opened("Second mule", "B03");
    Person third = opened("Third mule", "B02");
    Movement loss = new Movement("traced-loss", victim, first, 20_000);
    Movement hop = new Movement("traced-hop", first, second, 19_500);
    Movement late = new Movement("traced-late", second, third, 9_000);
    Instant at = story.now().plus(SECOND);
    pay(loss, at);
    pay(hop, at.plus(MINUTE));
    story.advance(Duration.ofMinutes(3));

    story.send(officers.accept(TRACED, loss, at, story.now()));
    traced(3, 1_950_000);
    StopPaymentRequest asked = onAccount(second, OrderState.DRAFT);
    assertThat(asked.getOrigin()).isEqualTo(OrderOrigin.HOP);
    assertThat(asked.getTransferAmountFen()).isEqualTo(hop.fen());
    assertThat(asked.getBankTransactionId()).isEqualTo(hop.payeeBankId());
    assertThat(asked.getTracedFen()).isEqualTo(hop.fen());
    assertThat(asked.getReportId()).isEqualTo(TRACED);

    Instant moved = story.now().plus(SECOND);
    pay(late, moved);
    TraceCase live = traced(4, 900_000);
    assertThat(live.getTotals().getFaults()).isEmpty();
    StopPaymentRequest rest = onAccount(third, OrderState.DRAFT);
    assertThat(rest.getTracedFen()).isEqualTo(late.fen());
    story.send(officers.signOrder(rest, story.now()));
    StopPaymentRequest stopped = onAccount(third, OrderState.ACTIVE);
    assertThat(receipt(stopped.getOrderId()).getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(banks.get("B02").availableFen(third)).isZero();

    long number = live.getNumber();
    story.send(booked(loss, at));
    story.send(booked(hop, at.plus(MINUTE)));
    story.send(officers.accept(TRACED, loss, at, story.now()));
    story.advance(MINUTE);
    assertThat(newestTrace().getNumber()).as("duplicates say nothing").isEqualTo(number);
    sameAsOnFiles(List.of(loss, hop, late), List.of(at, at.plus(MINUTE), moved));
    say("trace of report, hop and live hop; follow-ons HOP, the last one signed and stopped");
  }

  /** Tree and flow of the running job, and of the trace on files of the same transfers. */
  private void sameAsOnFiles(List<Movement> movements, List<Instant> times) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type\n");
    for (int i = 0; i < movements.size(); i++) {
      Movement one = movements.get(i);
      csv.append(
          String.join(
              ",",
              one.id(),
              times.get(i).toString(),
              one.payer().accountToken(),
              one.payer().bank(),
              one.payee().accountToken(),
              one.payee().bank(),
              one.yuan() + ".00",
              "CNY",
              "MOBILE",
              "TRANSFER\n"));
    }
    Path file = rig.stack().dir().folder("commands").resolve("bank.csv");
    Files.writeString(file, csv);
    Zhifu zhifu = rig.zhifu("trace");
    Zhifu.Done job = zhifu.run("trace", "--case", TRACED);
    Zhifu.Done files =
        zhifu.bare(
            "trace",
            "--bank",
            file.toAbsolutePath().toString(),
            "--account",
            movements.get(0).payee().accountToken(),
            "--at",
            times.get(0).toString(),
            "--amount",
            "20000");
    assertThat(job.code()).as(job.said()).isZero();
    assertThat(files.code()).as(files.said()).isZero();
    JsonNode byJob = job.result().get(0);
    assertThat(byJob.get("completeByJob").asBoolean()).isTrue();
    assertThat(byJob.get("sums")).isEqualTo(files.result().get("sums"));
    assertThat(byJob.get("accounts").size()).isEqualTo(files.result().get("accounts").size());
    assertThat(flow(byJob)).isEqualTo(flow(files.result())).hasSize(3);
  }

  private static List<String> flow(JsonNode trace) {
    return StreamSupport.stream(trace.get("transfers").spliterator(), false)
        .map(
            one ->
                Stream.of(
                        "level",
                        "payer",
                        "payee",
                        "amountFen",
                        "fifoFen",
                        "proRataFen",
                        "lowFen",
                        "highFen",
                        "end")
                    .map(field -> one.get(field).asText())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private Person opened(String name, String bank) {
    Person person = cast.person(name, bank);
    banks.get(bank).open(person);
    return person;
  }

  private void pay(Movement movement, Instant at) {
    story.send(booked(movement, at));
    banks.get(movement.payee().bank()).credit(movement, at);
  }

  /** Without balances, as files have none. */
  private static BankTransaction booked(Movement movement, Instant at) {
    return BankTransaction.newBuilder(movement.completed(at))
        .setPayer(movement.payer().account())
        .setPayee(movement.payee().account())
        .build();
  }

  private TraceCase newestTrace() {
    return rig.tail("auditor", TraceCase.class, "trace.cases")
        .catchUp()
        .values()
        .filter(one -> one.getClaim().equals(TRACED))
        .max(Comparator.comparingLong(TraceCase::getNumber))
        .orElseThrow();
  }

  /** The trace once it is complete over so many accounts, and so much lies on its last one. */
  private TraceCase traced(int accounts, long lastFen) {
    return story.asTimePasses(
        "complete trace of " + accounts + " accounts",
        60,
        () ->
            rig.tail("auditor", TraceCase.class, "trace.cases")
                .catchUp()
                .values()
                .filter(one -> one.getClaim().equals(TRACED))
                .max(Comparator.comparingLong(TraceCase::getNumber))
                .filter(one -> one.getTotals().getComplete())
                .filter(one -> one.getTotals().getAccounts() == accounts - 1)
                .filter(one -> one.getTotals().getLossFifoFen() == 2_000_000)
                .filter(one -> lies(accounts, lastFen)));
  }

  private boolean lies(int accounts, long fen) {
    return rig.tail("auditor", TraceCase.class, "trace.cases")
        .values()
        .filter(one -> one.getClaim().equals(TRACED))
        .map(TraceCase::getAccount)
        .anyMatch(one -> one.getLevel() == accounts - 1 && there(one) == fen);
  }

  private static long there(TraceAccount account) {
    return account.getRemaining().getFifo().stream().mapToLong(Long::longValue).sum();
  }

  private StopPaymentRequest onAccount(Person person, OrderState state) {
    return onAccount(person.account(), state);
  }

  private StopPaymentRequest onAccount(AccountRef account, OrderState state) {
    return story.asTimePasses(
        "order on account " + account.getAccountToken() + " in state " + state,
        60,
        () ->
            newest(one -> one.getTarget().getAccountToken().equals(account.getAccountToken()))
                .filter(request -> request.getState() == state));
  }

  @Test
  @Order(5)
  void moneyInACircleOrGatheredAgainIsEvidenceAtItsAccount() {
    Person origin = cast.person("Origin", "B01");
    Person second = cast.person("Second of the circle", "B02");
    Person third = cast.person("Third of the circle", "B03");
    Person source = cast.person("Source", "B01");
    Person sink = cast.person("Sink", "B03");
    List<Movement> moved = new ArrayList<>();
    moved.add(new Movement("circle-1", origin, second, 4_000));
    moved.add(new Movement("circle-2", second, third, 3_900));
    moved.add(new Movement("circle-3", third, origin, 3_800));
    for (int i = 0; i < 3; i++) {
      Person between = cast.person("Between " + i, "B02");
      moved.add(new Movement("scatter-" + i, source, between, 1_000 + i));
      moved.add(new Movement("gather-" + i, between, sink, 900 + i));
    }
    Map<String, Instant> times = new TreeMap<>();
    Instant at = story.now().plus(SECOND);
    for (Movement one : moved) {
      at = at.plus(SECOND);
      times.put(one.id(), at);
      story.send(booked(one, at));
    }
    story.advance(MINUTE);

    RuleHit circle = shape("G01", origin, 3);
    assertThat(circle.getEvidence())
        .extracting(Evidence::getEventId)
        .isEqualTo(
            moved.subList(0, 3).stream()
                .map(one -> one.eventId(TransactionPhase.COMPLETED))
                .toList());
    RuleHit gathered = shape("G02", sink, 6);
    assertThat(gathered.getFamily()).isEqualTo(RuleFamily.G);
    assertThat(gathered.getActions()).isEmpty();
    FraudCase scored =
        story.asTimePasses(
            "case with the circle in its score",
            60,
            () ->
                rig.tail("officers", FraudCase.class, "risk.cases")
                    .catchUp()
                    .newest(
                        one ->
                            one.getSubject().equals(origin.accountToken())
                                && one.getShares().stream()
                                    .anyMatch(share -> share.getHitId().equals(circle.getHitId())))
                    .map(Seen::value));
    assertThat(scored.getFamilies()).containsExactly(RuleFamily.M);
    assertThat(scored.getScore()).isLessThan(0.6);
    assertThat(requests().catchUp().values())
        .as("a shape stops nobody")
        .noneMatch(
            one ->
                Set.of(origin.accountToken(), sink.accountToken())
                    .contains(one.getTarget().getAccountToken()));

    Set<String> said = shapeIds();
    moved.forEach(one -> story.send(booked(one, times.get(one.id()))));
    story.advance(MINUTE);
    assertThat(shapeIds()).as("copies of transfers say nothing").isEqualTo(said);
    halfACircle =
        List.of(origin, cast.person("Half of a circle", "B02"), cast.person("Rest", "B03"));
    story.send(booked(new Movement("half-1", halfACircle.get(0), halfACircle.get(1), 500), at));
    story.send(
        booked(
            new Movement("half-2", halfACircle.get(1), halfACircle.get(2), 500), at.plus(SECOND)));
    story.advance(MINUTE);
    say("a circle is G01 at its origin, three between two ends G02 at the sink, scores only");
  }

  @Test
  @Order(8)
  void aShapeIsFoundOverTheRestart() {
    Set<String> said = shapeIds();
    story.send(
        booked(
            new Movement("half-3", halfACircle.get(2), halfACircle.get(0), 500),
            story.now().plus(SECOND)));
    story.advance(Duration.ofSeconds(2));
    RuleHit closed =
        story.asTimePasses(
            "the circle that was half paid before",
            60,
            () ->
                hits()
                    .catchUp()
                    .newest(one -> one.getRuleId().equals("G01") && !said.contains(one.getHitId()))
                    .map(Seen::value));
    assertThat(closed.getKey()).isEqualTo(halfACircle.get(0).accountToken());
    assertThat(closed.getEvidence()).hasSize(3);
    say("half a circle before the kill and its last transfer after it are one G01");
  }

  /** The shape at an account once it has so many transfers. */
  private RuleHit shape(String rule, Person at, int transfers) {
    return story.asTimePasses(
        rule + " of " + transfers + " transfers at " + at.name(),
        60,
        () ->
            hits()
                .catchUp()
                .newest(
                    one ->
                        one.getRuleId().equals(rule)
                            && one.getKey().equals(at.accountToken())
                            && one.getEvidence().size() == transfers)
                .map(Seen::value));
  }

  private Set<String> shapeIds() {
    return hits()
        .catchUp()
        .values()
        .filter(one -> one.getFamily() == RuleFamily.G)
        .map(RuleHit::getHitId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Tail<RuleHit> hits() {
    return rig.tail("auditor", RuleHit.class, "risk.hits");
  }

  @Test
  @Order(6)
  void theAuditOfTheTopicsAndOfTheirExportVerifies() {
    story.advance(MINUTE);
    awaitRoot(audit().catchUp().all().size());
    verified(0);
  }

  @Test
  @Order(7)
  void aRestartGoesOnWithTheSameLivesAndOneChain() {
    StopPaymentRequest ending = newest(of(ENDING)).orElseThrow();
    String caseId = ending.getCaseIds().get(0);
    Set<String> before = lifeIds();
    int entries = audit().catchUp().all().size();

    rig.killJob();
    story.forgetEchoes();
    rig.startBothJobs(SETTINGS);
    story.advance(SECOND);
    story.send(officers.file(caseId, story.now()));
    LifeTransition filed = life(caseId, "FILED");
    assertThat(filed.getFromState()).isEqualTo("EMERGENCY");
    assertThat(lifeIds()).containsAll(before).hasSize(before.size() + 1);
    // Detection knows the order from its record alone, and its cases from its own requests.
    frozen(caseId, ending);
    StopPaymentRequest converted = newest(of(ENDING)).orElseThrow();
    assertThat(converted.getOrderId()).isEqualTo(ending.getOrderId());
    assertThat(converted.getCaseIds()).isEqualTo(ending.getCaseIds());
    story.advance(Duration.ofHours(12));
    story.advance(MINUTE);
    assertThat(newest(of(ENDING)).orElseThrow().getState())
        .as("48 h are over, the freeze stands in its place")
        .isEqualTo(OrderState.CONVERTED);
    assertThat(audited(ending.getOrderId(), "CONVERTED").getChain()).isEqualTo(caseId);
    assertThat(audited(caseId, "FILED").getChain()).isEqualTo(caseId);
    story.advance(MINUTE);
    awaitRoot(audit().catchUp().all().size());

    JsonNode result = verified(entries);
    assertThat(audit().catchUp().values().map(e -> e.getChain() + ":" + e.getSequence()))
        .as("places of the chains")
        .doesNotHaveDuplicates();
    say(
        "killed and started again: FILED and CONVERTED follow in the chain of their case; "
            + result);
  }

  @Test
  @Order(9)
  void frozenMoneyGoesBackByActsThatAgreeWithTheLedger() {
    StopPaymentRequest stopped = stopped(RETURNED, "B02");
    String caseId = stopped.getCaseIds().get(0);
    story.send(officers.file(caseId, story.now()));
    life(caseId, "FILED");
    frozen(caseId, stopped);
    String freeze = caseId + "-freeze";
    // A plan is made anew with each thing that the ledger hears; it may lack something at first.
    RefundPlan plan =
        told(
            "a plan for " + freeze + " that nothing stands against",
            RefundPlan.class,
            "refund.plans",
            one -> one.getFreezeId().equals(freeze),
            one -> one.getObstacles().isEmpty());
    assertThat(plan.getWay()).as("one credit on other money").isEqualTo(RefundWay.TIMESTAMP);
    RefundVictim victim = plan.getVictims().get(0);
    assertThat(victim.getLossFen()).isEqualTo(2_000_000);
    assertThat(victim.getNormalisedFen()).as("no more than is frozen").isEqualTo(1_000_000);

    String refund = caseId + "-refund";
    refund(refund, caseId, "OPENED", "CASE_OFFICER", refund(freeze, victim, 0));
    refund(refund, caseId, "FLOW_TABLE_BUILT", "CASE_OFFICER", refund(freeze, victim, 1_000_000));
    refund(refund, caseId, "FOUND_BY_TIMESTAMP", "CASE_OFFICER", null);
    story.send(
        officers.refund(
            "wrong",
            caseId,
            refund,
            "PREPARED",
            "CASE_OFFICER",
            refund(freeze, victim, 1_000_001),
            story.now()));
    assertThat(alarm(refund, "ACT_REFUSED").getWords()).contains("SUMS_BY_LEDGER", "1000000");
    refund(refund, caseId, "PREPARED", "CASE_OFFICER", refund(freeze, victim, 1_000_000));
    refund(refund, caseId, "APPROVED", "COUNTY_HEAD", null);
    refund(refund, caseId, "SERVED", "CASE_OFFICER", null);
    RefundNotice notice =
        told(
                "notice of " + refund,
                RefundNotice.class,
                "refund.notices",
                RefundNotice::getRefundId,
                refund)
            .orElseThrow();
    assertThat(notice.getSumFen()).isEqualTo(1_000_000);
    for (String event : List.of("BANK_EXAMINES", "BANK_ACCEPTS", "BANK_PAID")) {
      paid(refund, caseId, stopped.getTarget().getBank(), event);
    }
    assertThat(life(refund, "EXECUTED").getObjectId()).isEqualTo(refund);
    assertThat(life(freeze, "RELEASED").getObjectId()).isEqualTo(freeze);
    AccountBooks books =
        story.eventually(
            "books of " + stopped.getTarget().getAccountToken(),
            () ->
                rig.tail("auditor", AccountBooks.class, "refund.books")
                    .catchUp()
                    .newest(one -> one.getAccount().equals(stopped.getTarget().getAccountToken()))
                    .map(Seen::value)
                    .filter(
                        one ->
                            one.getBalances().stream()
                                .anyMatch(balance -> balance.getKind().equals("REFUNDED")))
                    .filter(one -> one.getUnsettledFen() == 0));
    assertThat(books.getSumFen()).isZero();
    assertThat(books.getFaults()).isEmpty();
    assertThat(books.getBalances())
        .extracting(BookBalance::getKind, BookBalance::getFen)
        .as("the freeze took the stop over")
        .containsExactlyInAnyOrder(tuple("AT_LARGE", -1_000_000L), tuple("REFUNDED", 1_000_000L));
    VictimFile file =
        told(
            "file of the victim, paid in part",
            VictimFile.class,
            "refund.victims",
            one -> one.getVictim().equals(victim.getVictim()),
            one -> one.getStatus() == VictimStatus.PAID_IN_PART);
    assertThat(file.getOpenFen()).isEqualTo(1_000_000);
    say("refund by acts: one fen more refused, 10,000 yuan paid, books at zero");
  }

  @Test
  @Order(10)
  void anOfficersExtensionIsTheSecondStopAndAThirdIsRefused() {
    StopPaymentRequest active = stopped(LENGTHENED, "B03");
    StopPaymentReceipt first = receipt(active.getOrderId());
    story.advance(Duration.ofHours(40));

    story.send(officers.extend("extend-1", active, story.now()));
    StopPaymentRequest extended = await(LENGTHENED, OrderState.EXTENDED);
    StopPaymentReceipt second = receipt(EventIds.extensionId(active.getOrderId()));
    assertThat(extended.getOrderId()).as("one life").isEqualTo(active.getOrderId());
    assertThat(second.getResult()).isEqualTo(ReceiptResult.STOPPED);
    assertThat(second.getExpireTime()).isEqualTo(second.getStartTime().plus(Duration.ofHours(48)));
    // The first stop's notice is there already: the second's comes over a topic of its own.
    assertThat(
            told(
                    "a notice of the second stop",
                    RestrictionNotice.class,
                    "restriction.notices",
                    one -> one.getRestrictionId().equals(active.getOrderId()),
                    one -> second.getExpireTime().equals(one.getUntil()))
                .getInForce())
        .isTrue();
    assertThat(banks.get("B03").ordersInLedger())
        .contains(active.getOrderId(), EventIds.extensionId(active.getOrderId()));
    story.advance(Duration.ofHours(9));
    assertThat(story.now()).as("past the first end").isAfter(first.getExpireTime());
    assertThat(newest(of(LENGTHENED)).orElseThrow().getState()).isEqualTo(OrderState.EXTENDED);
    assertThat(banks.get("B03").availableFen(payeeOf(LENGTHENED))).isZero();

    Set<String> sent = banks.get("B03").ordersInLedger();
    story.send(officers.extend("extend-2", extended, story.now()));
    story.advance(MINUTE);
    assertThat(banks.get("B03").ordersInLedger()).as("no third by extension").isEqualTo(sent);
    assertThat(alarm(active.getOrderId(), "ACT_REFUSED").getWords())
        .as("orders' alarms stand where recovery's do")
        .contains("STOP_LIMIT");
    story.advance(Duration.between(story.now(), second.getExpireTime()).plus(SECOND));
    assertThat(await(LENGTHENED, OrderState.EXPIRED).getOrderId()).isEqualTo(active.getOrderId());
    assertThat(banks.get("B03").availableFen(payeeOf(LENGTHENED))).isPositive();

    Person victim = cast.person("Victim " + THIRD, "B01");
    Movement payment = new Movement(THIRD, victim, payeeOf(LENGTHENED), 20_000);
    Instant at = story.now().plus(SECOND);
    pay(payment, at);
    story.advance(SECOND);
    story.send(officers.accept(THIRD, payment, at, story.now()));
    life(caseOf(THIRD), "EMERGENCY");
    story.advance(MINUTE);
    assertThat(newest(of(THIRD))).as("no third by another report").isEmpty();
    assertThat(banks.get("B03").ordersInLedger()).isEqualTo(sent);
    assertThat(audited(active.getOrderId(), "EXTENDED").getChain())
        .isEqualTo(active.getCaseIds().get(0));
    say("extended by a second order to " + second.getExpireTime() + "; a third was refused twice");
  }

  @Test
  @Order(11)
  void aFreezeOnPaperIsPrintedServedAndAnsweredByASignedAct() {
    StopPaymentRequest ended = newest(of(LENGTHENED)).orElseThrow();
    String caseId = ended.getCaseIds().get(0);
    String freeze = caseId + "-freeze";
    story.send(officers.file(caseId, story.now()));
    life(caseId, "FILED");
    sent(caseId, freeze, ended, OrderChannel.PAPER);
    LifeTransition paper =
        story.asTimePasses(
            "paper of " + freeze,
            60,
            () -> lives().catchUp().newest(one -> isAbout(one, freeze)).map(Seen::value));
    assertThat(paper.getState()).isEqualTo("TO_PRINT");
    String id = paper.getObjectId();
    story.advance(Duration.ofMinutes(11));
    assertThat(alarm(id, "OVERDUE").getWords()).contains("our own service level");

    story.send(officers.paper(caseId, id, "PRINTED", null, story.now()));
    life(id, "PRINTED");
    story.send(officers.paper(caseId, id, "SERVED", null, story.now()));
    life(id, "SERVED");
    assertThat(newestLife(freeze, "ACTIVE")).as("nothing is frozen by serving it").isEmpty();
    PaperDetail typed =
        PaperDetail.newBuilder((PaperDetail) paper.getDetail())
            .setAnswer("BANK_FROZE")
            .setAnswerFen(1_000_000)
            .setStartTime(story.now())
            .build();
    story.send(officers.paper(caseId, id, "ANSWERED", typed, story.now()));
    life(id, "ANSWERED");
    FreezeDetail held = (FreezeDetail) life(freeze, "ACTIVE").getDetail();

    assertThat(held.getFrozenFen()).isEqualTo(1_000_000);
    assertThat(held.getStartAt()).isEqualTo(typed.getStartTime());
    assertThat(newest(of(LENGTHENED)).orElseThrow().getState())
        .as("a freeze after the stop's end took nothing over")
        .isEqualTo(OrderState.EXPIRED);
    assertThat(audited(id, "ANSWERED").getChain()).isEqualTo(caseId);
    say("freeze on paper: overdue after 10 min, served by two, in force by the typed answer");
  }

  @Test
  @Order(12)
  void aBanksOwnStopIsOwedAnOrderThatConfirmsItFromItsOwnStart() {
    Person mule = opened("Mule " + STOPPED_ITSELF, "B02");
    Movement payment =
        new Movement(STOPPED_ITSELF, cast.person("Victim " + STOPPED_ITSELF, "B01"), mule, 20_000);
    Instant at = story.now().plus(SECOND);
    pay(payment, at);
    story.advance(MINUTE);
    StopPlaced own = banks.get("B02").stopByItself(mule);
    OwnStop stop =
        new OwnStop(
            UUID.nameUUIDFromBytes(STOPPED_ITSELF.getBytes(StandardCharsets.UTF_8)).toString(),
            own.startTime(),
            own.expireTime(),
            own.balanceBeforeFen(),
            true);
    VictimReport report = Officers.report(STOPPED_ITSELF, payment, at, story.now(), stop);
    story.send(report);
    story.advance(Duration.ofHours(20).plus(MINUTE));
    RecoveryAlarm near =
        told(
                "a warning of the paperwork",
                RecoveryAlarm.class,
                "recovery.alarms",
                RecoveryAlarm::getObjectId,
                STOPPED_ITSELF)
            .orElseThrow();
    assertThat(near.getAlarm()).isEqualTo(PaperworkClock.NEAR);
    assertThat(near.getWords())
        .contains("our own service level", own.startTime().plus(Duration.ofHours(24)).toString());

    story.send(officers.accept(report, story.now()));
    StopPaymentRequest draft = await(STOPPED_ITSELF, OrderState.DRAFT);
    assertThat(draft.getOwnStop()).isEqualTo(stop);
    story.send(officers.signOrder(draft, story.now()));
    StopPaymentRequest active = await(STOPPED_ITSELF, OrderState.ACTIVE);

    StopPaymentOrder order = order("B02", active.getOrderId());
    assertThat(order.getApplicationType()).isEqualTo("04");
    assertThat(order.getOriginalApplicationId()).isEqualTo(stop.getApplicationId());
    StopPaymentReceipt answer = receipt(active.getOrderId());
    assertThat(answer.getStartTime()).isEqualTo(own.startTime());
    assertThat(answer.getBalanceBeforeFen()).isEqualTo(own.balanceBeforeFen());
    assertThat(notice(active.getOrderId(), true).getUntil())
        .isEqualTo(own.startTime().plus(Duration.ofHours(48)));
    story.advance(Duration.between(story.now(), own.startTime().plus(Duration.ofHours(48))));
    await(STOPPED_ITSELF, OrderState.EXPIRED);
    assertThat(banks.get("B02").availableFen(mule)).isPositive();
    assertThat(rig.tail("auditor", RecoveryAlarm.class, "recovery.alarms").catchUp().values())
        .filteredOn(
            alarm ->
                alarm.getObjectId().equals(STOPPED_ITSELF)
                    || alarm.getObjectId().equals(active.getOrderId()))
        .extracting(RecoveryAlarm::getAlarm)
        .contains(PaperworkClock.NEAR)
        .doesNotContain(PaperworkClock.OVERDUE, "OWN_STOP_DIFFERS");
    say("own stop of " + own.startTime() + " confirmed by an order of type 04, 48 h from there");
  }

  private StopPaymentOrder order(String bank, String orderId) {
    return rig.tail("auditor", OrderEnvelope.class, "bank." + bank + ".orders")
        .catchUp()
        .values()
        .map(Envelopes::open)
        .filter(order -> order.getOrderId().equals(orderId))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAbout(LifeTransition life, String object) {
    return life.getDetail() instanceof PaperDetail paper && paper.getAboutId().equals(object);
  }

  /** The case that stands on a report. */
  private String caseOf(String report) {
    return story.asTimePasses(
        "case of report " + report,
        60,
        () ->
            rig.tail("auditor", FraudCase.class, "risk.cases")
                .catchUp()
                .newest(one -> report.equals(one.getReportId()))
                .map(seen -> seen.value().getCaseId()));
  }

  private <T extends SpecificRecord> Optional<T> told(
      String what, Class<T> type, String topic, Function<T, String> key, String wanted) {
    return Optional.of(
        story.asTimePasses(
            what,
            60,
            () ->
                rig.tail("auditor", type, topic)
                    .catchUp()
                    .newest(one -> key.apply(one).equals(wanted))
                    .map(Seen::value)));
  }

  /** The newest record about something, once it says what is waited for. */
  private <T extends SpecificRecord> T told(
      String what, Class<T> type, String topic, Predicate<T> about, Predicate<T> says) {
    return story.asTimePasses(
        what,
        60,
        () ->
            rig.tail("auditor", type, topic).catchUp().newest(about).map(Seen::value).filter(says));
  }

  private void refund(
      String refund, String caseId, String event, String role, RefundDetail detail) {
    story.send(
        officers.refund(refund + ":" + event, caseId, refund, event, role, detail, story.now()));
    Map<String, String> states =
        Map.of("FLOW_TABLE_BUILT", "TRACED", "FOUND_BY_TIMESTAMP", "TIMESTAMP", "SERVED", "ISSUED");
    life(refund, states.getOrDefault(event, event));
  }

  private static RefundDetail refund(String freeze, RefundVictim victim, long fen) {
    RefundShare share =
        RefundShare.newBuilder()
            .setVictim(victim.getVictim())
            .setAccountToken("own-account")
            .setAccountHolder(victim.getVictim())
            .setLossFen(victim.getLossFen())
            .setTracedFen(victim.getTracedFen())
            .setRefundFen(fen)
            .build();
    return RefundDetail.newBuilder()
        .setFreezeId(freeze)
        .setShares(fen == 0 ? List.of() : List.of(share))
        .setEveryHopProved(true)
        .setTimestampsDecide(true)
        .setOwnershipClear(true)
        .build();
  }

  private void paid(String refund, String caseId, String bank, String event) {
    rig.pen("officers")
        .write(
            "recovery.answers",
            refund,
            ChannelAnswer.newBuilder()
                .setAnswerId(refund + ":" + event)
                .setCode("")
                .setChannel(OrderChannel.PAPER)
                .setKind(LifeKind.REFUND)
                .setObjectId(refund)
                .setCaseId(caseId)
                .setApplicationId("")
                .setBank(bank)
                .setEvent(event)
                .setAmountFen(event.equals("BANK_PAID") ? 1_000_000 : 0)
                .setAt(story.now())
                .build());
  }

  /** Officers propose, approve and send a freeze; the platform's twin answers for the bank. */
  private void frozen(String caseId, StopPaymentRequest stopped) {
    String freeze = caseId + "-freeze";
    sent(caseId, freeze, stopped, OrderChannel.PLATFORM);
    assertThat(rig.tail("auditor", RecoveryAlarm.class, "recovery.alarms").catchUp().values())
        .filteredOn(alarm -> alarm.getObjectId().equals(freeze))
        .extracting(RecoveryAlarm::getWords)
        .isEmpty();
    converted(freeze, stopped);
  }

  /** Officers propose, have approved and send a freeze. */
  private void sent(
      String caseId, String freeze, StopPaymentRequest stopped, OrderChannel channel) {
    FreezeDetail detail =
        FreezeDetail.newBuilder()
            .setApplicationId(
                UUID.nameUUIDFromBytes(freeze.getBytes(StandardCharsets.UTF_8)).toString())
            .setTarget(stopped.getTarget())
            .setAuthority("county")
            .setChannel(channel)
            .setMode(FreezeMode.AMOUNT)
            .setAmountFen(1_000_000)
            .setTracedFen(1_000_000)
            .setTraceId(stopped.getReportId())
            .setTermMonths(6)
            .setScope("the amount")
            .setFruits(false)
            .build();
    act(caseId, freeze, "PROPOSED", "CASE_OFFICER", detail);
    act(caseId, freeze, "SUBMITTED", "CASE_OFFICER", null);
    act(caseId, freeze, "REVIEWED", "LEGAL_REVIEWER", null);
    act(caseId, freeze, "APPROVED", "COUNTY_HEAD", detail);
    act(caseId, freeze, "SENT", "CASE_OFFICER", null);
    life(freeze, "SENT");
  }

  private void converted(String freeze, StopPaymentRequest stopped) {
    LifeTransition active = life(freeze, "ACTIVE");
    FreezeDetail held = (FreezeDetail) active.getDetail();
    assertThat(held.getFrozenFen()).isEqualTo(1_000_000);
    assertThat(held.getExpiresAt()).isAfter(held.getStartAt().plus(Duration.ofDays(180)));
    assertThat(held.getDocumentNumber()).as("the statutory system's").startsWith("twin-");
    assertThat(notice(freeze, true).getRestriction()).isEqualTo("FREEZE");
    StopPaymentRequest converted = onAccount(stopped.getTarget(), OrderState.CONVERTED);
    assertThat(converted.getOrderId()).isEqualTo(stopped.getOrderId());
    assertThat(
            requests()
                .values()
                .filter(one -> one.getOrderId().equals(stopped.getOrderId()))
                .map(StopPaymentRequest::getState))
        .as("first on its way, then in its place")
        .containsSubsequence(OrderState.CONVERTING, OrderState.CONVERTED);
    assertThat(notice(stopped.getOrderId(), false).getRestriction()).isEqualTo("STOP_PAYMENT");
    say("freeze by the platform's twin: " + active.getState() + " until " + held.getExpiresAt());
  }

  private void act(String caseId, String freeze, String event, String role, FreezeDetail detail) {
    story.send(officers.decide(caseId, freeze, LifeKind.FREEZE, event, role, detail, story.now()));
  }

  /**
   * By the topics, and by the files of an export. What the last minutes of the story still bring
   * about is covered by the root after it: hence more than one look, none of which may find
   * anything.
   */
  private JsonNode verified(int atLeast) {
    for (int look = 0; ; look++) {
      JsonNode result = verified(atLeast, "audit-" + atLeast + "-" + look);
      if (result.get("uncovered").asLong() == 0) {
        return result;
      }
      assertThat(look).as("looks with entries that no root covers: " + result).isLessThan(5);
      story.advance(MINUTE);
      awaitRoot(audit().catchUp().all().size());
    }
  }

  private JsonNode verified(int atLeast, String name) {
    Zhifu zhifu = rig.zhifu(name);
    Path dir = rig.stack().dir().folder("commands").resolve(name);
    Zhifu.Done ofTopics = zhifu.run("audit", "verify");
    Zhifu.Done exported = zhifu.plain("audit", "export", "--dir", dir.toString());
    Zhifu.Done ofFiles = zhifu.bare("audit", "verify", "--dir", dir.toString());

    assertThat(exported.code()).as(exported.said()).isZero();
    for (Zhifu.Done one : List.of(ofTopics, ofFiles)) {
      assertThat(one.code()).as(one.said()).isZero();
      assertThat(one.result().get("findings")).as(one.said()).isEmpty();
      assertThat(one.result().get("entries").asLong()).isGreaterThan(atLeast);
      assertThat(one.result().get("roots").asLong()).isPositive();
    }
    say(ofFiles.said().strip());
    return ofFiles.result();
  }

  // What the stories are made of.

  /** A victim pays, reports, an officer accepts and signs, the bank stops. */
  private StopPaymentRequest stopped(String name, String bank) {
    Person victim = cast.person("Victim " + name, "B01");
    Person mule = cast.person("Mule " + name, bank, mules(name));
    banks.get(bank).open(mule);
    Movement payment = new Movement(name, victim, mule, 20_000);
    Instant at = story.now().plus(SECOND);
    story.send(payment.completed(at));
    banks.get(bank).credit(payment, at);
    story.advance(SECOND);
    story.send(officers.accept(name, payment, at, story.now()));
    story.send(officers.signOrder(await(name, OrderState.DRAFT), story.now()));
    return await(name, OrderState.ACTIVE);
  }

  private static String mules(String name) {
    return switch (name) {
      case ENDING -> "6200999900000001";
      case RETURNED -> "6200999900000003";
      case LENGTHENED -> "6200999900000004";
      default -> "6200999900000002";
    };
  }

  private Person payeeOf(String name) {
    return cast.person("Mule " + name, name.equals(ENDING) ? "B02" : "B03", mules(name));
  }

  private void answer(String bank, StopPaymentReceipt receipt) {
    rig.pen("bank-" + bank)
        .write(
            "bank." + bank + ".inbound",
            receipt.getOrderId(),
            inbound()
                .catchUp()
                .values()
                .filter(one -> one.getBody() instanceof StopPaymentReceipt)
                .filter(
                    one ->
                        ((StopPaymentReceipt) one.getBody())
                            .getOrderId()
                            .equals(receipt.getOrderId()))
                .findFirst()
                .map(one -> BankInbound.newBuilder(one).setBody(receipt).build())
                .orElseThrow());
  }

  // Waiting for what the jobs say.

  private static Predicate<StopPaymentRequest> of(String report) {
    return request -> report.equals(request.getReportId());
  }

  private Optional<StopPaymentRequest> newest(Predicate<StopPaymentRequest> fits) {
    return requests()
        .catchUp()
        .values()
        .filter(fits)
        .max(Comparator.comparingLong(StopPaymentRequest::getSequence));
  }

  private StopPaymentRequest await(String report, OrderState state) {
    return story.asTimePasses(
        "order of " + report + " in state " + state,
        60,
        () -> newest(of(report)).filter(request -> request.getState() == state));
  }

  private LifeTransition life(String objectId, String state) {
    return story.asTimePasses(
        "life " + objectId + " in state " + state, 60, () -> newestLife(objectId, state));
  }

  private Optional<LifeTransition> newestLife(String objectId, String state) {
    return lives()
        .catchUp()
        .newest(one -> one.getObjectId().equals(objectId) && one.getState().equals(state))
        .map(Seen::value);
  }

  private AuditEntry audited(String objectId, String state) {
    return story.eventually(
        "audit entry of " + objectId + " in state " + state,
        () ->
            audit()
                .catchUp()
                .newest(one -> one.getObjectId().equals(objectId) && one.getState().equals(state))
                .map(Seen::value));
  }

  private RecoveryAlarm alarm(String objectId, String kind) {
    return story.eventually(
        "alarm " + kind + " of " + objectId,
        () ->
            rig.tail("auditor", RecoveryAlarm.class, "recovery.alarms")
                .catchUp()
                .newest(one -> one.getObjectId().equals(objectId) && one.getAlarm().equals(kind))
                .map(Seen::value));
  }

  private RestrictionNotice notice(String restrictionId, boolean inForce) {
    return story.eventually(
        "notice of " + restrictionId,
        () ->
            rig.tail("officers", RestrictionNotice.class, "restriction.notices")
                .catchUp()
                .newest(one -> one.getRestrictionId().equals(restrictionId))
                .map(Seen::value)
                .filter(one -> one.getInForce() == inForce));
  }

  private StopPaymentReceipt receipt(String orderId) {
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

  /** A root leaves with the first tick of a minute, and is seen after a checkpoint. */
  private void awaitRoot(int entries) {
    story.asTimePasses(
        "a root over " + entries + " entries",
        120,
        () -> {
          long covered =
              roots()
                  .catchUp()
                  .values()
                  .flatMap(root -> root.getChanged().stream())
                  .collect(
                      Collectors.toMap(
                          head -> head.getChain(), head -> head.getSequence(), Math::max))
                  .values()
                  .stream()
                  .mapToLong(Long::longValue)
                  .sum();
          return covered >= entries && covered == audit().catchUp().all().size()
              ? Optional.of(true)
              : Optional.empty();
        });
  }

  private Set<String> lifeIds() {
    return lives()
        .catchUp()
        .values()
        .map(one -> one.getObjectId() + ":" + one.getSequence() + ":" + one.getState())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> ids(Tail<StopPaymentRequest> requests) {
    return requests
        .catchUp()
        .values()
        .map(one -> one.getOrderId() + ":" + one.getSequence() + ":" + one.getState())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Tail<StopPaymentRequest> requests() {
    return rig.tail("officers", StopPaymentRequest.class, "stop.requests");
  }

  private Tail<LifeTransition> lives() {
    return rig.tail("officers", LifeTransition.class, "recovery.lives");
  }

  private Tail<AuditEntry> audit() {
    return rig.tail("auditor", AuditEntry.class, "audit.entries");
  }

  private Tail<AuditRoot> roots() {
    return rig.tail("auditor", AuditRoot.class, "audit.roots");
  }

  private Tail<BankInbound> inbound() {
    return rig.tail(
        "auditor",
        BankInbound.class,
        Stream.of("B01", "B02", "B03").map(bank -> "bank." + bank + ".inbound").toList());
  }

  private static void say(String what) {
    System.out.println("  proved: " + what);
  }
}
