package dev.zhifu.jobs.decide;

import dev.zhifu.jobs.flow.Announcement;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.TransferDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the parts of an awaiting transfer into one answer: at once when all parts are in, else 40
 * ms before the bank's time is up with what is known; after that it is silent and counts {@code
 * late}.
 *
 * <p>Its deadline is the engine's only processing-time timer: a bank that waits does so in real
 * time. Where the wall clock and the bank's clock differ (a simulated city) the budget is counted
 * from the announcement's arrival instead (ADR-0012).
 *
 * <p>State per awaiting event: one small record, cleared {@code keepMs} after the answer.
 */
public final class DecisionJoin extends KeyedProcessFunction<String, JoinInput, TransferDecision> {
  private static final long serialVersionUID = 1L;

  /** The answer leaves this long before the bank's time is up, milliseconds. */
  public static final long MARGIN_MS = 40;

  /**
   * How long an answered transfer is remembered so that late parts are counted and not answered
   * again, milliseconds.
   */
  static final long KEEP_MS = 60_000;

  private final boolean banksOnWallClock;
  private transient ValueState<JoinState> state;
  private transient Counter pass;
  private transient Counter hold;
  private transient Counter late;
  private transient Counter atDeadline;

  /**
   * @param banksOnWallClock true in production, where the banks' clock is the wall clock; false in
   *     a simulated city
   */
  public DecisionJoin(boolean banksOnWallClock) {
    this.banksOnWallClock = banksOnWallClock;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "decision-join.parts.v1", TypeInformation.of(JoinState.class)));
    pass = getRuntimeContext().getMetricGroup().counter("decisionsPass");
    hold = getRuntimeContext().getMetricGroup().counter("decisionsHold");
    late = getRuntimeContext().getMetricGroup().counter("late");
    atDeadline = getRuntimeContext().getMetricGroup().counter("answeredAtDeadline");
  }

  @Override
  public void processElement(JoinInput input, Context context, Collector<TransferDecision> out)
      throws Exception {
    JoinState now = state.value();
    if (now == null) {
      now = new JoinState(null, List.of(), false, null, false);
    }
    if (now.answered()) {
      late.inc();
      return;
    }
    now =
        input.part() == null
            ? announced(now, input.announcement(), context)
            : heard(now, input.part());
    Announcement announcement = now.announcement();
    if (announcement != null && now.partsSeen().size() >= announcement.parts()) {
      answer(now, context, out);
    } else {
      if (announcement == null) {
        context
            .timerService()
            .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + KEEP_MS);
      }
      state.update(now);
    }
  }

  private JoinState announced(JoinState now, Announcement announcement, Context context) {
    long clock = context.timerService().currentProcessingTime();
    long budget =
        banksOnWallClock
            ? announcement.answerByMs() - clock
            : announcement.answerByMs() - announcement.occurredAtMs();
    if (announcement.parts() > now.partsSeen().size()) {
      context.timerService().registerProcessingTimeTimer(clock + Math.max(0, budget - MARGIN_MS));
    }
    return new JoinState(announcement, now.partsSeen(), now.hold(), now.reasonCode(), false);
  }

  private static JoinState heard(JoinState now, PartReport part) {
    String id = part.keyKind() + ":" + part.side() + ":" + part.key();
    List<String> seen = new ArrayList<>(now.partsSeen());
    if (!seen.contains(id)) {
      seen.add(id);
    }
    return new JoinState(
        now.announcement(),
        seen,
        now.hold() || part.hold(),
        now.hold() ? now.reasonCode() : part.hold() ? part.reasonCode() : null,
        false);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TransferDecision> out)
      throws Exception {
    if (context.timeDomain() != TimeDomain.PROCESSING_TIME) {
      return;
    }
    JoinState now = state.value();
    if (now == null) {
      return;
    }
    if (now.answered() || now.announcement() == null) {
      state.clear();
      return;
    }
    atDeadline.inc();
    answer(now, context, out);
  }

  private void answer(JoinState now, Context context, Collector<TransferDecision> out)
      throws Exception {
    Announcement asked = now.announcement();
    (now.hold() ? hold : pass).inc();
    out.collect(
        TransferDecision.newBuilder()
            .setEventId(asked.eventId())
            .setTransactionId(asked.transactionId())
            .setBank(asked.bank())
            .setDecision(now.hold() ? DecisionKind.HOLD : DecisionKind.PASS)
            .setReasonCode(now.hold() ? now.reasonCode() : null)
            .setOccurredAt(Instant.ofEpochMilli(asked.occurredAtMs()))
            .setAnswerBy(Instant.ofEpochMilli(asked.answerByMs()))
            .build());
    state.update(new JoinState(asked, now.partsSeen(), now.hold(), now.reasonCode(), true));
    context
        .timerService()
        .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + KEEP_MS);
  }
}
