package dev.zhifu.jobs.orders;

import dev.zhifu.jobs.flow.AddressedOrder;
import dev.zhifu.jobs.flow.WrongStop;
import dev.zhifu.jobs.orders.OrderKeeper.Kept;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Owns every stop-payment order for its whole life. Keyed by account token; runs with parallelism
 * 1, because the limits of a standing authorisation, the wrong stops of a day and the reading back
 * of the record are counted over all accounts. Its only watermark must be that of {@code
 * clock.ticks}: give every other input the maximum watermark. A tick must reach the broadcast side
 * before its watermark does.
 *
 * <p>Main output: every transition as a request. Beside it: signed orders, notices, alarms, stops
 * found wrong.
 *
 * <p>State: {@code stop-orders.account.v1}, keyed, one value an account, bounded by the settings
 * and never cleared (two stops have no end in law); {@code stop-orders.control.v1}, operator state,
 * one element, bounded by a day's orders and the lists.
 */
public final class StopOrdersFunction
    extends KeyedBroadcastProcessFunction<String, OrderInput, OrderControl, StopPaymentRequest>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Signed orders on their way to the banks' topics. */
  public static final OutputTag<AddressedOrder> ORDERS =
      new OutputTag<>("stop-orders.orders", TypeInformation.of(AddressedOrder.class));

  /** Notices to holders. */
  public static final OutputTag<RestrictionNotice> NOTICES =
      new OutputTag<>("stop-orders.notices", TypeInformation.of(RestrictionNotice.class));

  /** What a person should look at. */
  public static final OutputTag<OrderAlarm> ALARMS =
      new OutputTag<>("stop-orders.alarms", TypeInformation.of(OrderAlarm.class));

  /** Stops found wrong, for each rule version behind them. */
  public static final OutputTag<WrongStop> WRONG =
      new OutputTag<>("stop-orders.wrong", TypeInformation.of(WrongStop.class));

  /** Names the broadcast for {@code DataStream.broadcast}; nothing is kept in it. */
  public static final MapStateDescriptor<String, String> BROADCAST =
      new MapStateDescriptor<>("stop-orders.broadcast.v1", Types.STRING, Types.STRING);

  /** Key: account token. Bound: settings. Never cleared. */
  static final ValueStateDescriptor<AccountOrders> ACCOUNT =
      new ValueStateDescriptor<>("stop-orders.account.v1", TypeInformation.of(AccountOrders.class));

  /**
   * One element. Bound: a day's automatic orders, the lists, the authorisations. Pruned by each
   * tick.
   */
  static final ListStateDescriptor<ControlState> CONTROL =
      new ListStateDescriptor<>("stop-orders.control.v1", TypeInformation.of(ControlState.class));

  private final OrderSettings settings;
  private final OrderKeysFactory keysFactory;
  private final List<SigningGuard> guards;

  private transient ValueState<AccountOrders> account;
  private transient ListState<ControlState> control;
  private transient ControlState restored;

  /** What was read or written last, decoded: a waiting draft is looked at again and again. */
  private transient Map<String, AccountOrders> decoded;

  private transient OrderKeeper keeper;
  private transient OrderMetrics metrics;

  /**
   * The operator with all guards.
   *
   * @param settings settings; its environment must be that of the engine's key
   * @param keysFactory opens the keys on the task
   */
  public StopOrdersFunction(OrderSettings settings, OrderKeysFactory keysFactory) {
    this(settings, keysFactory, SigningGuard.all());
  }

  StopOrdersFunction(
      OrderSettings settings, OrderKeysFactory keysFactory, List<SigningGuard> guards) {
    this.settings = settings;
    this.keysFactory = keysFactory;
    this.guards = List.copyOf(guards);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    control = context.getOperatorStateStore().getListState(CONTROL);
    restored = ControlState.none();
    for (ControlState kept : control.get()) {
      restored = kept;
    }
  }

  @Override
  public void open(OpenContext context) throws Exception {
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    if (parallelism != 1) {
      throw new IllegalStateException(
          "stop-orders runs with parallelism "
              + parallelism
              + "; its limits are counted over all accounts, set it to 1");
    }
    account = getRuntimeContext().getState(ACCOUNT);
    decoded = new Recent();
    keeper = new OrderKeeper(new OrderControls(settings, restored), keysFactory.open(), guards);
    metrics = new OrderMetrics(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    control.update(List.of(keeper.controls().state()));
  }

  @Override
  public void processElement(
      OrderInput input, ReadOnlyContext context, Collector<StopPaymentRequest> out)
      throws Exception {
    String key = input.accountToken();
    AccountOrders before = state(key);
    Kept kept = keeper.take(before, input, output(out, context));
    keep(key, before, kept, context);
  }

  @Override
  public void processBroadcastElement(
      OrderControl input, Context context, Collector<StopPaymentRequest> out) throws Exception {
    keeper.control(input, new FlinkOutput(out, context::output, metrics));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StopPaymentRequest> out)
      throws Exception {
    if (timestamp > keeper.controls().nowMs()) {
      // A watermark beyond the ticks is the end of a bounded or drained run: no time has passed,
      // and no stop has expired.
      return;
    }
    String key = context.getCurrentKey();
    AccountOrders before = state(key);
    Kept kept = keeper.ring(key, before, output(out, context));
    keep(key, before, kept, context);
  }

  /** State is replaced and never changed in its place, so what is remembered is what is stored. */
  private AccountOrders state(String key) throws Exception {
    AccountOrders known = decoded.get(key);
    if (known != null) {
      return known;
    }
    AccountOrders stored = account.value();
    AccountOrders state = stored == null ? AccountOrders.none() : stored;
    decoded.put(key, state);
    return state;
  }

  /**
   * An account with nothing to remember keeps no state: a stray act or receipt leaves none behind.
   */
  private void keep(String key, AccountOrders before, Kept kept, ReadOnlyContext context)
      throws Exception {
    if (!kept.state().equals(before)) {
      account.update(kept.state());
      decoded.put(key, kept.state());
    }
    if (kept.nextMs() > 0) {
      context.timerService().registerEventTimeTimer(kept.nextMs());
    }
  }

  private FlinkOutput output(Collector<StopPaymentRequest> out, ReadOnlyContext context) {
    return new FlinkOutput(out, context::output, metrics);
  }

  /** The accounts met last; one of them takes some kilobytes. */
  private static final class Recent extends LinkedHashMap<String, AccountOrders> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 2_000;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, AccountOrders> eldest) {
      return size() > MOST;
    }
  }
}
