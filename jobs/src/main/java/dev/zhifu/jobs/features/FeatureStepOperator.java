package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.rules.features.EntityState;
import dev.zhifu.rules.features.FeatureStep;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.wire.EnrichedEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Fills the features that one kind of entity gives to its events. Keyed by {@link
 * FeatureInput#key()}. An operator of its own and not a process function, since its cache writes
 * back under many keys before a snapshot.
 *
 * <p>State: one value per entity, the step's own bytes, bounded by the step; cleared by one
 * event-time timer per entity, which fires when nothing of the state can matter any more and is set
 * anew, for a week later at least, when the entity lived on (ADR-0062). Expiry by the wall clock
 * would change results, so no state TTL is used.
 *
 * @param <S> state of one entity
 * @param <O> what it hands on
 */
abstract class FeatureStepOperator<S extends EntityState, O> extends AbstractStreamOperator<O>
    implements Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /**
   * Event time that passes at least before an entity that outlived its timer is looked at again, so
   * that a phone used every day does not cost a timer every day. An engineering default: whatever
   * lived on once may stay this much longer than it matters.
   */
  static final long ASKED_AGAIN_MS = 7 * 24 * 3_600_000L;

  /** Stands for a cache as large as the heap allows, see {@link #entitiesFor}. */
  public static final int BY_HEAP = 0;

  /** All caches of one JVM together fill at most this part of its heap with ordinary entities. */
  private static final int HEAP_PART = 10;

  /** An ordinary entity, decoded, with its key and its place in the cache, rounded up. */
  private static final int DECODED_BYTES = 1_000;

  private static final int STEPS = 3;
  private static final int LEAST_ENTITIES = 2_000;
  private static final int MOST_ENTITIES = 200_000;

  private static final Comparator<FeatureInput> ORDER =
      Comparator.<FeatureInput>comparingLong(input -> atMs(input))
          .thenComparing(
              input -> input.event().getSerial(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(input -> input.event().getEventId())
          .thenComparing(FeatureInput::kind);

  private final String stateName;
  private final int cacheEntities;
  private boolean inOrder;
  private boolean saysStates;

  private transient PriorityQueue<FeatureInput> waiting;
  private transient FeatureStep<S> step;
  private transient ValueState<byte[]> kept;
  private transient EntityCache<S> cache;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient LongCounter said;
  private transient Counter hits;
  private transient Counter misses;
  private transient Counter written;
  private transient Counter expired;

  FeatureStepOperator(String stateName, int cacheEntities) {
    if (cacheEntities < 0) {
      throw new IllegalArgumentException(
          "The cache of "
              + stateName
              + " has "
              + cacheEntities
              + " entities; it needs at least 1, or "
              + BY_HEAP
              + " for as many as the heap allows");
    }
    this.stateName = stateName;
    this.cacheEntities = cacheEntities;
  }

  /**
   * Entities that one subtask of one step keeps decoded, unless set otherwise.
   *
   * @param heapBytes greatest heap of this JVM
   * @param subtasks of the step; taken as if all were in this JVM
   */
  static int entitiesFor(long heapBytes, int subtasks) {
    long fitting = heapBytes / HEAP_PART / DECODED_BYTES / STEPS / subtasks;
    return (int) Math.min(MOST_ENTITIES, Math.max(LEAST_ENTITIES, fitting));
  }

  /**
   * Makes this step take its inputs in the total order of events, each once the watermark has come
   * to it: over recorded streams the features then do not depend on parallelism. A live job must
   * not wait so, and such a run takes no checkpoints.
   */
  public final void takeInOrder() {
    inOrder = true;
  }

  /**
   * Makes this step say the state of every entity on {@link FeatureState#AT_END} once its bounded
   * input has ended. Timers of a time that the input never reached do not fire then.
   */
  public final void sayStatesAtEnd() {
    saysStates = true;
  }

  /** Makes the step's logic once the operator runs. */
  abstract FeatureStep<S> makeStep(Limits limits);

  /** Handles an EVENT; {@code true} when the state moved. Emits through {@link #emit}. */
  abstract boolean onEvent(S state, FeatureInput input) throws Exception;

  @Override
  public void open() throws Exception {
    super.open();
    step = makeStep(countingLimits());
    waiting = new PriorityQueue<>(ORDER);
    kept = getRuntimeContext().getState(FeatureState.descriptor(stateName));
    cache = new EntityCache<>(mostEntities(), this::write, System::nanoTime);
    timers = getInternalTimerService(FeatureState.TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    if (saysStates) {
      said = new LongCounter();
      getRuntimeContext().addAccumulator(FeatureState.counter(stateName), said);
    }
    hits = getMetricGroup().counter("cacheHits");
    misses = getMetricGroup().counter("cacheMisses");
    written = getMetricGroup().counter("stateWrites");
    expired = getMetricGroup().counter("entitiesExpired");
    getMetricGroup().gauge("cacheEntities", (Gauge<Integer>) cache::size);
    getMetricGroup().gauge("cacheHitRate", (Gauge<Double>) this::hitRate);
  }

  private int mostEntities() {
    return cacheEntities == BY_HEAP
        ? entitiesFor(
            Runtime.getRuntime().maxMemory(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks())
        : cacheEntities;
  }

  private Limits countingLimits() {
    Map<String, Counter> counters = new HashMap<>();
    return limit ->
        counters.computeIfAbsent(limit, name -> getMetricGroup().counter("limit." + name)).inc();
  }

  private double hitRate() {
    long all = hits.getCount() + misses.getCount();
    return all == 0 ? 0 : (double) hits.getCount() / all;
  }

  FeatureStep<S> step() {
    return step;
  }

  /** Takes one input; its key must be the current one. */
  final void take(StreamRecord<FeatureInput> element) throws Exception {
    if (inOrder && element.getValue().event() != null) {
      waiting.add(element.getValue());
    } else {
      take(element.getValue());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!waiting.isEmpty() && atMs(waiting.peek()) <= mark.getTimestamp()) {
      FeatureInput input = waiting.poll();
      setCurrentKey(input.key());
      take(input);
    }
    if (saysStates && mark.equals(Watermark.MAX_WATERMARK)) {
      sayStates();
      output.emitWatermark(mark);
      return;
    }
    super.processWatermark(mark);
    if (!inOrder) {
      cache.writeBackSome();
    }
  }

  private void sayStates() throws Exception {
    cache.writeBackAll();
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(stateName, VoidNamespace.INSTANCE)) {
      Iterator<String> each = keys.iterator();
      while (each.hasNext()) {
        String key = each.next();
        setCurrentKey(key);
        byte[] bytes = kept.value();
        EntityBytes state = new EntityBytes(key, bytes, step.read(bytes).expiresAt());
        output.collect(FeatureState.AT_END, new StreamRecord<>(state));
        said.add(1);
      }
    }
  }

  private static long atMs(FeatureInput input) {
    return input.event().getOccurredAt().toEpochMilli();
  }

  private void take(FeatureInput input) throws Exception {
    switch (input.kind()) {
      case EVENT -> enrich(input);
      case NOTE -> {
        EntityCache.Slot<S> slot = slot(input.key());
        moved(input.key(), slot, step.note(slot.state, input.event()));
      }
      case QUERY -> onQuery(input, slot(input.key()).state);
    }
  }

  private void enrich(FeatureInput input) throws Exception {
    if (input.key().equals(input.event().getEventId())) {
      // No entity of this step is concerned: the event passes under its own id and leaves nothing.
      onEvent(step.empty(), input);
      return;
    }
    EntityCache.Slot<S> slot = slot(input.key());
    moved(input.key(), slot, onEvent(slot.state, input));
  }

  /** A QUERY for this entity; only the payer step is asked. */
  void onQuery(FeatureInput input, S state) {
    throw new IllegalStateException(
        getClass().getSimpleName()
            + " was asked about report "
            + input.reportId()
            + "; queries go to the payer account step only");
  }

  /** Hands an event on. */
  abstract void emit(EnrichedEvent event);

  private EntityCache.Slot<S> slot(String key) throws Exception {
    EntityCache.Slot<S> slot = cache.get(key);
    if (slot != null) {
      hits.inc();
      return slot;
    }
    misses.inc();
    byte[] bytes = kept.value();
    slot =
        bytes == null
            ? new EntityCache.Slot<>(step.empty(), true)
            : new EntityCache.Slot<>(step.read(bytes), false);
    cache.put(key, slot);
    // Another entity may just have been written under its own key.
    setCurrentKey(key);
    return slot;
  }

  private void moved(String key, EntityCache.Slot<S> slot, boolean moved) {
    if (!moved) {
      return;
    }
    cache.moved(slot);
    if (slot.isNew) {
      slot.isNew = false;
      setCurrentKey(key);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, slot.state.expiresAt());
    }
  }

  private void write(String key, S state) throws Exception {
    setCurrentKey(key);
    kept.update(state.toBytes());
    written.inc();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String key = timer.getKey();
    setCurrentKey(key);
    EntityCache.Slot<S> slot = cache.peek(key);
    long end = slot != null ? slot.state.expiresAt() : keptUntil();
    if (end > timer.getTimestamp()) {
      // Who lived on once will mostly do so again: he is not asked more than once in a while.
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, Math.max(end, timer.getTimestamp() + ASKED_AGAIN_MS));
      return;
    }
    cache.remove(key);
    kept.clear();
    expired.inc();
  }

  /** When the current entity's kept state expires; it does not enter the cache for that. */
  private long keptUntil() throws Exception {
    byte[] bytes = kept.value();
    return bytes == null ? Long.MIN_VALUE : step.read(bytes).expiresAt();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("Feature steps set no processing-time timers");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (inOrder) {
      throw new IllegalStateException(
          stateName
              + " takes its inputs in order, which no checkpoint keeps; switch checkpoints off");
    }
    cache.writeBackAll();
    super.snapshotState(context);
  }
}
