package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.rules.lives.order.OrderEvent;
import dev.zhifu.rules.lives.order.PaperworkClock;
import dev.zhifu.rules.lives.order.StopClock;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.OrderChannel;
import dev.zhifu.wire.RecoveryAlarm;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches every stop-payment order, whose life stop-orders owns: an answer that stays out, an end
 * that comes near. Keyed by order; its only watermark must be that of {@code clock.ticks}. Under an
 * account's token it watches whether an order follows the stop that the bank has made itself.
 *
 * <p>State, by order and never cleared (an order may be answered late): {@code
 * stop-watch.clock.v1}, {@code stop-watch.order.v1}, one element each; by account and never
 * cleared: {@code stop-watch.paperwork.v1}, one element.
 */
public final class StopWatchFunction
    extends KeyedBroadcastProcessFunction<String, StopWatchInput, RecoveryControl, RecoveryAlarm> {

  private static final long serialVersionUID = 1L;

  /** Uid of the operator. */
  public static final String UID = "stop-watch";

  /** Names the broadcast; nothing is kept in it. */
  public static final MapStateDescriptor<String, String> BROADCAST =
      new MapStateDescriptor<>("stop-watch.broadcast.v1", Types.STRING, Types.STRING);

  private static final ValueStateDescriptor<StopClock> CLOCK =
      new ValueStateDescriptor<>("stop-watch.clock.v1", TypeInformation.of(StopClock.class));
  private static final ValueStateDescriptor<StopPaymentRequest> ORDER =
      new ValueStateDescriptor<>(
          "stop-watch.order.v1", TypeInformation.of(StopPaymentRequest.class));

  private static final ValueStateDescriptor<PaperworkClock> PAPERWORK =
      new ValueStateDescriptor<>(
          "stop-watch.paperwork.v1", TypeInformation.of(PaperworkClock.class));

  private final Duration paperworkWithin;
  private final BankChannels banks;

  private transient ValueState<StopClock> clock;
  private transient ValueState<StopPaymentRequest> order;
  private transient ValueState<PaperworkClock> paperwork;
  private transient long nowMs;

  /**
   * @param paperworkWithin from a bank's own stop to the order that follows it; our own service
   *     level
   * @param banks how orders reach each; one that has none sent answers a paper, which has clocks of
   *     its own
   */
  public StopWatchFunction(Duration paperworkWithin, BankChannels banks) {
    this.paperworkWithin = paperworkWithin;
    this.banks = banks;
  }

  @Override
  public void open(OpenContext context) {
    paperwork = getRuntimeContext().getState(PAPERWORK);
    clock = getRuntimeContext().getState(CLOCK);
    order = getRuntimeContext().getState(ORDER);
  }

  @Override
  public void processElement(
      StopWatchInput input, ReadOnlyContext context, Collector<RecoveryAlarm> out)
      throws Exception {
    if (input.isOfAccount()) {
      account(input, context);
      return;
    }
    StopClock next = clock.value() == null ? StopClock.NONE : clock.value();
    StopPaymentRequest request = input.request();
    if (request != null) {
      if (request.getSequence() > next.sequence()) {
        order.update(request);
      }
      next =
          next.told(request.getState(), request.getSequence(), request.getTickAt().toEpochMilli());
    } else if (input.receipt().getStartTime() != null && isFromItsBank(input.receipt())) {
      next = next.started(input.receipt().getStartTime().toEpochMilli());
    }
    keep(next, context);
  }

  private void account(StopWatchInput input, ReadOnlyContext context) throws Exception {
    PaperworkClock known = paperwork.value() == null ? PaperworkClock.NONE : paperwork.value();
    StopPaymentRequest request = input.request();
    PaperworkClock next =
        request != null
            ? known.told(request.getState(), request.getCaseIds())
            : known.reported(
                input.reportId(),
                input.stopped().getPayee().getBank(),
                input.stopped().getOwnStop(),
                paperworkWithin);
    if (!next.equals(known)) {
      keep(next, context);
    }
  }

  /** Orders and answers come on topics of their own: an answer may be first. */
  private boolean isFromItsBank(StopPaymentReceipt receipt) throws Exception {
    StopPaymentRequest known = order.value();
    return known == null || known.getTarget().getBank().equals(receipt.getBank());
  }

  @Override
  public void processBroadcastElement(
      RecoveryControl control, Context context, Collector<RecoveryAlarm> out) {
    nowMs = Math.max(nowMs, control.tickMs());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecoveryAlarm> out)
      throws Exception {
    if (timestamp > nowMs) {
      // Beyond the ticks lies the end of a bounded run.
      return;
    }
    if (paperwork.value() != null) {
      ring(paperwork.value(), context, out);
      return;
    }
    if (clock.value() == null || order.value() == null) {
      // An answer alone is no order.
      return;
    }
    StopClock due = clock.value();
    boolean reads = banks.of(order.value().getTarget().getBank()) != OrderChannel.PAPER;
    for (StopClock.Due each : due.due(nowMs)) {
      if (reads || each.event() != OrderEvent.ANSWER_LATE) {
        out.collect(alarm(order.value(), each));
      }
    }
    keep(due.rung(nowMs), context);
  }

  private void keep(StopClock next, ReadOnlyContext context) throws Exception {
    clock.update(next);
    next.next().ifPresent(at -> context.timerService().registerEventTimeTimer(at.toEpochMilli()));
  }

  /** While an order is out nothing is owed; should its bank refuse it, what was due rings then. */
  private void ring(PaperworkClock owed, OnTimerContext context, Collector<RecoveryAlarm> out)
      throws Exception {
    if (!owed.out()) {
      owed.due(nowMs).map(due -> alarm(owed, due)).ifPresent(out::collect);
      keep(owed.rung(nowMs), context);
    }
  }

  private void keep(PaperworkClock next, ReadOnlyContext context) throws Exception {
    paperwork.update(next);
    next.next().ifPresent(at -> context.timerService().registerEventTimeTimer(at.toEpochMilli()));
  }

  private RecoveryAlarm alarm(PaperworkClock owed, PaperworkClock.Due due) {
    String cause = due.alarm() + ":" + due.at().toEpochMilli();
    return new RecoveryAlarm(
        Sha256.hex(owed.reportId() + "\n" + cause),
        due.alarm(),
        LifeKind.STOP_ORDER,
        owed.reportId(),
        owed.caseId(),
        due.words(),
        cause,
        Instant.ofEpochMilli(nowMs));
  }

  private RecoveryAlarm alarm(StopPaymentRequest known, StopClock.Due due) {
    String cause = due.alarm() + ":" + due.at().toEpochMilli();
    return new RecoveryAlarm(
        Sha256.hex(known.getOrderId() + "\n" + cause),
        due.alarm(),
        LifeKind.STOP_ORDER,
        known.getOrderId(),
        known.getCaseIds().isEmpty() ? "" : known.getCaseIds().get(0),
        "stop "
            + known.getOrderId()
            + " at "
            + known.getTarget().getBank()
            + " ("
            + known.getState()
            + "): "
            + due.words(),
        cause,
        Instant.ofEpochMilli(nowMs));
  }
}
