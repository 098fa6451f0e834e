package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.wire.OfficerAct;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Accepted reports whose money is to be followed: those whose officer's signature holds. */
final class AcceptedClaims extends RichFlatMapFunction<RecoveryInput, TraceClaim> {
  private static final long serialVersionUID = 1L;

  private final RecoveryKeys.Factory factory;
  private transient RecoveryKeys keys;

  AcceptedClaims(RecoveryKeys.Factory keys) {
    this.factory = keys;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    keys = factory.open();
  }

  @Override
  public void flatMap(RecoveryInput input, Collector<TraceClaim> out) {
    OfficerAct act = input.officerAct();
    if (input.kind() == RecoveryInput.Kind.ACCEPTANCE && keys.verifies(act)) {
      out.collect(new TraceClaim(act.getReport().getReportId(), input.caseId(), act));
    }
  }
}
