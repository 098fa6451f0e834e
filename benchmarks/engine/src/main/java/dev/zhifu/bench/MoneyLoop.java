package dev.zhifu.bench;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.io.FollowOnReading;
import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.jobs.orders.OrderInput;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.jobs.trace.TraceTopology;
import dev.zhifu.rules.money.trace.Codec;
import dev.zhifu.schemas.crypto.AuthorisationSubject;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FollowOn;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.StandingAuthorisation;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.workload.City;
import dev.zhifu.workload.EventSink;
import dev.zhifu.workload.OfficerActDraft;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction.SourceContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;

/**
 * The closed loop: a city, the job, banks and officers, step by step. The city lives a step; the
 * job hears of it and says all that it has to say; the city, its banks and its officers hear that;
 * then the next step. Nothing is decided by the speed of the machine (ADR-0093).
 */
final class MoneyLoop {
  /**
   * Covers follow-on stops in the standing authorisation: no rule's id, so that it cannot clash.
   */
  static final String TRACE = "TRACE";

  private static final String REPORT = "REPORT";
  private static final long LATENESS_MS = 60_000;
  private static final int HISTORY_BATCH = 200;
  private static final long TICK_EVERY_MS = 10_000;
  private static final int DEMO_OFFICERS = 4;

  private final City city;
  private final MoneyPoint point;
  private final List<String> authorised;
  private final MoneyBanks banks;
  private final TracedAccounts stated = new TracedAccounts();
  private final Map<String, StopPaymentRequest> open = new HashMap<>();
  private final Map<String, StopPaymentRequest> newest = new TreeMap<>();
  private final Map<String, Integer> signedByOrigin = new TreeMap<>();
  private final Set<String> traced = new HashSet<>();
  private final List<AccountRecord> sides = new ArrayList<>();
  private final List<OfficerActDraft> decided = new ArrayList<>();
  private final List<TraceClaim> claims = new ArrayList<>();
  private MoneyHub hub;
  private boolean pending;
  private long mark;
  private long events;
  private long steps;

  /**
   * A loop.
   *
   * @param city not begun yet
   * @param authorised rules that the standing authorisation covers besides reports and the trace
   */
  MoneyLoop(City city, MoneyPoint point, List<String> authorised, int engineLatencyMs, long seed) {
    this.city = city;
    this.point = point;
    this.authorised = new ArrayList<>(List.of(REPORT, TRACE));
    this.authorised.addAll(authorised);
    this.banks = new MoneyBanks(city, point, engineLatencyMs, seed);
  }

  City city() {
    return city;
  }

  MoneyBanks banks() {
    return banks;
  }

  TracedAccounts stated() {
    return stated;
  }

  /** Newest state of every order, by its id. */
  Map<String, StopPaymentRequest> orders() {
    return newest;
  }

  /** Orders signed, by what they rest on. */
  Map<String, Integer> signedByOrigin() {
    return signedByOrigin;
  }

  long events() {
    return events;
  }

  long steps() {
    return steps;
  }

