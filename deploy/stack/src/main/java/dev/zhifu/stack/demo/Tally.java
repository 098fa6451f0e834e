package dev.zhifu.stack.demo;

import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.OrderOrigin;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentOrder;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.TransactionPhase;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimFile;
import dev.zhifu.wire.VictimWarning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What stands on the topics of a run, counted from the records alone. Copies of one message count
 * once; of several revisions of a hit the highest counts. Not for several threads.
 */
final class Tally {
  private final Instant liveFrom;
  private final SentTimes sent = new SentTimes();
  private final Map<String, Instant> unanswered = new HashMap<>();
  private final Map<String, Hit> hits = new HashMap<>();
  private final Set<String> cases = new HashSet<>();
  private final Map<String, DecisionKind> decisions = new HashMap<>();
  private final Set<String> holds = new HashSet<>();
  private final Map<String, String> holdResults = new TreeMap<>();
  private final Map<String, Request> requests = new HashMap<>();
  private final Map<String, Long> orders = new HashMap<>();
  private final Map<String, String> receipts = new HashMap<>();
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Set<String> warnings = new HashSet<>();
  private final Latencies decisionLatency = new Latencies();
  private final HoldLifts lifts = new HoldLifts();
  private final Latencies requestLatency = new Latencies();
  private final Latencies orderLatency = new Latencies();
  private Instant cityTime = Instant.MIN;
  private long history;
  private long events;
  private long firstEventMs = Long.MAX_VALUE;
  private long lastEventMs;
  private long firstOrderMs = Long.MAX_VALUE;
  private Instant firstOrderAt;
  private long stoppedBalanceFen;
  private final Map<String, Long> frozenFen = new HashMap<>();
  private final Map<String, Paid> refunds = new HashMap<>();
  private final Map<String, LifeTransition> lives = new HashMap<>();
  private final Map<String, VictimFile> victims = new TreeMap<>();
  private final Map<String, String> refused = new TreeMap<>();

  /**
   * @param liveFrom event time from which events are live; older ones are history
   */
  Tally(Instant liveFrom) {
    this.liveFrom = liveFrom;
  }

  // --- inputs
  // -------------------------------------------------------------------------------------------------------

  void event(String id, Instant at, OptionalLong sentMs, long appendedMs) {
    if (at.isBefore(liveFrom)) {
      history++;
      return;
    }
    events++;
    firstEventMs = Math.min(firstEventMs, appendedMs);
    lastEventMs = Math.max(lastEventMs, appendedMs);
    sent.note(id, sentMs);
  }

  void transaction(BankTransaction event, OptionalLong sentMs, long appendedMs) {
    event(event.getEventId(), event.getOccurredAt(), sentMs, appendedMs);
    if (event.getPhase() == TransactionPhase.AWAITING
        && !decisions.containsKey(event.getEventId())) {
      unanswered.put(event.getEventId(), event.getAnswerBy());
    }
  }

  void act(OfficerAct act, OptionalLong sentMs) {
    sent.note(act.getActId(), sentMs);
    if (act.getKind() == ActKind.ACCEPT_REPORT) {
      sent.note(act.getObjectId(), sentMs);
    }
  }

  void tick(ClockTick tick) {
    cityTime = tick.getAt().isAfter(cityTime) ? tick.getAt() : cityTime;
  }

  // --- outputs
  // ------------------------------------------------------------------------------------------------------

  void hit(RuleHit hit, long appendedMs) {
    lifts.hit(hit, appendedMs);
    hits.merge(
        hit.getHitId(),
        new Hit(hit.getRuleId(), hit.getRevision(), hit.getHolds()),
        (old, next) -> next.revision() > old.revision() ? next : old);
  }

  void caseChange(FraudCase change) {
    cases.add(change.getCaseId());
  }

  /**
   * One transition of recovery. What a freeze held at any time was frozen; of a refund the newest
   * transition says what was paid.
   */
  void life(LifeTransition change) {
    lives.merge(
        change.getObjectId(),
        change,
        (old, next) -> next.getSequence() > old.getSequence() ? next : old);
    if (change.getDetail() instanceof FreezeDetail freeze) {
      frozenFen.merge(change.getObjectId(), freeze.getFrozenFen(), Math::max);
    } else if (change.getDetail() instanceof RefundDetail refund) {
      refunds.merge(
          change.getObjectId(),
          new Paid(change.getSequence(), refund.getPaidFen()),
          (old, next) -> next.sequence() > old.sequence() ? next : old);
    }
  }

