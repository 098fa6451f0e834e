package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.OfficerAct;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The lives of the recovery job on one screen; {@link RecoveryPipeline} adds Kafka, tests add
 * lists. Ledger and trace are {@link dev.zhifu.jobs.trace.TraceTopology}.
 */
public final class RecoveryTopology {

  private RecoveryTopology() {}

  /** Accepted reports for every case that stands on them. */
  public static SingleOutputStreamOperator<RecoveryInput> acceptances(
      DataStream<FraudCase> casesWithReport, DataStream<OfficerAct> acceptances) {
    return casesWithReport
        .keyBy(FraudCase::getReportId)
        .connect(acceptances.keyBy(act -> act.getReport().getReportId()))
        .process(new ReportJoin(), TypeInformation.of(RecoveryInput.class))
        .uid(ReportJoin.UID)
        .name("report join");
  }

  /**
   * The lives.
   *
   * @param inputs everything about cases, with the maximum watermark
   * @param controls ticks with their own watermarks, and the mark of reading back
   * @param banks how orders reach each
   */
  public static SingleOutputStreamOperator<LifeTransition> lives(
      DataStream<RecoveryInput> inputs,
      DataStream<RecoveryControl> controls,
      RecoveryKeys.Factory keys,
      BankChannels banks) {
    return inputs
        .keyBy(RecoveryInput::caseId)
        .connect(controls.broadcast(RecoveryFunction.BROADCAST))
        .process(new RecoveryFunction(keys, banks), TypeInformation.of(LifeTransition.class))
        .uid(RecoveryFunction.UID)
        .name("recovery");
  }

  /**
   * The watch on stop-payment orders; inputs and controls as for {@link #lives}.
   *
   * @param paperworkWithin from a bank's own stop to the order that follows it
   * @param banks how orders reach each
   */
  public static SingleOutputStreamOperator<RecoveryAlarm> watch(
      DataStream<StopWatchInput> inputs,
      DataStream<RecoveryControl> controls,
      Duration paperworkWithin,
      BankChannels banks) {
    return inputs
        .keyBy(StopWatchInput::key)
        .connect(controls.broadcast(StopWatchFunction.BROADCAST))
        .process(
            new StopWatchFunction(paperworkWithin, banks), TypeInformation.of(RecoveryAlarm.class))
        .uid(StopWatchFunction.UID)
        .name("stop watch");
  }

  /** A signed root a minute over the audit's chains. */
  public static SingleOutputStreamOperator<AuditRoot> roots(
      DataStream<AuditEntry> entries, DataStream<Long> ticks, RecoveryKeys.Factory keys) {
    return entries
        .keyBy(entry -> AuditRootFunction.KEY)
        .connect(ticks.keyBy(tick -> AuditRootFunction.KEY))
        .process(new AuditRootFunction(keys), TypeInformation.of(AuditRoot.class))
        .setParallelism(1)
        .uid(AuditRootFunction.UID)
        .name("audit roots");
  }
}
