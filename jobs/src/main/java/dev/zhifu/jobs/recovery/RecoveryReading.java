package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.io.DeadLetters;
import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.WireException;
import dev.zhifu.wire.ActKind;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.CaseChangeKind;
import dev.zhifu.wire.ChannelAnswer;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAct;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.StopPaymentRequest;
import dev.zhifu.wire.VictimReport;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes what recovery reads; what it cannot use it turns away, whole, and goes on. */
final class RecoveryReading extends ProcessFunction<RawRecord, RecoveryInput> {

  private static final long serialVersionUID = 1L;

  /** Records turned away. */
  static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("recovery-dead-letters", TypeInformation.of(DeadLetter.class));

  /** Cases that stand on a report. */
  static final OutputTag<FraudCase> WITH_REPORT =
      new OutputTag<>("recovery-with-report", TypeInformation.of(FraudCase.class));

  /** Acts that accept a report. */
  static final OutputTag<OfficerAct> ACCEPTED =
      new OutputTag<>("recovery-accepted", TypeInformation.of(OfficerAct.class));

  /** Stop-payment orders, their banks' answers and the banks' own stops. */
  static final OutputTag<StopWatchInput> WATCHED =
      new OutputTag<>("recovery-watched", TypeInformation.of(StopWatchInput.class));

  /** Banks' answers to risk holds. */
  static final OutputTag<RiskHoldOutcome> HELD =
      new OutputTag<>("recovery-held", TypeInformation.of(RiskHoldOutcome.class));

  /** Transitions of stop-payment orders, once each. */
  static final OutputTag<StopPaymentRequest> STOPS =
      new OutputTag<>("recovery-stops", TypeInformation.of(StopPaymentRequest.class));

  /** The mark that the record was read to its end. */
  static final OutputTag<RecoveryControl> READ_BACK =
      new OutputTag<>("recovery-read-back", TypeInformation.of(RecoveryControl.class));

  /** Makes the codec on the task. */
  interface Codecs extends Serializable {
    AvroCodec open();
  }

  private final Codecs codecs;
  private final int maxParallelism;
  private transient AvroCodec codec;
  private transient Map<Integer, Long> records;

  /**
   * @param registry where writers' schemas are looked up
   * @param maxParallelism key groups of the job
   */
  RecoveryReading(RegistrySettings registry, int maxParallelism) {
    this((Codecs) registry::codec, maxParallelism);
  }

  RecoveryReading(Codecs codecs, int maxParallelism) {
    this.codecs = codecs;
    this.maxParallelism = maxParallelism;
  }

  @Override
  public void open(OpenContext context) {
    codec = codecs.open();
    records = new HashMap<>();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<RecoveryInput> out) {
    if (record.isEnd()) {
      context.output(READ_BACK, RecoveryControl.readBack(records));
      return;
    }
    if (record.value() == null) {
      return;
    }
    try {
      decode(record, context, out);
    } catch (WireException e) {
      context.output(DEAD, DeadLetters.of(record, e.reason(), e.getMessage()));
    }
  }

  private void decode(RawRecord record, Context context, Collector<RecoveryInput> out)
      throws WireException {
    switch (record.topic()) {
      case "recovery.lives" -> {
        LifeTransition life = read(record, LifeTransition.class);
        records.merge(
            KeyGroupRangeAssignment.assignToKeyGroup(life.getCaseId(), maxParallelism),
            1L,
            Long::sum);
        out.collect(RecoveryInput.record(life));
      }
      case "recovery.acts" -> out.collect(RecoveryInput.act(read(record, RecoveryAct.class)));
      case "recovery.answers" ->
          out.collect(RecoveryInput.answer(read(record, ChannelAnswer.class)));
      case "refund.plans" -> out.collect(RecoveryInput.plan(read(record, RefundPlan.class)));
      case "risk.cases" -> fraudCase(read(record, FraudCase.class), context, out);
      case "officer.acts" -> officerAct(read(record, OfficerAct.class), context, out);
      case "stop.requests" -> {
        StopPaymentRequest stop = read(record, StopPaymentRequest.class);
        context.output(WATCHED, StopWatchInput.of(stop));
        context.output(WATCHED, StopWatchInput.onAccount(stop));
        context.output(STOPS, stop);
        stop.getCaseIds().forEach(caseId -> out.collect(RecoveryInput.stop(caseId, stop)));
      }
      case "victim.reports" ->
          StopWatchInput.ownStops(read(record, VictimReport.class))
              .forEach(told -> context.output(WATCHED, told));
      default -> {
        if (record.topic().endsWith(".holds")) {
          out.collect(RecoveryInput.hold(read(record, RiskHold.class)));
        } else {
          inbound(record, context, out);
        }
      }
    }
  }

  private void inbound(RawRecord record, Context context, Collector<RecoveryInput> out)
      throws WireException {
    BankInbound inbound = read(record, BankInbound.class);
    boolean own = record.topic().equals("bank." + inbound.getBank() + ".inbound");
    // Whoever speaks on another's topic is turned away by detection, which reads it too.
    if (own
        && inbound.getBody() instanceof StopPaymentReceipt receipt
        && receipt.getBank().equals(inbound.getBank())
        && !receipt.getOrderId().isEmpty()) {
      context.output(WATCHED, StopWatchInput.of(receipt));
    } else if (own
        && inbound.getBody() instanceof RiskHoldOutcome outcome
        && outcome.getBank().equals(inbound.getBank())) {
      context.output(HELD, outcome);
      out.collect(RecoveryInput.outcome(outcome));
    }
  }

  private <T extends org.apache.avro.specific.SpecificRecord> T read(
      RawRecord record, Class<T> type) throws WireException {
    return codec.deserialize(record.topic(), record.value(), type);
  }

  private static void fraudCase(FraudCase told, Context context, Collector<RecoveryInput> out) {
    if (told.getChange() == CaseChangeKind.STATE) {
      return;
    }
    out.collect(RecoveryInput.fraudCase(told));
    if (told.getReportId() != null) {
      context.output(WITH_REPORT, told);
    }
  }

  private static void officerAct(OfficerAct act, Context context, Collector<RecoveryInput> out) {
    if (act.getKind() == ActKind.ACCEPT_REPORT && act.getReport() != null) {
      context.output(ACCEPTED, act);
    } else if (act.getKind() == ActKind.DISMISS_CASE) {
      out.collect(RecoveryInput.dismissal(act));
    }
  }
}
