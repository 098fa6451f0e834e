package dev.zhifu.jobs.recovery;

import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.OfficerAct;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings an accepted report to every case that stands on it, whichever comes first. Keyed by
 * report.
 *
 * <p>State, never cleared (a case may come to stand on an old report): {@code
 * report-join.cases.v1}, one element a case; {@code report-join.act.v1}, the act.
 */
public final class ReportJoin
    extends KeyedCoProcessFunction<String, FraudCase, OfficerAct, RecoveryInput> {

  private static final long serialVersionUID = 1L;

  /** Uid of the operator. */
  public static final String UID = "report-join";

  private static final MapStateDescriptor<String, Boolean> CASES =
      new MapStateDescriptor<>("report-join.cases.v1", Types.STRING, Types.BOOLEAN);
  private static final ValueStateDescriptor<OfficerAct> ACT =
      new ValueStateDescriptor<>("report-join.act.v1", TypeInformation.of(OfficerAct.class));

  private transient MapState<String, Boolean> cases;
  private transient ValueState<OfficerAct> accepted;

  @Override
  public void open(OpenContext context) {
    cases = getRuntimeContext().getMapState(CASES);
    accepted = getRuntimeContext().getState(ACT);
  }

  @Override
  public void processElement1(FraudCase told, Context context, Collector<RecoveryInput> out)
      throws Exception {
    if (cases.contains(told.getCaseId())) {
      return;
    }
    cases.put(told.getCaseId(), true);
    if (accepted.value() != null) {
      out.collect(RecoveryInput.acceptance(told.getCaseId(), accepted.value()));
    }
  }

  @Override
  public void processElement2(OfficerAct act, Context context, Collector<RecoveryInput> out)
      throws Exception {
    if (accepted.value() != null) {
      return;
    }
    accepted.update(act);
    for (String caseId : cases.keys()) {
      out.collect(RecoveryInput.acceptance(caseId, act));
    }
  }
}
