package dev.zhifu.jobs.gate;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets a publication pass to all subtasks only when its document, its version and its time are
 * right, and says why not otherwise. A publication for which some subtask came too late is annulled
 * everywhere: the subtasks' answers are read back from the status topic. Input 1 is controls whose
 * signatures hold; input 2 is the clock, event times in milliseconds. Runs with parallelism 1.
 *
 * <p>State: one line for each rule, whatever the number of its publications.
 */
public final class RuleGate extends CoProcessFunction<RouterControl, Long, RouterControl>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Uid and prefix of its state names. */
  public static final String UID = "rule-gate";

  /** Subtask under which the gate answers. */
  public static final int SUBTASK = -1;

  /** Answers to publications. */
  public static final OutputTag<RuleStatus> STATUS =
      new OutputTag<>("gate-status", TypeInformation.of(RuleStatus.class));

  private transient ListState<KnownRule> state;
  private transient List<KnownRule> restored;
  private transient GateBook book;
  private transient Counter accepted;
  private transient Counter refused;
  private transient Counter annulled;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "rule-gate.rules.v1", TypeInformation.of(KnownRule.class)));
    restored = new ArrayList<>();
    state.get().forEach(restored::add);
  }

  @Override
  public void open(OpenContext context) {
    book = new GateBook(restored);
    accepted = getRuntimeContext().getMetricGroup().counter("accepted");
    refused = getRuntimeContext().getMetricGroup().counter("refused");
    annulled = getRuntimeContext().getMetricGroup().counter("annulled");
  }

  @Override
  public void processElement1(
      RouterControl control, Context context, Collector<RouterControl> out) {
    switch (control.kind()) {
      case PUBLICATION -> judge(control, context, out);
      case ANSWER -> answered(control.status(), context, out);
      case READY -> {
        book.ready();
        out.collect(control);
      }
      case LIST, CURB, ANNULMENT -> out.collect(control);
    }
  }

  @Override
  public void processElement2(Long tickMs, Context context, Collector<RouterControl> out) {
    book.tick(tickMs);
  }

  private void judge(RouterControl control, Context context, Collector<RouterControl> out) {
    Verdict verdict = book.judge(control.publication(), control.position());
    if (verdict == null) {
      return;
    }
    if (verdict.passes()) {
      accepted.inc();
      out.collect(control);
    } else if (verdict.kind() == RuleStatusKind.REFUSED) {
      refused.inc();
    }
    context.output(
        STATUS, answer(control.publication(), control.position(), verdict, book.nowMs()));
  }

  private void answered(RuleStatus status, Context context, Collector<RouterControl> out) {
    if (!book.answered(status)) {
      return;
    }
    annulled.inc();
    out.collect(RouterControl.annulment(status));
    RuleStatus said = RuleStatus.newBuilder(status).build();
    said.setStatus(RuleStatusKind.ANNULLED);
    said.setSubtask(SUBTASK);
    said.setSubtasks(0);
    said.setReason(
        "subtask "
            + status.getSubtask()
            + " came too late, so it is in force nowhere: "
            + status.getReason());
    context.output(STATUS, said);
  }

  /** The gate's answer to a publication. */
  static RuleStatus answer(
      RulePublication publication, String position, Verdict verdict, long nowMs) {
    return RuleStatus.newBuilder()
        .setRuleId(publication.getRuleId())
        .setVersion(publication.getVersion())
        .setStatus(verdict.kind())
        .setSubtask(SUBTASK)
        .setWatermark(Instant.ofEpochMilli(Math.max(nowMs, 0)))
        .setReason(verdict.reason())
        .setEffectiveFrom(publication.getEffectiveFrom())
        .setPublicationStatus(publication.getStatus())
        .setPosition(position)
        .setFaults(verdict.faults())
        .build();
  }

  /**
   * The answer to a publication whose signatures do not hold.
   *
   * @param sentence what was found
   */
  public static RuleStatus forged(RulePublication publication, String position, String sentence) {
    return answer(publication, position, Verdict.refused(sentence), 0);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(book.kept());
  }
}