  /** Lives the city to its end. */
  void live(MoneyHub hub, SourceContext<MoneyFed> context, BooleanSupplier running)
      throws InterruptedException {
    this.hub = hub;
    Feeder feeder = new Feeder(context);
    control(OrderControl.readBackDone(Map.of()));
    city.lists().forEach(entry -> control(OrderControl.list(entry, "", 0)));
    city.history(feeder);
    feeder.live = true;
    events = 0;
    StandingAuthorisation authorisation = authorisation(city.start(), city.end());
    long ticked = 0;
    while (running.getAsBoolean() && !city.finished()) {
      long now = city.step(feeder).toEpochMilli();
      steps++;
      Watermark reached = new Watermark(now - LATENESS_MS);
      synchronized (context.getCheckpointLock()) {
        context.emitWatermark(reached);
      }
      hear(reached.getTimestamp(), now);
      trace();
      followOns(feeder, reached.getTimestamp(), now);
      orders(now);
      if (now - ticked >= TICK_EVERY_MS || city.finished()) {
        ticked = now;
        tick(now, authorisation);
      }
    }
    synchronized (context.getCheckpointLock()) {
      context.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  /** What detection has said of this step. */
  private void hear(long reached, long now) throws InterruptedException {
    hub.await(MoneyHub.Stream.DECISIONS, reached);
    hub.await(MoneyHub.Stream.WARNINGS, reached);
    hub.await(MoneyHub.Stream.HOLDS, reached);
    hub.await(MoneyHub.Stream.PROPOSALS, reached);
    hub.take(TransferDecision.class).forEach(city::decided);
    hub.take(VictimWarning.class).forEach(city::warned);
    List<RiskHold> holds = hub.take(RiskHold.class);
    // Two streams in one sink: their order among each other is the machine's.
    holds.sort(Comparator.comparing(RiskHold::getHoldId).thenComparing(RiskHold::getSequence));
    holds.forEach(hold -> banks.hold(hold, now));
  }

  /** Accepted reports and live hops to their ends, wave by wave. */
  private void trace() throws InterruptedException {
    if (claims.isEmpty() && !pending) {
      return;
    }
    for (AccountRecord side : sides) {
      hub.feed(MoneyHub.Fed.side(side));
    }
    sides.clear();
    for (TraceClaim claim : claims) {
      claim
          .act()
          .getReport()
          .getTransfers()
          .forEach(transfer -> traced.add(transfer.getPayee().getAccountToken()));
      hub.feed(MoneyHub.Fed.claim(claim));
    }
    claims.clear();
    do {
      pending = false;
      mark++;
      hub.feed(MoneyHub.Fed.mark(mark));
      hub.await(MoneyHub.Stream.HOPS, mark);
      hub.await(MoneyHub.Stream.STATEMENTS, mark);
      hub.await(MoneyHub.Stream.FOLLOW_ONS, mark);
      for (MoneyHub.Hop said : hub.take(MoneyHub.Hop.class)) {
        hop(said.message());
      }
      for (MoneyHub.Statement said : hub.take(MoneyHub.Statement.class)) {
        this.stated.take(Codec.statement(said.said().statement()));
      }
    } while (pending);
  }

  /** What the trace asks for, to scoring, and what scoring makes of it. */
  private void followOns(Feeder feeder, long reached, long now) throws InterruptedException {
    List<FollowOn> asked = hub.take(FollowOn.class);
    if (asked.isEmpty()) {
      return;
    }
    asked.sort(
        Comparator.comparing(FollowOn::getClaim)
            .thenComparing(ask -> ask.getTarget().getAccountToken())
            .thenComparing(FollowOn::getRevision));
    asked.forEach(feeder::followOn);
    // Between this step's mark and the next one's, a second apart at least.
    feeder.mark(reached + 1);
    hear(reached + 1, now);
  }

  private void hop(AccountRecord message) {
    traced.add(message.key());
    pending = true;
    hub.feed(MoneyHub.Fed.hop(message));
  }

  /** Proposals, officers' decisions and banks' answers to stop-orders. */
  private void orders(long now) throws InterruptedException {
    List<OrderInput> inputs = new ArrayList<>();
    for (StopProposal proposal : hub.take(StopProposal.class)) {
      inputs.add(OrderInput.proposal(proposal));
    }
    banks.answers(now).forEach(receipt -> inputs.add(OrderInput.receipt(receipt)));
    for (OfficerActDraft draft : decided) {
      OfficerAct act = signed(draft);
      if (act != null) {
        inputs.add(OrderInput.act(act));
      }
    }
    decided.clear();
    if (!inputs.isEmpty()) {
      inputs.forEach(input -> hub.feed(MoneyHub.Fed.input(input)));
      mark++;
      hub.feed(MoneyHub.Fed.input(MarkedOrders.inputMark(mark)));
      hub.await(MoneyHub.Stream.ORDER_INPUTS, mark);
      carryOut(now);
    }
  }

  private void tick(long now, StandingAuthorisation authorisation) throws InterruptedException {
    Instant at = Instant.ofEpochMilli(now);
    if (point.authorisation()) {
      control(
          OrderControl.authorisation(
              StandingAuthorisation.newBuilder(authorisation).setRenewedAt(at).build(), "", 0));
    }
    control(OrderControl.tick(new ClockTick(at, steps, "bench", false), "", 0));
    mark++;
    control(MarkedOrders.controlMark(mark));
    hub.await(MoneyHub.Stream.ORDER_CONTROLS, mark);
    carryOut(now);
  }

  private void control(OrderControl control) {
    hub.feed(MoneyHub.Fed.control(control));
  }

  /** Requests to the desk, orders to the banks. */
  private void carryOut(long now) {
    for (StopPaymentRequest request : hub.take(StopPaymentRequest.class)) {
      if (request.getState() == OrderState.DRAFT) {
        open.put(request.getOrderId(), request);
      }
      if (request.getState() == OrderState.SIGNED) {
        signedByOrigin.merge(request.getOrigin().name(), 1, Integer::sum);
      }
      newest.put(request.getOrderId(), request);
      city.requested(request);
    }
    hub.take(AddressedOrder.class).forEach(order -> banks.order(order, now));
  }

  /** The act with its officer's signature; null for one that a desk would not offer. */
  private OfficerAct signed(OfficerActDraft draft) {
    StopPaymentRequest request = open.get(draft.objectId());
    String officer = officer(draft.officerId());
    OfficerAct act = act(draft, officer);
    if (draft.kind() != ActKind.SIGN_ORDER) {
      return Signatures.sign(act, DemoKeys.person(officer));
    }
    boolean possible =
        request != null
            && request.getBankTransactionId() != null
            && request.getTarget().getCipher() != null;
    return possible
        ? Signatures.signOrder(act, AuthorisationSubject.of(request), DemoKeys.person(officer))
        : null;
  }

  /** The demo has keys for four officers; more of them share these. */
  private static String officer(String id) {
    int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
    return "officer-" + ((number - 1) % DEMO_OFFICERS + 1);
  }

  private static OfficerAct act(OfficerActDraft draft, String officer) {
    return OfficerAct.newBuilder()
        .setActId(draft.actId())
        .setKind(draft.kind())
        .setOfficerId(officer)
        .setRole(draft.role())
        .setAt(draft.at())
        .setObjectId(draft.objectId())
        .setAccountToken(draft.accountToken())
        .setReason(draft.reason())
        .setReport(draft.report())
        .setDocuments(List.of())
        .setKeyId("")
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** As wide as the demo's, and with limits that no city of this size reaches. */
  private StandingAuthorisation authorisation(Instant from, Instant to) {
    StandingAuthorisation draft =
        StandingAuthorisation.newBuilder()
            .setAuthorisationId("bench-standing-1")
            .setRevision(1)
            .setOfficerId(DemoKeys.AUTHORISER)
            .setRules(authorised)
            .setMinScore(0.8)
            .setMaxAmountFen(200_000_000)
            .setAccountKinds(List.of(AccountKind.PERSONAL))
            .setMaxOrdersPerHour(100_000)
            .setMaxOrdersPerBankDay(100_000)
            .setMaxOrdersPerDay(100_000)
            .setMaxFenPerDay(Long.MAX_VALUE / 2)
            .setMaxFenPerHour(Long.MAX_VALUE / 2)
            .setMaxFenPerBankDay(Long.MAX_VALUE / 2)
            .setValidFrom(from.minus(Duration.ofHours(1)))
            .setValidTo(to.plus(Duration.ofDays(1)))
            .setLegalOpinion("BENCH-OPINION-1")
            .setRenewedAt(from)
            .setKeyId("")
            .setSignature(ByteBuffer.allocate(0))
            .build();
    return Signatures.sign(draft, DemoKeys.person(DemoKeys.AUTHORISER));
  }

  /** Passes on what the city sends. */
  private final class Feeder implements EventSink, Collector<AccountRecord> {
    private final SourceContext<MoneyFed> context;
    private boolean live;

    Feeder(SourceContext<MoneyFed> context) {
      this.context = context;
    }

    /** One side of a movement. */
    @Override
    public void collect(AccountRecord side) {
      sides.add(side);
      pending |= traced.contains(side.key());
    }

    @Override
    public void close() {
      // Nothing is held.
    }

    void followOn(FollowOn asked) {
      send(new MoneyFed(null, null, FollowOnReading.input(asked)), 0);
    }

    void mark(long watermark) {
      synchronized (context.getCheckpointLock()) {
        context.emitWatermark(new Watermark(watermark));
      }
    }

    @Override
    public void transaction(BankTransaction event) {
      TraceTopology.split(event, this);
      send(EnrichedEvents.of(event));
    }

    @Override
    public void access(BankAccessEvent event) {
      send(EnrichedEvents.of(event));
    }

    @Override
    public void telecom(TelecomEvent event) {
      send(EnrichedEvents.of(event));
    }

    @Override
    public void officerAct(OfficerActDraft draft) {
      if (draft.kind() == ActKind.ACCEPT_REPORT) {
        // The job checks an act's signature where it decodes it; here it is the city's own.
        send(
            new MoneyFed(null, act(draft, officer(draft.officerId())), null),
            draft.at().toEpochMilli());
        String claim = draft.report().getReportId();
        claims.add(new TraceClaim(claim, claim, act(draft, officer(draft.officerId()))));
      } else {
        decided.add(draft);
      }
    }

    private void send(EnrichedEvent event) {
      long at = event.getOccurredAt().toEpochMilli();
      send(new MoneyFed(event, null, null), at);
      events++;
      if (!live && events % HISTORY_BATCH == 0) {
        synchronized (context.getCheckpointLock()) {
          context.emitWatermark(new Watermark(at - LATENESS_MS));
        }
      }
    }

    private void send(MoneyFed fed, long at) {
      synchronized (context.getCheckpointLock()) {
        context.collectWithTimestamp(fed, at);
      }
    }
  }
}
