package dev.zhifu.jobs.refund;

import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.Examiner;
import dev.zhifu.jobs.trace.TraceClaim;
import dev.zhifu.wire.AccountExamined;
import dev.zhifu.wire.FreezeDetail;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundPlan;
import dev.zhifu.wire.RiskHoldOutcome;
import dev.zhifu.wire.StopPaymentRequest;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** Refunds on one screen, for a job to take in. */
public final class RefundTopology {
  private RefundTopology() {}

  /** Every frozen account is asked whose money lay on it; when the freeze ends it is let go. */
  public static SingleOutputStreamOperator<AccountRecord> asks(DataStream<LifeTransition> lives) {
    return lives
        .flatMap(RefundTopology::ask)
        .returns(TypeInformation.of(AccountRecord.class))
        // An ask and its end keep their order.
        .setParallelism(1)
        .uid("refund-asks")
        .name("asks of frozen accounts");
  }

  static void ask(LifeTransition life, Collector<AccountRecord> out) {
    if (life.getKind() == LifeKind.FREEZE
        && life.getDetail() instanceof FreezeDetail detail
        && detail.getStartAt() != null) {
      String account = detail.getTarget().getAccountToken();
      out.collect(
          RefundPlans.ended(life)
              ? Examiner.letGo(account, life.getObjectId(), life.getCaseId(), detail.getStartAt())
              : Examiner.ask(account, life.getObjectId(), life.getCaseId(), detail.getStartAt()));
    }
  }

  /**
   * Books and plans.
   *
   * @param lives what stands on the record of lives, from its beginning
   * @param stops transitions of stop-payment orders
   * @param holds banks' answers to risk holds
   * @param examined what frozen accounts answer
   * @param claims accepted reports; of two with one id the first counts
   * @param ticks the clock, UTC milliseconds
   */
  public static SingleOutputStreamOperator<RefundPlan> refunds(
      DataStream<LifeTransition> lives,
      DataStream<StopPaymentRequest> stops,
      DataStream<RiskHoldOutcome> holds,
      DataStream<AccountExamined> examined,
      DataStream<TraceClaim> claims,
      DataStream<Long> ticks) {
    TypeInformation<RefundInput> type = TypeInformation.of(RefundInput.class);
    DataStream<RefundInput> inputs =
        lives
            .map(RefundInput::life)
            .returns(type)
            .setParallelism(1)
            .uid("refund-lives")
            .union(stops.map(RefundInput::stop).returns(type).setParallelism(1).uid("refund-stops"))
            .union(holds.map(RefundInput::hold).returns(type).setParallelism(1).uid("refund-holds"))
            .union(examined.map(RefundInput::examined).returns(type).uid("refund-examined"))
            .union(claims.map(RefundInput::claim).returns(type).uid("refund-claims"));
    return inputs
        .keyBy(input -> RefundFunction.KEY)
        .connect(ticks.keyBy(tick -> RefundFunction.KEY))
        .process(new RefundFunction(), TypeInformation.of(RefundPlan.class))
        .setParallelism(1)
        .uid(RefundFunction.UID)
        .name("refunds");
  }
}
