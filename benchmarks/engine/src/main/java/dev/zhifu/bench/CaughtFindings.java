package dev.zhifu.bench;

import dev.zhifu.jobs.backtest.CityScore;
import dev.zhifu.jobs.score.ActionTier;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.HoldAction;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import dev.zhifu.workload.City;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the engine said of one city. Its job runs in this JVM: source and sinks find their run by
 * its id.
 */
final class CaughtFindings implements AutoCloseable {
  private static final Map<Long, CaughtFindings> RUNS = new ConcurrentHashMap<>();
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Id id = new Id(COUNTER.incrementAndGet());
  private final City city;
  private final ScoreSettings settings;
  private final CityScore score;
  private final List<CaseAlert> alerts = new ArrayList<>();
  private final List<VictimWarning> warnings = new ArrayList<>();
  private final Map<String, RiskHold> holds = new LinkedHashMap<>();
  private final Map<String, TransferDecision> heldTransfers = new LinkedHashMap<>();
  private final Map<String, StopPaymentRequest> orders = new LinkedHashMap<>();
  private final Map<String, RuleHit> hits = new LinkedHashMap<>();
  private final Map<String, RuleHit> raised = new LinkedHashMap<>();
  private final Map<String, Long> liftedAt = new HashMap<>();
  private final Map<String, List<FraudCase>> reachedHold = new HashMap<>();
  private final Map<String, Asked> asked = new HashMap<>();
  private long requests;
  private long events;
  private long watermark = Long.MIN_VALUE;

  /** Names a run. */
  record Id(long number) implements Serializable {}

  /**
   * A case at the tier of an action.
   *
   * @param caseId the case
   * @param kind of subject
   * @param subject token
   * @param atMs event time of its newest evidence
   * @param rules behind it
   */
  record CaseAlert(
      String caseId, SubjectKind kind, String subject, long atMs, List<String> rules) {}

  /**
   * Whom an awaiting payment concerns, by tokens; each may be null.
   *
   * @param payerHolder who pays
   * @param payerAccount from where
   * @param payeeAccount to where
   */
  record Asked(String payerHolder, String payerAccount, String payeeAccount) {
    static final Asked UNKNOWN = new Asked(null, null, null);
  }

  private CaughtFindings(City city, ScoreSettings settings) {
    this.city = city;
    this.settings = settings;
    this.score = new CityScore(settings);
  }

  static CaughtFindings start(City city, ScoreSettings settings) {
    CaughtFindings findings = new CaughtFindings(city, settings);
    RUNS.put(findings.id.number(), findings);
    return findings;
  }

  /**
   * The run of that id.
   *
   * @throws IllegalStateException when the job does not run in the JVM that started it
   */
  static CaughtFindings of(Id id) {
    CaughtFindings findings = RUNS.get(id.number());
    if (findings == null) {
      throw new IllegalStateException("no run " + id.number() + " in this JVM; start it here");
    }
    return findings;
  }

  Id id() {
    return id;
  }

  City city() {
    return city;
  }

  /** Event time up to which the engine has said all that it has to say. */
  synchronized void reached(long mark) {
    watermark = Math.max(watermark, mark);
    notifyAll();
  }

  synchronized void await(long mark) throws InterruptedException {
    while (watermark < mark) {
      wait();
    }
  }

  /** Live events that the city sent. */
  synchronized void count(long sent) {
    events = sent;
  }

  /** A live transaction was sent. */
  synchronized void sent(BankTransaction transaction) {
    score.seen(transaction);
  }

  /** Takes truth and gives the figures that back-tests give. */
  CityScore score() {
    return score;
  }

  /** An awaiting payment was sent. */
  synchronized void asked(BankTransaction awaiting) {
    AccountRef payer = awaiting.getPayer();
    AccountRef payee = awaiting.getPayee();
    asked.put(
        awaiting.getEventId(),
        new Asked(
            payer == null ? null : payer.getHolderToken(),
            payer == null ? null : payer.getAccountToken(),
            payee == null ? null : payee.getAccountToken()));
  }

