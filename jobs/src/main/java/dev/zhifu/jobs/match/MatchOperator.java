package dev.zhifu.jobs.match;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.Arrival;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.KeyMatcher;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.Matcher;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import dev.zhifu.wire.TransactionPhase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Hosts all rules. Input 1 is routed events keyed by {@link Routed#matchKey()}; input 2 is rules by
 * broadcast. An operator of its own, since it lists its keys after a restore and sees watermarks,
 * which a function cannot.
 *
 * <p>After each start it holds events and watermark back until {@link RuleInput#readToEnd} has
 * come. Flink checkpoints no operator that selects its inputs, so what arrives meanwhile waits in
 * keyed state, on disk with RocksDB, and is part of every snapshot.
 *
 * <p>State, fixed whatever the rules: per key a record (tail, announced hits, active rule
 * versions), bases by rule version, events held at start; per subtask publications, schemas that
 * wrote bytes in state, and progress.
 */
public final class MatchOperator extends AbstractStreamOperator<MatchOutput>
    implements TwoInputStreamOperator<Routed, RuleInput, MatchOutput>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Uid and prefix of its state names. */
  public static final String UID = "match";

  /** Final hits, each once. */
  public static final OutputTag<RuleHit> FINAL_HITS =
      new OutputTag<>("final-hits", TypeInformation.of(RuleHit.class));

  /** Events that some rule would take but that came after their key had decided. */
  public static final OutputTag<EnrichedEvent> LATE_EVENTS =
      new OutputTag<>("late-events", TypeInformation.of(EnrichedEvent.class));

  /** Answers to publications, and rules that failed. */
  public static final OutputTag<RuleStatus> RULE_STATUS =
      new OutputTag<>("rule-status", TypeInformation.of(RuleStatus.class));

  /** Publications, keyed by rule id, a colon and the event time from which they are in force. */
  public static final MapStateDescriptor<String, RulePublication> PUBLICATIONS =
      new MapStateDescriptor<>(
          "match.publications.v1", Types.STRING, TypeInformation.of(RulePublication.class));

  private static final ValueStateDescriptor<byte[]> RECORD =
      new ValueStateDescriptor<>(
          "match.record.v1", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final MapStateDescriptor<Integer, byte[]> BASES =
      new MapStateDescriptor<>(
          "match.bases.v1", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<byte[]> HELD =
      new ListStateDescriptor<>(
          "match.held.v1", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<String> SCHEMAS =
      new ListStateDescriptor<>("match.schemas.v1", Types.STRING);
  private static final ListStateDescriptor<long[]> PROGRESS =
      new ListStateDescriptor<>(
          "match.progress.v1", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long FORGET_EVERY_MS = 10_000;

  /** Stands for as many live keys as the heap allows, see {@link #liveKeysFor}. */
  private static final int BY_HEAP = 0;

  /** Live keys of one JVM together fill at most this part of its heap. */
  private static final int HEAP_PART = 16;

  /** A live key with a tail, a base and a fork of a few partial matches, rounded up. */
  private static final int LIVE_BYTES = 8_000;

  private static final int LEAST_LIVE_KEYS = 1_000;
  private static final int MOST_LIVE_KEYS = 50_000;

  private final RuleReading reading;
  private final int maxPartials;
  private final int mostLiveKeys;

  private transient BroadcastState<String, RulePublication> kept;
  private transient ListState<String> schemas;
  private transient ListState<long[]> progressState;
  private transient ListState<byte[]> held;
  private transient FlinkMatchState state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Progress progress;
  private transient Publications publications;
  private transient Matcher matcher;
  private transient KeyFilter filter;
  private transient LiveKeys live;
  private transient MatchMetrics metricsOfMatch;
  private transient List<RuleStatus> unsaid;
  private transient RuleStatuses statuses;
  private transient Set<String> overflowSaid;
  private transient long forgotAtMs;
  private transient Watermark heldWatermark;
  private transient boolean ready;
  private transient long rebuildMs;

  /** MATCH with the language's parser and the default bounds. */
  public MatchOperator() {
    this(RuleReading.PARSER, MatchSettings.DEFAULT.maxPartials(), BY_HEAP);
  }

  /**
   * MATCH.
   *
   * @param reading turns a rule file's text into a rule
   * @param maxPartials most live partial matches of one key and rule
   * @param mostLiveKeys most keys whose forks stay in memory; 0 for as many as the heap allows
   */
  public MatchOperator(RuleReading reading, int maxPartials, int mostLiveKeys) {
    this.reading = reading;
    this.maxPartials = maxPartials;
    this.mostLiveKeys = mostLiveKeys;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = context.getOperatorStateStore().getBroadcastState(PUBLICATIONS);
    schemas = context.getOperatorStateStore().getUnionListState(SCHEMAS);
    progressState = context.getOperatorStateStore().getUnionListState(PROGRESS);
    progress = new Progress();
    progress.restore(progressState, getRuntimeContext().getTaskInfo().getAttemptNumber());
    held = context.getKeyedStateStore().getListState(HELD);
    state =
        new FlinkMatchState(
            context.getKeyedStateStore().getState(RECORD),
            context.getKeyedStateStore().getMapState(BASES));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("match-timers", VoidNamespaceSerializer.INSTANCE, this);
    RuleSet rules = new RuleSet();
    matcher =
        new Matcher(rules, new MatchSettings(maxPartials, progress.revisionFloor()), new Outlet());
    for (String schema : schemas.get()) {
      matcher.rememberSchema(schema);
    }
    unsaid = new ArrayList<>();
    overflowSaid = new HashSet<>();
    statuses =
        new RuleStatuses(
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
    publications = new Publications(rules, reading, kept);
    for (Map.Entry<String, RulePublication> entry : kept.entries()) {
      Publications.Answer answer = publications.apply(entry.getValue());
      if (answer.kind() == RuleStatusKind.REFUSED) {
        unsaid.add(statuses.of(entry.getValue(), "", answer, watermark()));
      }
    }
    live =
        new LiveKeys(
            mostLiveKeys == BY_HEAP ? liveKeysHere() : mostLiveKeys, this::write, System::nanoTime);
    rebuildFilter();
    registerMetrics();
  }

  private int liveKeysHere() {
    return liveKeysFor(
        Runtime.getRuntime().maxMemory(),
        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
  }

  /**
   * Keys that one subtask keeps live, unless set otherwise.
   *
   * @param heapBytes greatest heap of this JVM
   * @param subtasks of the operator; taken as if all were in this JVM
   */
  static int liveKeysFor(long heapBytes, int subtasks) {
    long fitting = heapBytes / HEAP_PART / LIVE_BYTES / subtasks;
    return (int) Math.min(MOST_LIVE_KEYS, Math.max(LEAST_LIVE_KEYS, fitting));
  }

  /** Counts the keys that have match state, before the first element. */
  private void rebuildFilter() {
    long started = System.nanoTime();
    filter = new KeyFilter();
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(RECORD.getName(), VoidNamespace.INSTANCE)) {
      keys.forEach(filter::add);
    }
    rebuildMs = (System.nanoTime() - started) / 1_000_000;
  }

  private void registerMetrics() {
    metricsOfMatch = new MatchMetrics(getMetricGroup(), matcher.counts());
    metricsOfMatch.gauge("keysUnderWay", filter::keys);
    metricsOfMatch.gauge("liveKeys", live::size);
    metricsOfMatch.gauge("filterRebuildMs", () -> rebuildMs);
    metricsOfMatch.gauge("rules", () -> matcher.rules().size());
  }

  @Override
  public void processElement1(StreamRecord<Routed> element) throws Exception {
    Routed routed = element.getValue();
    if (ready) {
      match(routed);
    } else {
      metricsOfMatch.held.inc();
      held.add(matcher.store(new EventView(routed.event(), routed.side())));
    }
  }

  private void match(Routed routed) throws Exception {
    metricsOfMatch.elements.inc();
    EnrichedEvent event = routed.event();
    progress.passedMs = Math.max(progress.passedMs, event.getOccurredAt().toEpochMilli());
    Arrival arrival = matcher.arrival(routed.keyKind(), new EventView(event, routed.side()));
    if (arrival != null) {
      metricsOfMatch.relevant.inc();
      LiveKey key = liveKey(routed.matchKey());
      boolean wasEmpty = key.matcher.isEmpty();
      key.matcher.onEvent(arrival, Math.max(timers.currentWatermark(), progress.lateUntilMs));
      afterTouch(key, wasEmpty);
    }
    if (event.getEvent() instanceof BankTransaction transaction
        && transaction.getPhase() == TransactionPhase.AWAITING) {
      emit(
          new MatchOutput(null, part(routed, transaction)),
          transaction.getOccurredAt().toEpochMilli());
    }
  }

  private LiveKey liveKey(String name) throws Exception {
    LiveKey key = live.get(name);
    if (key == null) {
      boolean known = filter.mayContain(name);
      KeyState store = new KeyState(state, name, this::makeCurrent, known);
      KeyKind kind = Keys.kind(name);
      String id = Keys.id(name);
      KeyMatcher opened = known ? matcher.open(kind, id, store) : matcher.openNew(kind, id, store);
      opened.writeLater();
      key = new LiveKey(name, opened, store);
    }
    return key;
  }

  private void afterTouch(LiveKey key, boolean wasEmpty) throws Exception {
    if (key.matcher.isEmpty()) {
      live.remove(key);
      key.writeBack();
      if (!wasEmpty) {
        filter.remove(key.name);
      }
      return;
    }
    if (wasEmpty) {
      filter.add(key.name);
    }
    live.put(key);
    live.timer(key, key.matcher.timerToSet());
  }

  /** Making a key current writes its bytes anew, which most touches of a live key need not. */
  private void makeCurrent(String name) {
    if (!name.equals(getCurrentKey())) {
      setCurrentKey(name);
    }
  }

  /** Writes a live key to state, with a timer that wakes it should it not be live then. */
  private void write(LiveKey key) throws IOException {
    // A key that did not change has been written before, with its timer.
    if (!key.matcher.isChanged()) {
      return;
    }
    key.writeBack();
    long dueAt = key.matcher.dueAt();
    if (dueAt != Long.MAX_VALUE && dueAt != key.keptTimerAt) {
      makeCurrent(key.name);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, dueAt);
      key.keptTimerAt = dueAt;
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String name = timer.getKey();
    if (filter.mayContain(name)) {
      decide(liveKey(name), timers.currentWatermark());
    }
  }

  private void decide(LiveKey key, long watermarkMs) throws Exception {
    if (!key.matcher.isEmpty()) {
      key.matcher.onTime(watermarkMs);
      afterTouch(key, false);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("MATCH knows event time only");
  }

  @Override
  public void processElement2(StreamRecord<RuleInput> element) throws Exception {
    RuleInput input = element.getValue();
    if (input.publication() != null) {
      publish(input.publication(), input.position());
    } else if (input.annulled() != null) {
      annul(input.annulled());
    } else if (input.caughtUp()) {
      release();
    } else {
      matcher.idleSources(input.idleSources());
    }
  }

  private void publish(RulePublication publication, String position) throws Exception {
    long passedMs = Math.max(progress.passedMs, timers.currentWatermark());
    Publications.Answer answer = publications.take(publication, passedMs);
    if (answer != null) {
      say(statuses.of(publication, position, answer, watermark()));
    }
  }

  private void annul(RuleStatus status) throws Exception {
    long fromMs = status.getEffectiveFrom().toEpochMilli();
    publications.annul(status.getRuleId(), status.getVersion(), fromMs);
  }

  /** Lets go what was held back until the rules were read. */
  private void release() throws Exception {
    if (ready) {
      return;
    }
    ready = true;
    unsaid.forEach(this::say);
    unsaid.clear();
    List<String> names;
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(HELD.getName(), VoidNamespace.INSTANCE)) {
      names = keys.sorted().toList();
    }
    for (String name : names) {
      setCurrentKey(name);
      for (byte[] bytes : held.get()) {
        EventView view = matcher.stored(bytes);
        match(new Routed(name, Keys.kind(name), Keys.id(name), view.side(), view.event()));
      }
      setCurrentKey(name); // another key may just have left under its own name
      held.clear();
    }
    if (heldWatermark != null) {
      Watermark watermark = heldWatermark;
      heldWatermark = null;
      processWatermark(watermark);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!ready) {
      heldWatermark = mark;
      return;
    }
    for (LiveKey key = live.due(mark.getTimestamp());
        key != null;
        key = live.due(mark.getTimestamp())) {
      decide(key, mark.getTimestamp());
    }
    super.processWatermark(mark);
    forgetEnded(mark.getTimestamp());
    live.writeSome();
  }

  /** After the timers: every key has decided up to the watermark by then. */
  private void forgetEnded(long watermarkMs) throws Exception {
    if (watermarkMs - forgotAtMs > FORGET_EVERY_MS) {
      forgotAtMs = watermarkMs;
      publications.forgetEnded(watermarkMs - Places.REMEMBERED_MS);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    live.writeAll();
    super.snapshotState(context);
    schemas.update(matcher.knownSchemas());
    progress.save(progressState, timers.currentWatermark());
  }

  /** Keys that have match state. */
  long keysUnderWay() {
    return filter.keys();
  }

  /** How long the filter of keys took to build at the start, milliseconds. */
  long filterRebuildMs() {
    return rebuildMs;
  }

  private PartReport part(Routed routed, BankTransaction transaction) {
    AccountRef payee = transaction.getPayee();
    return new PartReport(
        transaction.getEventId(),
        transaction.getTransactionId(),
        transaction.getSource(),
        transaction.getOccurredAt().toEpochMilli(),
        transaction.getAnswerBy().toEpochMilli(),
        routed.keyKind(),
        routed.id(),
        routed.side(),
        payee == null ? null : payee.getAccountToken(),
        0,
        false,
        null);
  }

  private void emit(MatchOutput value, long timeMs) {
    output.collect(new StreamRecord<>(value, timeMs));
  }

  private void say(RuleStatus status) {
    output.collect(RULE_STATUS, new StreamRecord<>(status));
  }

  private long watermark() {
    return timers == null ? 0 : timers.currentWatermark();
  }

  /** Where matching speaks to. */
  private final class Outlet implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      long timeMs = hit.getOccurredAt().toEpochMilli();
      emit(new MatchOutput(hit, null), timeMs);
      if (hit.getIsFinal()) {
        metricsOfMatch.hits(hit.getRuleId()).inc();
        output.collect(FINAL_HITS, new StreamRecord<>(hit, timeMs));
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      output.collect(LATE_EVENTS, new StreamRecord<>(event.view().event(), event.timeMs()));
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      metricsOfMatch.overflowed(rule.id()).inc();
      if (overflowSaid.add(rule.id() + ":" + rule.version())) {
        LOG.warn("Rule {} version {} overflowed at one {}", rule.id(), rule.version(), keyKind);
        say(
            statuses.of(
                rule,
                RuleStatusKind.OVERFLOWED,
                "a key reached the cap of "
                    + maxPartials
                    + " partial matches; what was under way there is dropped for one window",
                watermark()));
      }
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      LOG.error("Rule {} version {} failed and is quarantined", rule.id(), rule.version(), failure);
      say(statuses.of(rule, RuleStatusKind.QUARANTINED, String.valueOf(failure), watermark()));
    }
  }
}
