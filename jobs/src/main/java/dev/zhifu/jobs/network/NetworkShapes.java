package dev.zhifu.jobs.network;

import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkNode;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.NetworkState;
import dev.zhifu.rules.money.network.TrailMessage;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The shapes at one account. First input: what it pays, keyed by the payer; second input: messages
 * of accounts that pay it for the first time, keyed by the payee. Main output: such messages, for
 * the accounts that were paid; side output {@link #HITS}: shapes found. A message heard twice
 * changes nothing: a transfer that is known is passed over.
 *
 * <p>State: one value an account, bounded by the settings ({@code network.account.v1}), dropped by
 * an event-time timer once nothing happened for the time that a partner is remembered.
 */
public final class NetworkShapes
    extends KeyedCoProcessFunction<
        String, NetworkShapes.Payment, NetworkShapes.Told, NetworkShapes.Told> {
  /** Name under which savepoints know it. */
  public static final String UID = "network-shapes";

  /** Shapes found. */
  public static final OutputTag<Shape> HITS =
      new OutputTag<>("network-hits", TypeInformation.of(Shape.class));

  private static final long serialVersionUID = 1L;
  private static final String ACCOUNT = "network.account.v1";

  /** How long a partner is remembered after the account's last movement. */
  private static final long REMEMBERED_MS = Duration.ofDays(180).toMillis();

  private final Limits limits;
  private final long learnedAtMs;

  private transient ValueState<byte[]> account;
  private transient NetworkNode node;
  private transient Counter messages;

  /**
   * One transfer of an account.
   *
   * @param id source + ":" + transaction id
   * @param atMs event time
   * @param fen amount
   * @param payer who pays
   * @param payee who is paid
   */
  public record Payment(String id, long atMs, long fen, String payer, String payee) {}

  /**
   * A message of trails on its way.
   *
   * @param payee for whom
   * @param body its bytes
   */
  public record Told(String payee, byte[] body) {}

  /**
   * A shape found.
   *
   * @param rule G01 to G04
   * @param account where
   * @param other the other end of a scatter and gather, else the same account
   * @param atMs event time of the transfer that completed it
   * @param ids transfers that make it
   */
  public record Shape(String rule, String account, String other, long atMs, List<String> ids) {}

  /** Settings as they travel with the job. */
  private record Limits(
      long windowMs,
      int deepest,
      int trails,
      int partners,
      int steps,
      int hub,
      int fan,
      long fanMs,
      int between,
      int shortestCycle,
      int chain,
      long chainDwellMs,
      double chainShare)
      implements Serializable {
    private static Limits of(NetworkSettings of) {
      return new Limits(
          of.windowMs(),
          of.deepest(),
          of.trails(),
          of.partners(),
          of.steps(),
          of.hub(),
          of.fan(),
          of.fanMs(),
          of.between(),
          of.shortestCycle(),
          of.chain(),
          of.chainDwellMs(),
          of.chainShare());
    }

    private NetworkSettings settings() {
      return new NetworkSettings(
          windowMs,
          deepest,
          trails,
          partners,
          steps,
          hub,
          fan,
          fanMs,
          between,
          shortestCycle,
          chain,
          chainDwellMs,
          chainShare);
    }
  }

  /**
   * Shapes under settings.
   *
   * @param learnedAtMs event time from which a payment can be told to be a first one; 0 where
   *     history is read before
   */
  public NetworkShapes(NetworkSettings settings, long learnedAtMs) {
    this.limits = Limits.of(settings);
    this.learnedAtMs = learnedAtMs;
  }

  @Override
  public void open(OpenContext context) {
    account =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    ACCOUNT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    node = new NetworkNode(limits.settings(), learnedAtMs);
    messages = getRuntimeContext().getMetricGroup().counter("networkMessages");
  }

  @Override
  public void processElement1(Payment payment, Context context, Collector<Told> out)
      throws Exception {
    NetworkState state = state();
    TrailMessage message =
        node.pays(
            state,
            payment.id(),
            payment.atMs(),
            payment.fen(),
            payment.payer(),
            payment.payee(),
            to(context));
    keep(state, context, payment.atMs());
    if (message != null) {
      messages.inc();
      out.collect(new Told(payment.payee(), message.toBytes()));
    }
  }

  @Override
  public void processElement2(Told told, Context context, Collector<Told> out) throws Exception {
    TrailMessage message = TrailMessage.of(told.body());
    NetworkState state = state();
    node.isPaid(state, message, to(context));
    keep(state, context, message.at());
  }

  private NetworkState state() throws Exception {
    byte[] known = account.value();
    return known == null ? new NetworkState() : NetworkState.of(known);
  }

  private void keep(NetworkState state, Context context, long atMs) throws Exception {
    account.update(state.toBytes());
    // One timer a day and account at most: the same time registered again is the same timer.
    long day = Duration.ofDays(1).toMillis();
    context.timerService().registerEventTimeTimer(atMs / day * day + day + REMEMBERED_MS);
  }

  @Override
  public void onTimer(long at, OnTimerContext context, Collector<Told> out) throws Exception {
    if (state().newestMs() <= at - REMEMBERED_MS) {
      account.clear();
    }
  }

  private static Consumer<NetworkHit> to(Context context) {
    return hit ->
        context.output(
            HITS, new Shape(hit.kind().rule(), hit.account(), hit.other(), hit.at(), hit.ids()));
  }
}
