package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.SubjectKind;
import dev.zhifu.wire.VictimWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Scoring by holder: families V and T become the case of a likely victim, warnings and risk holds,
 * and are forwarded to the target account on the linking transaction as upserts. Hits on a
 * telephone number become that number's case, which warns and holds nobody (ADR-0115).
 *
 * <p>State per holder: at most {@code maxHits} live hits and placed holds, one head; hits leave
 * after {@code hitMemory} of event time, the head after {@code caseMemory} without evidence; both
 * by one event-time timer, at the time when something is due next (ADR-0075).
 *
 * <p>Input 2 is bounds on automatic actions: what they stand against stays a proposal of the case.
 */
public final class ScoreByHolder
    extends KeyedBroadcastProcessFunction<String, HolderInput, Curb, AccountInput>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Changes of holders' cases. */
  public static final OutputTag<FraudCase> CASES =
      new OutputTag<>("cases", TypeInformation.of(FraudCase.class));

  /** Tasks to warn likely victims. */
  public static final OutputTag<VictimWarning> WARNINGS =
      new OutputTag<>("warnings", TypeInformation.of(VictimWarning.class));

  /** Risk holds asked for and lifted. */
  public static final OutputTag<RiskHold> HOLDS =
      new OutputTag<>("holds", TypeInformation.of(RiskHold.class));

  /** Notices of those holds. */
  public static final OutputTag<RestrictionNotice> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(RestrictionNotice.class));

  /** Parts of awaiting transfers without a payee account: they skip the second scoring step. */
  public static final OutputTag<PartReport> PARTS =
      new OutputTag<>("parts", TypeInformation.of(PartReport.class));

  private final ScoreSettings settings;
  private transient IndexedState<RuleHit> hits;
  private transient IndexedState<PlacedHold> holds;
  private transient KeptValue<CaseHead> head;
  private transient CurbDesk curbs;

  private transient Counter casesOpened;
  private transient Counter hitsDropped;
  private transient Lifts lifts;

  public ScoreByHolder(ScoreSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    curbs = new CurbDesk(getRuntimeContext(), context, "score-holder");
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    curbs.save();
  }

  @Override
  public void processBroadcastElement(Curb curb, Context context, Collector<AccountInput> out)
      throws Exception {
    Curbs.put(context.getBroadcastState(Curbs.HOLDERS), curb);
  }

  @Override
  public void open(OpenContext context) {
    hits = new IndexedState<>(getRuntimeContext(), "score-holder.hits", RuleHit.class, Shares::at);
    holds =
        new IndexedState<>(
            getRuntimeContext(),
            "score-holder.holds",
            PlacedHold.class,
            one -> one.hold().getEndsAt().toEpochMilli());
    head =
        new KeptValue<>(
            getRuntimeContext(), "score-holder.head.v1", TypeInformation.of(CaseHead.class));
    casesOpened = getRuntimeContext().getMetricGroup().counter("casesOpened");
    lifts = new Lifts(getRuntimeContext().getMetricGroup());
    hitsDropped = getRuntimeContext().getMetricGroup().counter("hitsDroppedAtLimit");
  }

  @Override
  public void processElement(
      HolderInput input, ReadOnlyContext context, Collector<AccountInput> out) throws Exception {
    begin(context.getCurrentKey());
    lifts.heard(input.leftMs());
    if (input.part() != null) {
      onPart(input.part(), context, out);
      return;
    }
    Long due = due();
    if (input.hit() != null) {
      onHit(input.hit(), context, out);
    } else {
      onReport(input.report(), context, out);
    }
    wake(due, context);
  }

  /** Lifts that this subtask has said. */
  Lifts lifts() {
    return lifts;
  }

  private void begin(String holder) {
    hits.begin(holder);
    holds.begin(holder);
    head.begin(holder);
  }

  /** When something is to be forgotten next, event time; null when nothing is kept. */
  private Long due() throws Exception {
    CaseHead now = head.value();
    if (now == null) {
      return null;
    }
    Long earliest = hits.earliestMs();
    return earliest == null
        ? now.newestMs() + settings.caseMemoryMs()
        : earliest + settings.hitMemoryMs();
  }

  /** Moves the key's one timer from where it stood to where it is needed now. */
  private void wake(Long before, ReadOnlyContext context) throws Exception {
    Long due = due();
    if (before != null && !before.equals(due)) {
      context.timerService().deleteEventTimeTimer(before);
    }
    if (due != null && !due.equals(before)) {
      context.timerService().registerEventTimeTimer(due);
    }
  }

  private void onHit(RuleHit hit, ReadOnlyContext context, Collector<AccountInput> out)
      throws Exception {
    RuleHit known = hits.get(hit.getHitId());
    if (known != null && known.getRevision() >= hit.getRevision()) {
      return;
    }
    if (known == null && !hit.getHolds()) {
      return;
    }
    if (hit.getHolds()) {
      hits.put(hit.getHitId(), hit);
      if (known == null) {
        curbs.admit(hit, context.getBroadcastState(Curbs.HOLDERS));
      }
      trim();
    } else {
      forget(hit.getHitId());
    }
    BankTransaction link =
        hit.getTransaction() != null
            ? hit.getTransaction()
            : known == null ? null : known.getTransaction();
    rejudge(context.getCurrentKey(), hit, Shares.at(hit), context, out);
    if (link != null) {
      forward(context.getCurrentKey(), link, out);
    }
  }

  private void onReport(AcceptedReport report, ReadOnlyContext context, Collector<AccountInput> out)
      throws Exception {
    CaseHead now = head.value();
    if (now != null && report.reportId().equals(now.reportId())) {
      return;
    }
    if (now == null) {
      now =
          CaseHead.opened(
              EventIds.caseId(SubjectKind.HOLDER, report.holder(), report.reportId()),
              report.acceptedAtMs());
      casesOpened.inc();
    }
    now = now.reported(report.reportId(), report.acceptedAtMs(), report.actId());
    CaseScore score = score();
    now = now.changed(score.value(), report.acceptedAtMs());
    head.update(now);
    context.output(
        CASES,
        change(
            report.holder(),
            now,
            now.sequence() == 1 ? CaseChangeKind.OPENED : CaseChangeKind.LINKED,
            score,
            against(context, report.acceptedAtMs())));
    for (BankTransaction link : links()) {
      forward(context.getCurrentKey(), link, out);
    }
  }

  private void onPart(PartReport part, ReadOnlyContext context, Collector<AccountInput> out)
      throws Exception {
    CaseHead now = head.value();
    PartReport judged = part;
    if (now != null && now.score() > 0) {
      RuleHit because = now.score() >= settings.holdScore() ? holdingHit(part.eventId()) : null;
      CurbKind against = because == null ? null : against(context, part.occurredAtMs());
      if (against != null) {
        curbs.count(against);
        because = null;
      }
      judged =
          Parts.raise(
              part,
              now.score(),
              because != null,
              because == null ? null : ReasonCode.VICTIM_AT_RISK);
    }
    if (judged.payeeAccount() == null) {
      context.output(PARTS, judged);
    } else {
      out.collect(new AccountInput(judged.payeeAccount(), null, null, null, judged));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AccountInput> out)
      throws Exception {
    lifts.heard(0);
    begin(context.getCurrentKey());
    CaseHead now = head.value();
    if (now == null) {
      return;
    }
    List<BankTransaction> gone = new ArrayList<>();
    while (hits.earliestMs() != null && hits.earliestMs() + settings.hitMemoryMs() <= timestamp) {
      String id = hits.ids().get(0);
      BankTransaction link = hits.get(id).getTransaction();
      forget(id);
      if (link != null) {
        gone.add(link);
      }
    }
    if (!gone.isEmpty()) {
      rejudge(context.getCurrentKey(), null, timestamp, context, out);
      for (BankTransaction link : gone) {
        forward(context.getCurrentKey(), link, out);
      }
    }
    now = head.value();
    if (now.newestMs() + settings.caseMemoryMs() <= timestamp && hits.earliestMs() == null) {
      head.clear();
      hits.clear();
      holds.clear();
      curbs.clear();
    }
    wake(null, context);
  }

  /** Computes the score anew and emits what changed: the case, its warning, its holds. */
  private void rejudge(
      String holder, RuleHit cause, long atMs, ReadOnlyContext context, Collector<AccountInput> out)
      throws Exception {
    CaseHead now = head.value();
    CaseScore score = score();
    if (now == null) {
      now =
          CaseHead.opened(
              EventIds.caseId(
                  SubjectKey.kind(holder), SubjectKey.token(holder), Shares.firstEvidence(cause)),
              atMs);
      casesOpened.inc();
    }
    boolean opened = now.sequence() == 0;
    // Forgetting is no evidence: it must not keep a quiet case alive.
    now = now.changed(score.value(), cause == null ? now.newestMs() : atMs);
    CurbKind against = against(context, atMs);
    context.output(
        CASES,
        change(holder, now, opened ? CaseChangeKind.OPENED : CaseChangeKind.SCORE, score, against));
    if (against == null && SubjectKey.kind(holder) == SubjectKind.HOLDER) {
      now = warn(holder, now, score, atMs, context);
    }
    head.update(now);
    hold(now, atMs, against, context);
  }

  private CaseHead warn(
      String holder, CaseHead now, CaseScore score, long atMs, ReadOnlyContext context)
      throws Exception {
    WarningPolicy.Task task = WarningPolicy.of(score.value(), free(), settings);
    int tier = task == null ? -1 : task.tier().ordinal();
    if (tier == now.warningTier() || (tier >= 0 && tier < now.warningTier())) {
      return now;
    }
    boolean withdrawn = task == null;
    WarningPolicy.Task shown =
        withdrawn
            ? new WarningPolicy.Task(
                dev.zhifu.wire.WarningTier.values()[now.warningTier()], ActionCode.A1)
            : task;
    CaseHead warned = now.warned(tier);
    context.output(
        WARNINGS,
        VictimWarning.newBuilder()
            .setWarningId(EventIds.warningId(now.caseId(), shown.tier()))
            .setSequence(warned.warningSequence())
            .setCaseId(now.caseId())
            .setHolderToken(holder)
            .setTier(shown.tier())
            .setAction(shown.action())
            .setTypology(score.shares().isEmpty() ? "" : score.shares().get(0).getRuleId())
            .setOccurredAt(Instant.ofEpochMilli(atMs))
            .setHolds(!withdrawn)
            .build());
    return warned;
  }

  /**
   * Places a hold for each completed transfer that stands under a live A3 hit; lifts those that no
   * longer do.
   */
  private void hold(CaseHead now, long atMs, CurbKind against, ReadOnlyContext context)
      throws Exception {
    boolean high = now.score() >= settings.holdScore();
    // Many hits stand on one payment, and a hold's id is two hashes.
    Map<HoldMessages.Payment, String> ids = new HashMap<>();
    for (RuleHit hit : high ? values() : List.<RuleHit>of()) {
      BankTransaction transaction = hit.getTransaction();
      if (transaction == null
          || !curbs.proposes(hit, ActionCode.A3)
          || !HoldMessages.holdable(transaction)) {
        continue;
      }
      AccountRef payee = transaction.getPayee();
      String id =
          ids.computeIfAbsent(
              HoldMessages.Payment.of(payee, transaction), HoldMessages.Payment::holdId);
      if (holds.contains(id)) {
        continue;
      }
      if (against != null) {
        curbs.count(against);
      } else {
        RiskHold hold =
            HoldMessages.place(payee, transaction, ReasonCode.VICTIM_AT_RISK, atMs, settings);
        holds.put(id, new PlacedHold(hold, List.of(hit.getHitId())));
        context.output(HOLDS, hold);
        context.output(NOTICES, HoldMessages.notice(hold));
      }
    }
    Set<String> wanted = new HashSet<>(ids.values());
    for (PlacedHold one : holds.sorted()) {
      String id = one.hold().getHoldId();
      if (wanted.contains(id)) {
        continue;
      }
      if (one.hold().getEndsAt().toEpochMilli() > atMs) {
        RiskHold lift = HoldMessages.lift(one.hold(), ReasonCode.SCORE_DROPPED, atMs);
        context.output(HOLDS, lift);
        context.output(NOTICES, HoldMessages.notice(lift));
        lifts.count(lift, one.hold());
      }
      holds.remove(id);
    }
  }

  private void forward(String holder, BankTransaction link, Collector<AccountInput> out)
      throws Exception {
    AccountRef payee = link.getPayee();
    if (payee == null) {
      return;
    }
    CaseHead now = head.value();
    List<ScoreShare> shares = new ArrayList<>();
    Set<ActionCode> actions = EnumSet.noneOf(ActionCode.class);
    boolean settled = true;
    boolean idle = false;
    long newest = link.getOccurredAt().toEpochMilli();
    for (RuleHit hit : values()) {
      BankTransaction of = hit.getTransaction();
      if (of != null
          && of.getTransactionId().equals(link.getTransactionId())
          && of.getSource().equals(link.getSource())) {
        shares.add(Shares.of(hit));
        actions.addAll(curbs.actions(hit));
        settled &= Shares.settled(hit);
        idle |= !hit.getIdleSources().isEmpty();
        newest = Math.max(newest, Shares.at(hit));
      }
    }
    List<String> names = new ArrayList<>();
    actions.forEach(action -> names.add(action.name()));
    out.collect(
        new AccountInput(
            payee.getAccountToken(),
            null,
            new HolderScore(
                payee.getAccountToken(),
                payee,
                holder,
                link,
                now.caseId(),
                shares,
                names,
                settled,
                idle,
                now.reportId(),
                newest),
            null,
            null));
  }

  private RuleHit holdingHit(String eventId) throws Exception {
    for (RuleHit hit : values()) {
      if (curbs.proposes(hit, ActionCode.A3) && Shares.standsOn(hit, eventId)) {
        return hit;
      }
    }
    return null;
  }

  private CaseScore score() throws Exception {
    Map<String, ScoreShare> byRule = new LinkedHashMap<>();
    for (RuleHit hit : values()) {
      byRule.put(hit.getRuleId(), Shares.of(hit));
    }
    return CaseScore.of(byRule);
  }

  private Set<ActionCode> actions() throws Exception {
    Set<ActionCode> actions = EnumSet.noneOf(ActionCode.class);
    for (RuleHit hit : values()) {
      actions.addAll(hit.getActions());
    }
    return actions;
  }

  /** What the hits propose that no limit keeps back. */
  private Set<ActionCode> free() throws Exception {
    Set<ActionCode> actions = EnumSet.noneOf(ActionCode.class);
    for (RuleHit hit : values()) {
      actions.addAll(curbs.actions(hit));
    }
    return actions;
  }

  private List<BankTransaction> links() throws Exception {
    Map<String, BankTransaction> links = new LinkedHashMap<>();
    for (RuleHit hit : values()) {
      BankTransaction link = hit.getTransaction();
      if (link != null) {
        links.put(link.getSource() + ":" + link.getTransactionId(), link);
      }
    }
    return List.copyOf(links.values());
  }

  /** Live hits by event time, then id: RocksDB's own order must not decide anything. */
  private List<RuleHit> values() throws Exception {
    return hits.sorted();
  }

  /** Hits and holds read from state since the start, and goings over a key's whole range. */
  long stateReads() {
    return hits.reads() + holds.reads();
  }

  long stateScans() {
    return hits.scans() + holds.scans();
  }

  private void forget(String hitId) throws Exception {
    hits.remove(hitId);
    curbs.forget(hitId);
  }

  private CurbKind against(ReadOnlyContext context, long atMs) throws Exception {
    return Curbs.against(
        context.getBroadcastState(Curbs.HOLDERS),
        SubjectKey.kind(context.getCurrentKey()),
        SubjectKey.token(context.getCurrentKey()),
        atMs);
  }

  /** Forgets the oldest beyond the bound. */
  private void trim() throws Exception {
    while (hits.ids().size() > settings.maxHits()) {
      forget(hits.ids().get(0));
      hitsDropped.inc();
    }
  }

  private FraudCase change(
      String holder, CaseHead now, CaseChangeKind kind, CaseScore score, CurbKind against)
      throws Exception {
    return FraudCase.newBuilder()
        .setCaseId(now.caseId())
        .setSequence(now.sequence())
        .setChange(kind)
        .setSubjectKind(SubjectKey.kind(holder))
        .setSubject(SubjectKey.token(holder))
        .setState(now.reportId() == null ? CaseState.ALERT : CaseState.REPORTED)
        .setScore(score.value())
        .setFamilies(score.families())
        .setShares(score.shares())
        .setProposedActions(List.copyOf(actions()))
        .setOccurredAt(Instant.ofEpochMilli(now.newestMs()))
        .setOpenedAt(Instant.ofEpochMilli(now.openedAtMs()))
        .setReportId(now.reportId())
        .setCurbed(curbs.curbed(values(), against))
        .build();
  }
}
