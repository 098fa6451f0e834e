package dev.zhifu.jobs.score;

import dev.zhifu.jobs.flow.Curb;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.CaseState;
import dev.zhifu.wire.CurbKind;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.SubjectKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Scoring by target account: its own M and G hits, what holders forward on linking transactions,
 * and victims' accepted statements become one case, risk holds, and the proposal to stop that
 * stop-orders decides on.
 *
 * <p>State per account: at most {@code maxHits} of each kind of evidence, one head, one hold, the
 * last proposal. Hits and links leave after {@code hitMemory} of event time, reports and head after
 * {@code caseMemory}; by one event-time timer, at the time when something is due next (ADR-0075).
 *
 * <p>An officer's verdict for the account discounts what stood against it until then (ADR-0076);
 * its time is kept for {@code caseMemory}.
 *
 * <p>Input 2 is bounds on automatic actions: what they stand against stays a proposal of the case.
 */
public final class ScoreByAccount
    extends KeyedBroadcastProcessFunction<String, AccountInput, Curb, StopProposal>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Changes of accounts' cases. */
  public static final OutputTag<FraudCase> CASES =
      new OutputTag<>("cases", TypeInformation.of(FraudCase.class));

  /** Risk holds asked for and lifted. */
  public static final OutputTag<RiskHold> HOLDS =
      new OutputTag<>("holds", TypeInformation.of(RiskHold.class));

  /** Notices of those holds. */
  public static final OutputTag<RestrictionNotice> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(RestrictionNotice.class));

  /** Parts of awaiting transfers after both scoring steps. */
  public static final OutputTag<PartReport> PARTS =
      new OutputTag<>("parts", TypeInformation.of(PartReport.class));

  /**
   * How far a stated time may be from the booking meant: the desk's bound, an engineering default.
   */
  private static final long COMPLETED_WITHIN_MS = 15 * 60_000L;

  private final ScoreSettings settings;
  private transient IndexedState<RuleHit> hits;
  private transient IndexedState<HolderScore> links;
  private transient IndexedState<ReportedAccount> reports;
  private transient KeptValue<CaseHead> head;
  private transient KeptValue<PlacedHold> hold;
  private transient KeptValue<StopProposal> lastProposal;
  private transient KeptValue<Long> clearedTo;
  private transient CurbDesk curbs;

  /** The key's evidence while one input or timer is worked on; null when not read yet. */
  private transient AccountEvidence live;

  private transient Counter casesOpened;
  private transient Counter evidenceDropped;
  private transient Counter verdicts;
  private transient Lifts lifts;

  public ScoreByAccount(ScoreSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    curbs = new CurbDesk(getRuntimeContext(), context, "score-account");
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    curbs.save();
  }

  @Override
  public void processBroadcastElement(Curb curb, Context context, Collector<StopProposal> out)
      throws Exception {
    Curbs.put(context.getBroadcastState(Curbs.ACCOUNTS), curb);
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    hits = new IndexedState<>(runtime, "score-account.hits", RuleHit.class, Shares::at);
    links =
        new IndexedState<>(
            runtime, "score-account.links", HolderScore.class, HolderScore::occurredAtMs);
    reports =
        new IndexedState<>(
            runtime, "score-account.reports", ReportedAccount.class, ReportedAccount::acceptedAtMs);
    head = new KeptValue<>(runtime, "score-account.head.v1", TypeInformation.of(CaseHead.class));
    hold = new KeptValue<>(runtime, "score-account.hold.v1", TypeInformation.of(PlacedHold.class));
    lastProposal =
        new KeptValue<>(
            runtime, "score-account.proposal.v1", TypeInformation.of(StopProposal.class));
    clearedTo = new KeptValue<>(runtime, "score-account.cleared.v1", Types.LONG);
    lifts = new Lifts(runtime.getMetricGroup());
    verdicts = runtime.getMetricGroup().counter("verdicts");
    casesOpened = runtime.getMetricGroup().counter("casesOpened");
    evidenceDropped = runtime.getMetricGroup().counter("evidenceDroppedAtLimit");
  }

  @Override
  public void processElement(
      AccountInput input, ReadOnlyContext context, Collector<StopProposal> out) throws Exception {
    begin(context.getCurrentKey());
    lifts.heard(input.leftMs());
    if (input.part() != null) {
      onPart(input.part(), context);
      return;
    }
    Long due = due();
    if (input.hit() != null) {
      onHit(input.hit(), context, out);
    } else if (input.link() != null) {
      onLink(input.link(), context, out);
    } else if (input.verdict() != null) {
      onVerdict(input.verdict(), context, out);
    } else {
      onReported(input.reported(), context, out);
    }
    wake(due, context);
  }

  /** Lifts that this subtask has said. */
  Lifts lifts() {
    return lifts;
  }

  private void begin(String account) {
    live = null;
    hits.begin(account);
    links.begin(account);
    reports.begin(account);
    head.begin(account);
    hold.begin(account);
    lastProposal.begin(account);
    clearedTo.begin(account);
  }

  /** When something is to be forgotten next, event time; null when nothing is kept. */
  private Long due() throws Exception {
    Long cleared = clearedTo.value();
    Long due = cleared == null ? null : cleared + settings.caseMemoryMs();
    CaseHead now = head.value();
    if (now == null) {
      return due;
    }
    due = earlier(due, now.newestMs(), settings.caseMemoryMs());
    due = earlier(due, hits.earliestMs(), settings.hitMemoryMs());
    return earlier(due, links.earliestMs(), settings.hitMemoryMs());
  }

  private static Long earlier(Long due, Long atMs, long memoryMs) {
    if (atMs == null) {
      return due;
    }
    return due == null ? atMs + memoryMs : Math.min(due, atMs + memoryMs);
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

  /**
   * What stood against the account up to the verdict counts no more: its case falls, our holds on
   * it are lifted with the officer's reason, and the proposal to stop is withdrawn. Newer evidence
   * counts from nothing on.
   */
  private void onVerdict(Verdict verdict, ReadOnlyContext context, Collector<StopProposal> out)
      throws Exception {
    if (isCleared(verdict.atMs())) {
      return;
    }
    verdicts.inc();
    clearedTo.update(verdict.atMs());
    AccountEvidence evidence = evidence(context.getCurrentKey());
    boolean changed = false;
    for (RuleHit hit : evidence.hits()) {
      if (isCleared(Shares.at(hit))) {
        forgetHit(hit.getHitId());
        changed = true;
      }
    }
    for (HolderScore link : evidence.links()) {
      if (isCleared(link.occurredAtMs())) {
        links.remove(id(link));
        liftVictims(link, verdict, context);
        changed = true;
      }
    }
    for (ReportedAccount reported : evidence.reports()) {
      if (isCleared(reported.newestMs())) {
        reports.remove(id(reported));
        changed = true;
      }
    }
    if (changed) {
      live = null;
      // A cause of its own: stop-orders takes the act itself under the act's id.
      String cause = "verdict:" + verdict.actId();
      rejudge(context.getCurrentKey(), null, verdict.atMs(), cause, verdict.reason(), context, out);
    }
  }

  /** True for evidence that a verdict has discounted. */
  private boolean isCleared(long atMs) throws Exception {
    Long cleared = clearedTo.value();
    return cleared != null && atMs <= cleared;
  }

  /**
   * Lifts a hold that scoring by holder asked for on this account for a victim's sake. It keeps
   * that hold as placed; should its hit be retracted later, the bank hears of the same lift twice.
   */
  private void liftVictims(HolderScore link, Verdict verdict, ReadOnlyContext context) {
    if (!HoldMessages.holdable(link.transaction())
        || !link.actions().contains(ActionCode.A3.name())) {
      return;
    }
    lift(
        HoldMessages.place(
            link.target(),
            link.transaction(),
            ReasonCode.VICTIM_AT_RISK,
            link.occurredAtMs(),
            settings),
        verdict.reason(),
        verdict.atMs(),
        context);
  }

  private void onHit(RuleHit hit, ReadOnlyContext context, Collector<StopProposal> out)
      throws Exception {
    RuleHit known = hits.get(hit.getHitId());
    if ((known != null && known.getRevision() >= hit.getRevision())
        || (known == null && !hit.getHolds())
        || isCleared(Shares.at(hit))) {
      return;
    }
    if (hit.getHolds()) {
      hits.put(hit.getHitId(), hit);
      live = null;
      if (known == null) {
        curbs.admit(hit, context.getBroadcastState(Curbs.ACCOUNTS));
        live = null; // a limit may keep it back
      }
    } else {
      forgetHit(hit.getHitId());
    }
    rejudge(
        context.getCurrentKey(),
        Shares.firstEvidence(hit),
        Shares.at(hit),
        hit.getHitId(),
        ReasonCode.SCORE_DROPPED,
        context,
        out);
  }

  private void onLink(HolderScore link, ReadOnlyContext context, Collector<StopProposal> out)
      throws Exception {
    String id = id(link);
    if (isCleared(link.occurredAtMs())) {
      return;
    }
    if (link.shares().isEmpty()) {
      if (!links.contains(id)) {
        return;
      }
      links.remove(id);
      live = null;
    } else {
      links.put(id, link);
      live = null;
    }
    rejudge(
        context.getCurrentKey(),
        link.transaction().getEventId(),
        link.occurredAtMs(),
        link.transaction().getEventId(),
        ReasonCode.SCORE_DROPPED,
        context,
        out);
  }

  private void onReported(
      ReportedAccount reported, ReadOnlyContext context, Collector<StopProposal> out)
      throws Exception {
    if (isCleared(reported.newestMs())) {
      return;
    }
    String id = id(reported);
    String completed = completedBy(reported);
    if (completed != null) {
      reports.remove(completed);
    } else {
      ReportedAccount known = reports.get(id);
      if (known == null && !reported.holds()
          || known != null
              && known.revision() >= reported.revision()
              && !corrects(known, reported)) {
        return;
      }
    }
    if (reported.holds()) {
      reports.put(id, reported);
    } else {
      reports.remove(id);
    }
    live = null;
    rejudge(
        context.getCurrentKey(),
        reported.reportId(),
        reported.newestMs(),
        reported.isHop()
            ? "trace:" + reported.reportId() + ":" + reported.revision()
            : reported.actId(),
        ReasonCode.SCORE_DROPPED,
        context,
        out);
  }

  /**
   * The entry that {@code reported} completes: the same report's transfer as the victim stated it,
   * before its booking could be seen. The money is one and must not count twice.
   *
   * @return its id; null when there is none
   */
  private String completedBy(ReportedAccount reported) throws Exception {
    if (reported.isHop() || reported.transfer().getPayeeBankTransactionId() == null) {
      return null;
    }
    return reports.sorted().stream()
        .filter(one -> !one.isHop())
        .filter(one -> one.reportId().equals(reported.reportId()))
        .filter(one -> one.transfer().getPayeeBankTransactionId() == null)
        .filter(one -> one.transfer().getAmountFen() == reported.transfer().getAmountFen())
        .filter(one -> apartMs(one, reported) <= COMPLETED_WITHIN_MS)
        .min(Comparator.comparingLong(one -> apartMs(one, reported)))
        .map(ScoreByAccount::id)
        .orElse(null);
  }

  /**
   * True when the same report, accepted again, names the account otherwise: its bank knew it under
   * another name, and an order can be formed anew.
   */
  private static boolean corrects(ReportedAccount known, ReportedAccount reported) {
    return !reported.isHop()
        && reported.acceptedAtMs() > known.acceptedAtMs()
        && !Objects.equals(
            known.transfer().getPayee().getCipher(), reported.transfer().getPayee().getCipher());
  }

  private static long apartMs(ReportedAccount one, ReportedAccount other) {
    return Math.abs(
        one.transfer().getOccurredAt().toEpochMilli()
            - other.transfer().getOccurredAt().toEpochMilli());
  }

  private void onPart(PartReport part, ReadOnlyContext context) throws Exception {
    CaseHead now = head.value();
    PartReport judged = part;
    if (now != null && now.score() > 0) {
      AccountEvidence evidence = evidence(context.getCurrentKey());
      CaseScore score = evidence.score(settings);
      boolean asks =
          score.value() >= settings.holdScore()
              && (evidence.ownHitProposes(ActionCode.A3)
                  || (!evidence.isProtected()
                      && (score.hasStatement() || evidence.victims(settings) >= 2)));
      CurbKind against = asks ? against(context, part.occurredAtMs()) : null;
      if (against != null) {
        curbs.count(against);
        asks = false;
      }
      judged = Parts.raise(part, score.value(), asks, asks ? evidence.reason() : null);
    }
    context.output(PARTS, judged);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StopProposal> out)
      throws Exception {
    lifts.heard(0);
    begin(context.getCurrentKey());
    Long cleared = clearedTo.value();
    if (cleared != null && cleared + settings.caseMemoryMs() <= timestamp) {
      clearedTo.clear();
    }
    if (head.value() != null) {
      forgetAndClose(timestamp, context, out);
    }
    wake(null, context);
  }

  private void forgetAndClose(long timestamp, ReadOnlyContext context, Collector<StopProposal> out)
      throws Exception {
    boolean changed = forget(timestamp);
    if (changed) {
      rejudge(
          context.getCurrentKey(),
          null,
          timestamp,
          "timer:" + timestamp,
          ReasonCode.SCORE_DROPPED,
          context,
          out);
    }
    if (head.value().newestMs() + settings.caseMemoryMs() <= timestamp) {
      hits.clear();
      curbs.clear();
      links.clear();
      reports.clear();
      head.clear();
      hold.clear();
      lastProposal.clear();
    }
  }

  private boolean forget(long timestamp) throws Exception {
    boolean changed = false;
    while (hits.earliestMs() != null && hits.earliestMs() + settings.hitMemoryMs() <= timestamp) {
      forgetHit(hits.ids().get(0));
      changed = true;
    }
    while (links.earliestMs() != null && links.earliestMs() + settings.hitMemoryMs() <= timestamp) {
      links.remove(links.ids().get(0));
      live = null;
      changed = true;
    }
    return changed;
  }

  private void rejudge(
      String account,
      String firstEvidence,
      long atMs,
      String cause,
      ReasonCode liftedBecause,
      ReadOnlyContext context,
      Collector<StopProposal> out)
      throws Exception {
    trim(account);
    AccountEvidence evidence = evidence(account);
    CaseScore score = evidence.score(settings);
    CaseHead now = head.value();
    if (now == null) {
      now = CaseHead.opened(EventIds.caseId(SubjectKind.ACCOUNT, account, firstEvidence), atMs);
      casesOpened.inc();
    }
    boolean opened = now.sequence() == 0;
    // Forgetting is no evidence: it must not keep a quiet case alive.
    now = now.changed(score.value(), firstEvidence == null ? now.newestMs() : atMs);
    if (!evidence.reports().isEmpty()) {
      ReportedAccount newest = evidence.reports().get(evidence.reports().size() - 1);
      now = now.reported(newest.reportId(), newest.acceptedAtMs(), newest.actId());
    }
    CurbKind against = against(context, atMs);
    context.output(
        CASES,
        change(
            account,
            now,
            opened ? CaseChangeKind.OPENED : CaseChangeKind.SCORE,
            score,
            evidence,
            against));
    propose(now, evidence, score, cause, against, out);
    head.update(now);
    holdOrLift(evidence, score, atMs, against, liftedBecause, context);
  }

  private void forgetHit(String hitId) throws Exception {
    hits.remove(hitId);
    live = null;
    curbs.forget(hitId);
  }

  private CurbKind against(ReadOnlyContext context, long atMs) throws Exception {
    return Curbs.against(
        context.getBroadcastState(Curbs.ACCOUNTS),
        SubjectKind.ACCOUNT,
        context.getCurrentKey(),
        atMs);
  }

  /**
   * Sends an upsert when anything but its cause differs from the last one, and a withdrawal once.
   */
  private void propose(
      CaseHead now,
      AccountEvidence evidence,
      CaseScore score,
      String cause,
      CurbKind against,
      Collector<StopProposal> out)
      throws Exception {
    StopProposal last = lastProposal.value();
    if (evidence.isEmpty()) {
      if (last != null && last.holds()) {
        StopProposal withdrawn = StopProposals.withdrawn(last, score.value(), cause);
        lastProposal.update(withdrawn);
        out.collect(withdrawn);
      }
      return;
    }
    if (!evidence.stops(score, settings) && (last == null || !last.holds())) {
      return;
    }
    StopProposal proposal = evidence.proposal(score, settings, now.caseId(), cause);
    if (against == CurbKind.SUPPRESSION
        && proposal.holds()
        && proposal.reportId() == null
        && (last == null || !last.holds())) {
      curbs.count(against);
      return; // what is asked already stays; a victim's report is a person's word
    }
    if (!StopProposals.sameButCause(last, proposal)) {
      lastProposal.update(proposal);
      out.collect(proposal);
    }
  }

  /**
   * One hold of ours per account at a time; never renewed; lifted at once when its ground is gone.
   */
  private void holdOrLift(
      AccountEvidence evidence,
      CaseScore score,
      long atMs,
      CurbKind against,
      ReasonCode liftedBecause,
      ReadOnlyContext context)
      throws Exception {
    PlacedHold placed = hold.value();
    boolean wanted =
        score.value() >= settings.holdScore() && evidence.ownHitProposes(ActionCode.A3);
    if (wanted && placed == null) {
      RuleHit newest = newestHolding(evidence);
      AccountRef side = newest == null ? null : evidence.side(newest.getTransaction());
      if (side == null) {
        return;
      }
      if (against != null) {
        curbs.count(against);
        return;
      }
      RiskHold message =
          HoldMessages.place(side, newest.getTransaction(), evidence.reason(), atMs, settings);
      hold.update(new PlacedHold(message, List.of(newest.getHitId())));
      context.output(HOLDS, message);
      context.output(NOTICES, HoldMessages.notice(message));
    } else if (!wanted && placed != null) {
      lift(placed.hold(), liftedBecause, atMs, context);
      hold.clear();
    }
  }

  /** Takes a hold back, unless its term is over already. */
  private void lift(RiskHold placed, ReasonCode reason, long atMs, ReadOnlyContext context) {
    if (placed.getEndsAt().toEpochMilli() > atMs) {
      RiskHold lift = HoldMessages.lift(placed, reason, atMs);
      context.output(HOLDS, lift);
      context.output(NOTICES, HoldMessages.notice(lift));
      lifts.count(lift, placed);
    }
  }

  private static RuleHit newestHolding(AccountEvidence evidence) {
    RuleHit newest = null;
    for (RuleHit hit : evidence.hits()) {
      if (evidence.actsOn(hit, ActionCode.A3) && hit.getTransaction() != null) {
        newest = hit;
      }
    }
    return newest;
  }

  private FraudCase change(
      String account,
      CaseHead now,
      CaseChangeKind kind,
      CaseScore score,
      AccountEvidence evidence,
      CurbKind against)
      throws Exception {
    Set<String> linked = new LinkedHashSet<>();
    evidence.links().forEach(link -> linked.add(link.caseId()));
    return FraudCase.newBuilder()
        .setCaseId(now.caseId())
        .setSequence(now.sequence())
        .setChange(kind)
        .setSubjectKind(SubjectKind.ACCOUNT)
        .setSubject(account)
        .setState(now.reportId() == null ? CaseState.ALERT : CaseState.REPORTED)
        .setScore(score.value())
        .setFamilies(score.families())
        .setShares(score.shares())
        .setProposedActions(List.copyOf(evidence.shown()))
        .setOccurredAt(Instant.ofEpochMilli(now.newestMs()))
        .setOpenedAt(Instant.ofEpochMilli(now.openedAtMs()))
        .setReportId(now.reportId())
        .setLinkedCases(List.copyOf(linked))
        .setCurbed(curbs.curbed(evidence.hits(), against))
        .build();
  }

  /** Evidence in event-time order: RocksDB's own order must not decide anything. */
  private AccountEvidence evidence(String account) throws Exception {
    if (live == null) {
      live = readEvidence(account);
    }
    return live;
  }

  private AccountEvidence readEvidence(String account) throws Exception {
    List<RuleHit> own = hits.sorted();
    List<HolderScore> forwarded = links.sorted();
    forwarded.sort(
        Comparator.comparingLong(HolderScore::occurredAtMs)
            .thenComparing(link -> link.transaction().getTransactionId())
            .thenComparing(HolderScore::holder));
    List<ReportedAccount> named = reports.sorted();
    named.sort(
        Comparator.comparingLong(ReportedAccount::acceptedAtMs)
            .thenComparing(ReportedAccount::reportId)
            .thenComparing(one -> one.transfer().getOccurredAt()));
    Set<String> limited = new LinkedHashSet<>();
    for (RuleHit hit : own) {
      if (curbs.isLimited(hit)) {
        limited.add(hit.getHitId());
      }
    }
    return new AccountEvidence(account, own, forwarded, named, limited);
  }

  private void trim(String account) throws Exception {
    AccountEvidence evidence = evidence(account);
    for (int i = 0; i < evidence.hits().size() - settings.maxHits(); i++) {
      forgetHit(evidence.hits().get(i).getHitId());
      evidenceDropped.inc();
    }
    for (int i = 0; i < evidence.links().size() - settings.maxHits(); i++) {
      links.remove(id(evidence.links().get(i)));
      live = null;
      evidenceDropped.inc();
    }
    for (int i = 0; i < evidence.reports().size() - settings.maxHits(); i++) {
      reports.remove(id(evidence.reports().get(i)));
      live = null;
      evidenceDropped.inc();
    }
  }

  /** Evidence read from state since the start, and goings over a key's whole range. */
  long stateReads() {
    return hits.reads() + links.reads() + reports.reads();
  }

  long stateScans() {
    return hits.scans() + links.scans() + reports.scans();
  }

  private static String id(HolderScore link) {
    return link.holder()
        + "|"
        + link.transaction().getSource()
        + ":"
        + link.transaction().getTransactionId();
  }

  private static String id(ReportedAccount reported) {
    if (reported.isHop()) {
      return reported.reportId() + "|trace";
    }
    return reported.reportId()
        + "|"
        + reported.transfer().getOccurredAt().toEpochMilli()
        + "|"
        + reported.transfer().getAmountFen();
  }
}