  synchronized void changed(FraudCase change) {
    score.changed(change);
    if (change.getScore() >= settings.holdScore()) {
      reachedHold
          .computeIfAbsent(
              key(change.getSubjectKind(), change.getSubject()), any -> new ArrayList<>())
          .add(change);
    }
    // A case that a victim's own statement opened is no find of ours.
    boolean found =
        change.getReportId() == null
            && change.getShares().stream()
                .map(ScoreShare::getRuleId)
                .anyMatch(r -> r.length() == 3);
    if (found && !ActionTier.reached(change, settings).isEmpty()) {
      alerts.add(
          new CaseAlert(
              change.getCaseId(),
              change.getSubjectKind(),
              change.getSubject(),
              change.getOccurredAt().toEpochMilli(),
              change.getShares().stream().map(ScoreShare::getRuleId).sorted().toList()));
    }
  }

  synchronized void warned(VictimWarning warning) {
    if (warning.getHolds()) {
      warnings.add(warning);
    }
  }

  synchronized void held(RiskHold hold) {
    if (hold.getAction() == HoldAction.PLACE) {
      holds.putIfAbsent(hold.getHoldId(), hold);
    } else {
      liftedAt.putIfAbsent(hold.getHoldId(), hold.getOccurredAt().toEpochMilli());
    }
  }

  synchronized void decided(TransferDecision decision) {
    if (decision.getDecision() == DecisionKind.HOLD) {
      heldTransfers.putIfAbsent(decision.getEventId(), decision);
    }
  }

  synchronized void requested(StopPaymentRequest request) {
    if (request.getSequence() == 1) {
      requests++;
    }
    if (request.getState() == OrderState.SIGNED) {
      orders.putIfAbsent(request.getOrderId(), request);
    }
  }

  /** A revision of a hit, final or not. */
  synchronized void raised(RuleHit hit) {
    if (hit.getHolds()) {
      raised.putIfAbsent(hit.getHitId(), hit);
    }
  }

  synchronized void hit(RuleHit hit) {
    hits.putIfAbsent(hit.getHitId(), hit);
  }

  synchronized List<CaseAlert> alerts() {
    return List.copyOf(alerts);
  }

  synchronized List<VictimWarning> warnings() {
    return List.copyOf(warnings);
  }

  synchronized List<RiskHold> holds() {
    return List.copyOf(holds.values());
  }

  synchronized List<TransferDecision> heldTransfers() {
    return List.copyOf(heldTransfers.values());
  }

  /** Signed by the engine under the standing authorisation: nobody else signs in these runs. */
  synchronized List<StopPaymentRequest> orders() {
    return List.copyOf(orders.values());
  }

  synchronized List<RuleHit> hits() {
    return List.copyOf(hits.values());
  }

  /** Every hit that was ever said, those that were retracted included. */
  synchronized List<RuleHit> raised() {
    return List.copyOf(raised.values());
  }

  /** Event time at which a hold was lifted; null when it stood to its term or the city's end. */
  synchronized Long liftedAt(String holdId) {
    return liftedAt.get(holdId);
  }

  /** Changes of a subject's case at the score of a hold, as they came. */
  synchronized List<FraudCase> reachedHold(SubjectKind kind, String subject) {
    return List.copyOf(reachedHold.getOrDefault(key(kind, subject), List.of()));
  }

  /** Whom the awaiting payment of that event concerns. */
  synchronized Asked asked(String eventId) {
    return asked.getOrDefault(eventId, Asked.UNKNOWN);
  }

  private static String key(SubjectKind kind, String subject) {
    return kind + ":" + subject;
  }

  synchronized long requests() {
    return requests;
  }

  synchronized long events() {
    return events;
  }

  @Override
  public void close() {
    RUNS.remove(id.number());
  }
}