  private record Paid(long sequence, long fen) {}

  /** Frozen by banks at our request, whoever's money it is, fen. */
  long frozenFen() {
    return frozenFen.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Refunds paid to victims, fen. */
  long refundedFen() {
    return refunds.values().stream().mapToLong(Paid::fen).sum();
  }

  /** Newest states of the lives of one kind, each with how many are in it. */
  Map<String, Long> livesByState(LifeKind kind) {
    Map<String, Long> byState = new TreeMap<>();
    lives.values().stream()
        .filter(life -> life.getKind() == kind)
        .forEach(life -> byState.merge(life.getState(), 1L, Long::sum));
    return byState;
  }

  /** A victim's file; the last one read is the newest. */
  void victim(VictimFile file) {
    victims.put(file.getVictim(), file);
  }

  /** Victims with an accepted report. */
  Collection<VictimFile> victims() {
    return victims.values();
  }

  /** What recovery wants a person to look at; only what it turned away is counted. */
  void alarm(RecoveryAlarm alarm) {
    if (alarm.getAlarm().equals("ACT_REFUSED") || alarm.getAlarm().equals("ANSWER_OUT_OF_PLACE")) {
      refused.putIfAbsent(alarm.getAlarmId(), alarm.getWords());
    }
  }

  /** Why recovery turned acts and answers away, whoever's: its words, one each. */
  Collection<String> refused() {
    return refused.values();
  }

  void warning(VictimWarning warning) {
    warnings.add(warning.getWarningId());
  }

  void decision(TransferDecision decision, long appendedMs) {
    if (decisions.putIfAbsent(decision.getEventId(), decision.getDecision()) == null) {
      unanswered.remove(decision.getEventId());
      sent.of(decision.getEventId()).ifPresent(at -> decisionLatency.add(appendedMs - at));
    }
  }

  void hold(RiskHold hold, long appendedMs) {
    lifts.hold(hold, appendedMs);
    if (hold.getAction() == HoldAction.PLACE) {
      holds.add(hold.getHoldId());
    }
  }

  void request(StopPaymentRequest request, long appendedMs) {
    Request known = requests.get(request.getOrderId());
    if (known == null) {
      sent.of(request.getCause()).ifPresent(at -> requestLatency.add(appendedMs - at));
    }
    if (known == null || request.getSequence() > known.sequence()) {
      requests.put(request.getOrderId(), Request.of(request, known));
    }
  }

  void order(OrderEnvelope envelope, long appendedMs) {
    StopPaymentOrder order = read(envelope);
    if (order != null && orders.putIfAbsent(order.getOrderId(), appendedMs) == null) {
      if (appendedMs < firstOrderMs) {
        firstOrderMs = appendedMs;
        firstOrderAt = order.getApplicationTime();
      }
    }
  }

  private static StopPaymentOrder read(OrderEnvelope envelope) {
    ByteBuffer payload = envelope.getPayload().duplicate();
    try {
      return StopPaymentOrder.fromByteBuffer(payload);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  void inbound(BankInbound inbound) {
    if (inbound.getBody() instanceof StopPaymentReceipt receipt) {
      receipt(receipt);
    } else if (inbound.getBody() instanceof RiskHoldOutcome outcome) {
      holdResults.put(outcome.getHoldId(), outcome.getResult().toString());
    }
  }

  private void receipt(StopPaymentReceipt receipt) {
    String key = receipt.getOrderId() + receipt.getPayloadSha256();
    if (receipts.putIfAbsent(key, receipt.getResult().toString()) == null
        && receipt.getBalanceBeforeFen() != null) {
      stoppedBalanceFen += receipt.getBalanceBeforeFen();
    }
  }

  void deadLetter(DeadLetter letter) {
    deadLetters.merge(letter.getReason().toString(), 1L, Long::sum);
  }

  /** Works out what needs all records: how long orders took. Call once, after the last record. */
  void close() {
    orders.forEach(
        (orderId, appendedMs) -> {
          Request request = requests.get(orderId);
          if (request != null) {
            orderStart(request).ifPresent(at -> orderLatency.add(appendedMs - at));
          }
        });
  }

  /**
   * An order waits for the last thing it needs: the acceptance of its report, or what came after it
   * and caused the signature, such as an officer's act or the next hop.
   */
  private OptionalLong orderStart(Request request) {
    OptionalLong accepted = sent.of(request.reportId());
    OptionalLong cause = sent.of(request.cause());
    if (accepted.isPresent() && cause.isPresent()) {
      return OptionalLong.of(Math.max(accepted.getAsLong(), cause.getAsLong()));
    }
    return cause.isPresent() ? cause : accepted;
  }

  // --- figures
  // ------------------------------------------------------------------------------------------------------

  Instant cityTime() {
    return cityTime;
  }

  long events() {
    return events;
  }

  long history() {
    return history;
  }

  /** Live events a second of wall time between the first and the last. */
  double eventsPerSecond() {
    return lastEventMs <= firstEventMs ? 0 : events * 1000.0 / (lastEventMs - firstEventMs);
  }

  Map<String, Long> hitsByRule() {
    Map<String, Long> byRule = new TreeMap<>();
    hits.values().stream()
        .filter(Hit::holds)
        .forEach(hit -> byRule.merge(hit.ruleId(), 1L, Long::sum));
    return byRule;
  }

  long retractedHits() {
    return hits.values().stream().filter(hit -> !hit.holds()).count();
  }

  long cases() {
    return cases.size();
  }

  long warnings() {
    return warnings.size();
  }

  long decisions(DecisionKind kind) {
    return decisions.values().stream().filter(kind::equals).count();
  }

  /**
   * Awaiting transfers whose time is over by the newest tick and that got no answer: they passed.
   */
  long unanswered() {
    return unanswered.values().stream().filter(by -> by.isBefore(cityTime)).count();
  }

  long riskHolds() {
    return holds.size();
  }

  Map<String, Long> holdResults() {
    return count(holdResults);
  }

  long requests() {
    return requests.size();
  }

  long orders() {
    return orders.size();
  }

  Map<String, Long> ordersByOrigin() {
    Map<String, Long> byOrigin = new TreeMap<>();
    for (OrderOrigin origin : OrderOrigin.values()) {
      byOrigin.put(origin.name().toLowerCase(java.util.Locale.ROOT), 0L);
    }
    orders.keySet().stream()
        .map(requests::get)
        .filter(java.util.Objects::nonNull)
        .forEach(
            request ->
                byOrigin.merge(
                    request.origin().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum));
    return byOrigin;
  }

  Map<String, Long> ordersByState() {
    Map<String, Long> byState = new TreeMap<>();
    requests.values().forEach(request -> byState.merge(request.state().name(), 1L, Long::sum));
    return byState;
  }

  Map<String, Long> receiptsByResult() {
    return count(receipts);
  }

  private static Map<String, Long> count(Map<String, String> values) {
    Map<String, Long> counts = new TreeMap<>();
    values.values().forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  Map<String, Long> deadLettersByReason() {
    return Map.copyOf(deadLetters);
  }

  long deadLetters() {
    return deadLetters.values().stream().mapToLong(Long::longValue).sum();
  }

  long stoppedBalanceFen() {
    return stoppedBalanceFen;
  }

  /** Append time of the first live event; empty before it. */
  OptionalLong firstEventMs() {
    return events == 0 ? OptionalLong.empty() : OptionalLong.of(firstEventMs);
  }

  /** City time that the first order names; null when there is none. */
  Instant firstOrderAt() {
    return firstOrderAt;
  }

  /** Append time of the first order; empty when there is none. */
  OptionalLong firstOrderMs() {
    return orders.isEmpty() ? OptionalLong.empty() : OptionalLong.of(firstOrderMs);
  }

  /** Holds taken back. */
  HoldLifts lifts() {
    return lifts;
  }

  Latencies decisionLatency() {
    return decisionLatency;
  }

  Latencies requestLatency() {
    return requestLatency;
  }

  Latencies orderLatency() {
    return orderLatency;
  }

  private record Hit(String ruleId, int revision, boolean holds) {}

  /**
   * The newest state of an order.
   *
   * @param cause what caused its signature; null while it has none
   */
  private record Request(
      long sequence, OrderOrigin origin, String reportId, OrderState state, String cause) {
    static Request of(StopPaymentRequest request, Request before) {
      String earlier = before == null ? null : before.cause();
      return new Request(
          request.getSequence(),
          request.getOrigin(),
          request.getReportId(),
          request.getState(),
          request.getState() == OrderState.SIGNED ? request.getCause() : earlier);
    }
  }
}
