package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.ReportedAccount;
import dev.zhifu.rules.features.FeatureStep;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.PayerAccountFeatures;
import dev.zhifu.rules.features.PayerState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Second step: fills the features of the account that pays, and answers for reported accounts what
 * balance was last known.
 *
 * @see PayerState for the size of its state
 */
public final class PayerAccountStep extends AccountStepOperator<PayerState> {
  private static final long serialVersionUID = 1L;

  /** Name of its state. */
  public static final String STATE = "payer-features.account.v1";

  /** Answers to queries. */
  public static final OutputTag<ReportedAccount> REPORTED =
      new OutputTag<>("reported-accounts", TypeInformation.of(ReportedAccount.class));

  /** The step with the usual cache. */
  public PayerAccountStep() {
    this(BY_HEAP);
  }

  /** The step with a cache of that many accounts. */
  public PayerAccountStep(int cacheEntities) {
    super(STATE, cacheEntities);
  }

  @Override
  FeatureStep<PayerState> makeStep(Limits limits) {
    return new PayerAccountFeatures(limits);
  }

  @Override
  boolean onEvent(PayerState state, FeatureInput input) {
    boolean moved = step().enrich(state, input.event());
    emit(input.event());
    return moved;
  }

  @Override
  void onQuery(FeatureInput input, PayerState state) {
    ReportedAccount answer =
        new ReportedAccount(
            input.key(),
            input.query(),
            input.reportId(),
            input.victimHolder(),
            input.acceptedAtMs(),
            input.actId(),
            state.lastBalanceFen(),
            state.balanceAtMs());
    output.collect(REPORTED, new StreamRecord<>(answer, input.acceptedAtMs()));
  }
}
