package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.Role;
import dev.zhifu.rules.lives.calendar.LegalTerms;
import dev.zhifu.rules.lives.desk.CaseFile;
import dev.zhifu.rules.lives.desk.DeskOutput;
import dev.zhifu.rules.lives.desk.RiskHolds;
import dev.zhifu.schemas.audit.AuditChain;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.ChainHead;
import dev.zhifu.wire.ChannelRequest;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHoldOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Owns the lives of cases, freezes, refunds, victim holds and appeals. Keyed by case. Its only
 * watermark must be that of {@code clock.ticks}: give every other input the maximum watermark, and
 * let a tick reach the broadcast side before its watermark does. Until the first tick is heard and
 * the record has been read back, inputs wait.
 *
 * <p>Main output: every transition of a life of recovery. Beside it: requests, notices, alarms, the
 * states of cases and the audit's entries.
 *
 * <p>State, by case and never cleared, since a term may run for years; only the file of a risk hold
 * is, an hour after the last of it (ADR-0145): {@code recovery.lives.v1}, one element a life,
 * bounded by {@link dev.zhifu.rules.lives.desk.LifeDesk#LIVES_MAX}; {@code recovery.plans.v1}, the
 * newest plan of each freeze; {@code recovery.chain.v1}, one element; {@code recovery.waiting.v1},
 * inputs that wait, cleared with the first tick after the reading back; {@code recovery.early.v1},
 * answers to a risk hold read before it, cleared with it or after 25 h.
 */
public final class RecoveryFunction
    extends KeyedBroadcastProcessFunction<String, RecoveryInput, RecoveryControl, LifeTransition> {

  private static final long serialVersionUID = 1L;

  /** Uid of the operator. */
  public static final String UID = "recovery";

  /** What to send to institutions. */
  public static final OutputTag<ChannelRequest> REQUESTS =
      new OutputTag<>("recovery.requests", TypeInformation.of(ChannelRequest.class));

  /** Notices to holders. */
  public static final OutputTag<RestrictionNotice> NOTICES =
      new OutputTag<>("recovery.notices", TypeInformation.of(RestrictionNotice.class));

  /** What a person must look at. */
  public static final OutputTag<RecoveryAlarm> ALARMS =
      new OutputTag<>("recovery.alarms", TypeInformation.of(RecoveryAlarm.class));

  /** The state of a case, whenever its life moves (ADR-0095). */
  public static final OutputTag<FraudCase> STATES =
      new OutputTag<>("recovery.states", TypeInformation.of(FraudCase.class));

  /** The audit's entries, in order within a chain. */
  public static final OutputTag<AuditEntry> AUDIT =
      new OutputTag<>("recovery.audit", TypeInformation.of(AuditEntry.class));

  /** Names the broadcast; keeps the mark {@link #CLOCKS_GIVEN} alone. */
  public static final MapStateDescriptor<String, String> BROADCAST =
      new MapStateDescriptor<>("recovery.broadcast.v1", Types.STRING, Types.STRING);

  /**
   * Refunds of a state from before their clock ran from the service were said again: those of the
   * key groups that stand beside it. Subtasks read back for different times, and after a rescale
   * one has what another wrote.
   */
  private static final String CLOCKS_GIVEN = "refund-execution-clocks";

  static final MapStateDescriptor<String, LifeTransition> LIVES =
      new MapStateDescriptor<>(
          "recovery.lives.v1", Types.STRING, TypeInformation.of(LifeTransition.class));

  static final MapStateDescriptor<String, RefundPlan> PLANS =
      new MapStateDescriptor<>(
          "recovery.plans.v1", Types.STRING, TypeInformation.of(RefundPlan.class));

  static final ValueStateDescriptor<ChainHead> CHAIN =
      new ValueStateDescriptor<>("recovery.chain.v1", TypeInformation.of(ChainHead.class));

  static final ListStateDescriptor<RecoveryInput> WAITING =
      new ListStateDescriptor<>("recovery.waiting.v1", TypeInformation.of(RecoveryInput.class));

  static final ListStateDescriptor<RiskHoldOutcome> EARLY =
      new ListStateDescriptor<>("recovery.early.v1", TypeInformation.of(RiskHoldOutcome.class));

  /** An answer whose hold is not heard of within the longest term is nobody's. */
  private static final Duration EARLY_FOR = LegalTerms.RISK_HOLD.plus(RiskHolds.KEPT);

  private final RecoveryKeys.Factory keys;
  private final BankChannels banks;

  private transient MapState<String, LifeTransition> lives;
  private transient MapState<String, RefundPlan> plans;
  private transient ValueState<ChainHead> chain;
  private transient ListState<RecoveryInput> waiting;
  private transient ListState<RiskHoldOutcome> early;
  private transient RecoveryDesk desk;
  private transient LiftMetrics lifts;
  private transient long nowMs;
  private transient long recordsSeen;
  private transient long recordsDue;
  private transient boolean told;
  private transient KeyGroupRange groups;

  /**
   * @param keys opens the keys on the task
   * @param banks how orders reach each; to one that is named nowhere an order goes on paper
   */
  public RecoveryFunction(RecoveryKeys.Factory keys, BankChannels banks) {
    this.keys = keys;
    this.banks = banks;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    lives = getRuntimeContext().getMapState(LIVES);
    plans = getRuntimeContext().getMapState(PLANS);
    chain = getRuntimeContext().getState(CHAIN);
    waiting = getRuntimeContext().getListState(WAITING);
    early = getRuntimeContext().getListState(EARLY);
    desk = new RecoveryDesk(keys.open(), banks);
    lifts = new LiftMetrics(getRuntimeContext().getMetricGroup());
    var task = getRuntimeContext().getTaskInfo();
    groups =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            task.getMaxNumberOfParallelSubtasks(),
            task.getNumberOfParallelSubtasks(),
            task.getIndexOfThisSubtask());
  }

  @Override
  public void processElement(
      RecoveryInput input, ReadOnlyContext context, Collector<LifeTransition> out)
      throws Exception {
    if (input.kind() == RecoveryInput.Kind.PLAN) {
      plans.put(input.plan().getFreezeId(), input.plan());
      return;
    }
    if (input.kind() == RecoveryInput.Kind.RECORD) {
      recordsSeen++;
    } else if (nowMs == 0 || readingBack()) {
      waiting.add(input);
      // The next tick rings, whatever its time.
      context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
      return;
    }
    CaseFile file = file(context.getCurrentKey());
    Leaving leaving = new Leaving(out, context, lifts);
    take(file, input, leaving, context);
    keep(file, leaving, context);
  }

  private void take(CaseFile file, RecoveryInput input, Leaving leaving, ReadOnlyContext context)
      throws Exception {
    Instant now = Instant.ofEpochMilli(nowMs);
    if (input.kind() == RecoveryInput.Kind.OUTCOME
        && file.get(input.outcome().getHoldId()) == null) {
      waits(input.outcome(), now, context);
      return;
    }
    desk.take(file, plansFor(input), input, now, leaving);
    if (input.kind() == RecoveryInput.Kind.HOLD) {
      List<RiskHoldOutcome> waited = new ArrayList<>();
      early.get().forEach(waited::add);
      waited.sort(Comparator.comparing(RiskHoldOutcome::getAt));
      for (RiskHoldOutcome outcome : waited) {
        desk.take(file, Map.of(), RecoveryInput.outcome(outcome), now, leaving);
      }
      early.clear();
    }
  }

  private boolean readingBack() {
    return !told || recordsSeen < recordsDue;
  }

  @Override
  public void processBroadcastElement(
      RecoveryControl control, Context context, Collector<LifeTransition> out) throws Exception {
    if (control.isTick()) {
      nowMs = Math.max(nowMs, control.tickMs());
      if (!readingBack()) {
        giveClocks(context, out);
      }
      return;
    }
    told = true;
    control
        .recordsByGroup()
        .forEach((group, count) -> recordsDue += groups.contains(group) ? count : 0);
  }

  /**
   * Says every refund again that is owed a clock, once for a state and its key groups. A broadcast
   * cannot set a timer: when the record comes back from its topic, it touches the case, which then
   * has the clock and its timer, whether or not anything else ever happens to the case.
   */
  private void giveClocks(Context context, Collector<LifeTransition> out) throws Exception {
    BroadcastState<String, String> marks = context.getBroadcastState(BROADCAST);
    if (covers(marks.get(CLOCKS_GIVEN))) {
      return;
    }
    context.applyToKeyedState(
        LIVES,
        (caseId, kept) -> {
          Map<String, LifeTransition> known = new HashMap<>();
          for (Map.Entry<String, LifeTransition> life : kept.entries()) {
            known.put(life.getKey(), life.getValue());
          }
          desk.catchUp(new CaseFile(caseId, known)).forEach(out::collect);
        });
    marks.put(CLOCKS_GIVEN, groups.getStartKeyGroup() + "-" + groups.getEndKeyGroup());
  }

  /** True when every key group of this subtask is in {@code range}; null holds none. */
  private boolean covers(String range) {
    if (range == null) {
      return false;
    }
    int dash = range.indexOf('-');
    return Integer.parseInt(range.substring(0, dash)) <= groups.getStartKeyGroup()
        && groups.getEndKeyGroup() <= Integer.parseInt(range.substring(dash + 1));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<LifeTransition> out)
      throws Exception {
    if (nowMs == 0 || timestamp > nowMs) {
      // A watermark beyond the ticks is the end of a bounded or drained run: no time has passed.
      return;
    }
    if (readingBack()) {
      // A clock that rang before the record is read might ring twice: ask again with the next tick.
      context.timerService().registerEventTimeTimer(nowMs + 1);
      return;
    }
    CaseFile file = file(context.getCurrentKey());
    Leaving leaving = new Leaving(out, context, lifts);
    Instant now = Instant.ofEpochMilli(nowMs);
    for (RecoveryInput input : waiting.get()) {
      take(file, input, leaving, context);
    }
    waiting.clear();
    forgetEarly(now);
    desk.ring(file, now, leaving);
    keep(file, leaving, context);
  }

  /** Only an act about a refund is held against them. */
  private Map<String, RefundPlan> plansFor(RecoveryInput input) throws Exception {
    if (input.kind() != RecoveryInput.Kind.ACT || input.act().getKind() != LifeKind.REFUND) {
      return Map.of();
    }
    Map<String, RefundPlan> known = new HashMap<>();
    for (Map.Entry<String, RefundPlan> plan : plans.entries()) {
      known.put(plan.getKey(), plan.getValue());
    }
    return known;
  }

  private CaseFile file(String caseId) throws Exception {
    Map<String, LifeTransition> known = new HashMap<>();
    for (Map.Entry<String, LifeTransition> life : lives.entries()) {
      known.put(life.getKey(), life.getValue());
    }
    CaseFile file = new CaseFile(caseId, known);
    desk.catchUp(file);
    return file;
  }

  private void keep(CaseFile file, Leaving leaving, ReadOnlyContext context) throws Exception {
    for (Map.Entry<String, LifeTransition> life : file.changed().entrySet()) {
      lives.put(life.getKey(), life.getValue());
    }
    audit(leaving.transitions, context);
    file.nextClock()
        .ifPresent(at -> context.timerService().registerEventTimeTimer(at.toEpochMilli()));
    Instant forgotten = RiskHolds.forgottenAt(file).orElse(null);
    if (forgotten == null) {
      return;
    }
    if (forgotten.toEpochMilli() > nowMs) {
      context.timerService().registerEventTimeTimer(forgotten.toEpochMilli());
    } else {
      lives.clear();
    }
  }

  /** The bank's topic was read before ours, or the hold is forgotten: the answer waits a while. */
  private void waits(RiskHoldOutcome outcome, Instant now, ReadOnlyContext context)
      throws Exception {
    Instant from = outcome.getAt().isAfter(now) ? outcome.getAt() : now;
    if (from.isAfter(now.plus(EARLY_FOR))) {
      // By a clock a day ahead of ours nothing can be waited for.
      return;
    }
    early.add(outcome);
    context.timerService().registerEventTimeTimer(from.plus(EARLY_FOR).toEpochMilli());
  }

  private void forgetEarly(Instant now) throws Exception {
    List<RiskHoldOutcome> left = new ArrayList<>();
    int before = 0;
    for (RiskHoldOutcome outcome : early.get()) {
      before++;
      if (outcome.getAt().plus(EARLY_FOR).isAfter(now)) {
        left.add(outcome);
      }
    }
    if (left.size() < before) {
      early.update(left);
    }
  }

  private void audit(List<LifeTransition> transitions, ReadOnlyContext context) throws Exception {
    ChainHead head = chain.value();
    List<LifeTransition> audited = transitions.stream().filter(RecoveryFunction::audited).toList();
    for (LifeTransition transition : audited) {
      AuditEntry entry = AuditChain.next(head, transition);
      context.output(AUDIT, entry);
      head = AuditChain.headOf(entry);
    }
    if (!audited.isEmpty()) {
      chain.update(head);
    }
  }

  /** What a risk hold goes through by messages stands on their topics; persons decide appeals. */
  private static boolean audited(LifeTransition transition) {
    return transition.getKind() != LifeKind.RISK_HOLD
        || Role.valueOf(transition.getRole()).person();
  }

  /** What leaves during one input. */
  private static final class Leaving implements DeskOutput {
    private final Collector<LifeTransition> out;
    private final ReadOnlyContext context;
    private final LiftMetrics lifts;
    private final List<LifeTransition> transitions = new ArrayList<>();

    Leaving(Collector<LifeTransition> out, ReadOnlyContext context, LiftMetrics lifts) {
      this.out = out;
      this.context = context;
      this.lifts = lifts;
    }

    @Override
    public void lifted(OrderChannel channel, Duration took) {
      lifts.lifted(channel, took);
    }

    @Override
    public void transition(LifeTransition transition) {
      transitions.add(transition);
      if (transition.getKind() != LifeKind.STOP_ORDER) {
        // Those of stop orders stand on their own topic already.
        out.collect(transition);
      }
      state(transition);
    }

    @Override
    public void adopted(LifeTransition transition) {
      transitions.add(transition);
      // It may not have left before the failure; the same id says the same.
      state(transition);
    }

    private void state(LifeTransition transition) {
      if (transition.getKind() == LifeKind.CASE) {
        context.output(STATES, CaseStates.of(transition));
      }
    }

    @Override
    public void request(ChannelRequest request) {
      context.output(REQUESTS, request);
    }

    @Override
    public void notice(RestrictionNotice notice) {
      context.output(NOTICES, notice);
    }

    @Override
    public void alarm(RecoveryAlarm alarm) {
      context.output(ALARMS, alarm);
    }
  }
}
