package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.jobs.match.MatchOperator;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.ScoreByAccount;
import dev.zhifu.jobs.score.ScoreByHolder;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Matching and scoring.
 *
 * @param matched hits and parts, as matching says them
 * @param holders what scoring by holder forwards
 * @param accounts what scoring by target account proposes
 */
public record Judged(
    SingleOutputStreamOperator<MatchOutput> matched,
    SingleOutputStreamOperator<AccountInput> holders,
    SingleOutputStreamOperator<StopProposal> accounts) {

  /** Hits settled by the watermark. */
  public DataStream<RuleHit> finalHits() {
    return matched.getSideOutput(MatchOperator.FINAL_HITS);
  }

  /** Answers to rule publications. */
  public DataStream<RuleStatus> statuses() {
    return matched.getSideOutput(MatchOperator.RULE_STATUS);
  }

  /** Changes of cases. */
  public DataStream<FraudCase> cases() {
    return holders
        .getSideOutput(ScoreByHolder.CASES)
        .union(accounts.getSideOutput(ScoreByAccount.CASES));
  }
}
