package dev.zhifu.jobs.network;

import dev.zhifu.jobs.trace.ListedAccounts;
import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkNode;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.NetworkState;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.NetworkShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
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
 * The shapes at one account. Keyed input: what the account pays, and messages of accounts that pay
 * it for the first time; broadcast: the lists, whose pooled, hub, protected and trading accounts
 * take no part. Main output: messages for accounts that were paid; side output {@link #SHAPES}:
 * shapes found. A message heard twice changes nothing; one heard late is told on (ADR-0136).
 *
 * <p>A payment to an account that was paid before costs one read. Until the lists have been read
 * once, and for a while after the first movement that the job ever saw, payments only teach who
 * pays whom.
 *
 * <p>State: one entry an account that was paid, with the day of the newest payment; one value of
 * steps, bounded by the settings. One event-time timer an account looks once a window what has
 * become too old: steps after a window, partners after {@value #REMEMBERED_DAYS} days. The entries
 * of the lists; the event time of the first movement.
 */
public final class NetworkShapes
    extends KeyedBroadcastProcessFunction<String, NetworkStep, TraceListing, NetworkStep>
    implements CheckpointedFunction {
  /** Name under which savepoints know it. */
  public static final String UID = "network-shapes";

  /** Shapes found. */
  public static final OutputTag<NetworkShape> SHAPES =
      new OutputTag<>("network-shapes", TypeInformation.of(NetworkShape.class));

  /** The lists, by entry id. */
  static final MapStateDescriptor<String, ListEntry> LISTS =
      new MapStateDescriptor<>(
          "network.lists.v1", Types.STRING, TypeInformation.of(ListEntry.class));

  /** Days that a partner is remembered after the newest payment to it. */
  static final int REMEMBERED_DAYS = 180;

  private static final long serialVersionUID = 1L;
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long REMEMBERED_MS = REMEMBERED_DAYS * DAY_MS;
  private static final String PAID = "network.paid.v1";
  private static final String STEPS = "network.steps.v1";
  private static final String BEGAN = "network.began.v1";

  private final NetworkSettings settings;
  private final long learningMs;

  private transient MapState<String, Long> paid;
  private transient ValueState<byte[]> steps;
  private transient ListState<Long> begins;
  private transient ListedAccounts listed;
  private transient boolean listsRead;
  private transient long began;
  private transient NetworkNode node;
  private transient Counter messages;
  private transient Counter shapes;
  private transient Counter passed;

  /**
   * Shapes under settings.
   *
   * @param learning event time from the first movement in which payments only teach who pays whom
   */
  public NetworkShapes(NetworkSettings settings, Duration learning) {
    this.settings = settings;
    this.learningMs = learning.toMillis();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    begins =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(BEGAN, Types.LONG));
    began = Long.MAX_VALUE;
    for (long each : begins.get()) {
      began = Math.min(began, each);
    }
    listed = new ListedAccounts();
    for (Map.Entry<String, ListEntry> entry :
        context.getOperatorStateStore().getBroadcastState(LISTS).entries()) {
      listed.take(entry.getValue());
    }
    listsRead = began != Long.MAX_VALUE;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    // What was seen before the lists could be read has taught nothing about time.
    begins.update(listsRead ? List.of(began) : List.of());
  }

  @Override
  public void open(OpenContext context) {
    paid =
        getRuntimeContext().getMapState(new MapStateDescriptor<>(PAID, Types.STRING, Types.LONG));
    steps =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    STEPS, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    node = null;
    messages = getRuntimeContext().getMetricGroup().counter("networkMessages");
    shapes = getRuntimeContext().getMetricGroup().counter("networkShapes");
    passed = getRuntimeContext().getMetricGroup().counter("networkListed");
  }

  @Override
  public void processBroadcastElement(
      TraceListing told, Context context, Collector<NetworkStep> out) throws Exception {
    if (told.isEnd()) {
      listsRead = true;
      node = null;
    } else {
      listed.take(told.entry());
      context.getBroadcastState(LISTS).put(told.entry().getEntryId(), told.entry());
    }
  }

  @Override
  public void processElement(NetworkStep step, ReadOnlyContext context, Collector<NetworkStep> out)
      throws Exception {
    TrailMessage message = step.message();
    if (step.told()) {
      hear(message, context, out);
    } else if (listed.end(message.payer(), message.at()) != null
        || listed.end(message.payee(), message.at()) != null) {
      passed.inc();
    } else {
      pay(message, context, out);
    }
  }

  private void pay(TrailMessage payment, ReadOnlyContext context, Collector<NetworkStep> out)
      throws Exception {
    if (payment.at() < began) {
      began = payment.at();
      node = null;
    }
    Long newest = paid.get(payment.payee());
    if (newest == null || payment.at() >= newest + DAY_MS) {
      paid.put(payment.payee(), payment.at());
    }
    if (newest != null) {
      return;
    }
    byte[] known = steps.value();
    NetworkState state = state(known);
    int partners = state.partners() + 1;
    state.remembers(partners > settings.partners() ? forgetLongestUnpaid(partners) : partners);
    List<NetworkHit> hits = new ArrayList<>();
    TrailMessage message = node().pays(state, payment, hits::add);
    keep(known, state, payment.at(), context);
    say(hits, context);
    if (message != null) {
      messages.inc();
      out.collect(NetworkStep.told(message));
    }
  }

  private void hear(TrailMessage message, ReadOnlyContext context, Collector<NetworkStep> out)
      throws Exception {
    byte[] known = steps.value();
    NetworkState state = state(known);
    List<NetworkHit> hits = new ArrayList<>();
    node()
        .isPaid(
            state,
            message,
            hits::add,
            more -> {
              messages.inc();
              out.collect(NetworkStep.told(more));
            });
    keep(known, state, message.at(), context);
    say(hits, context);
  }

  private void say(List<NetworkHit> hits, ReadOnlyContext context) {
    for (NetworkHit hit : NetworkHit.clearest(hits)) {
      shapes.inc();
      context.output(SHAPES, NetworkRecords.record(hit));
    }
  }

  private NetworkNode node() {
    if (node == null) {
      boolean learnt = listsRead && began != Long.MAX_VALUE;
      node = new NetworkNode(settings, learnt ? began + learningMs : Long.MAX_VALUE);
    }
    return node;
  }

  private static NetworkState state(byte[] known) {
    return known == null ? new NetworkState() : NetworkState.of(known);
  }

  /** An account has one timer, from its first step until nothing is left of it. */
  private void keep(byte[] known, NetworkState state, long at, ReadOnlyContext context)
      throws Exception {
    steps.update(state.toBytes());
    if (known == null) {
      context.timerService().registerEventTimeTimer(at + settings.windowMs());
    }
  }

  /** An eighth at once: an account that pays so many is a hub long since. */
  private int forgetLongestUnpaid(int partners) throws Exception {
    List<Map.Entry<String, Long>> all = new ArrayList<>();
    for (Map.Entry<String, Long> entry : paid.entries()) {
      all.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    all.sort(
        Map.Entry.<String, Long>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
    int gone = Math.max(1, partners / 8);
    for (Map.Entry<String, Long> entry : all.subList(0, Math.min(gone, all.size()))) {
      paid.remove(entry.getKey());
    }
    return Math.max(0, all.size() - gone);
  }

  @Override
  public void onTimer(long at, OnTimerContext context, Collector<NetworkStep> out)
      throws Exception {
    NetworkState state = state(steps.value());
    state.forget(at - settings.windowMs() + 1);
    int partners = 0;
    List<String> gone = new ArrayList<>();
    for (Map.Entry<String, Long> entry : paid.entries()) {
      if (entry.getValue() <= at - REMEMBERED_MS) {
        gone.add(entry.getKey());
      } else {
        partners++;
      }
    }
    for (String payee : gone) {
      paid.remove(payee);
    }
    if (state.newestMs() == Long.MIN_VALUE && partners == 0) {
      steps.clear();
      return;
    }
    state.remembers(partners);
    steps.update(state.toBytes());
    context.timerService().registerEventTimeTimer(at + settings.windowMs());
  }
}
