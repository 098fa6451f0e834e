package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.flow.StopProposal;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RestrictionNotice;
import dev.zhifu.wire.RiskHold;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.TransferDecision;
import dev.zhifu.wire.VictimWarning;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What detection says.
 *
 * @param enriched every event that a rule can use, with its features
 * @param hits every revision of every hit, as it comes
 * @param finalHits hits settled by the watermark
 * @param late events older than their key's base: they moved features and made no hit
 * @param statuses answers to rule publications
 * @param cases changes of cases
 * @param warnings tasks to warn likely victims
 * @param holds risk holds asked for and lifted
 * @param notices notices of those holds
 * @param decisions answers to awaiting transfers
 * @param proposals what scoring asks of stop-orders; carries the pipeline's watermark
 * @param heard watermarks of the events, idle while every source is silent
 * @param deadLetters records turned away
 */
public record Detected(
    DataStream<EnrichedEvent> enriched,
    DataStream<RuleHit> hits,
    DataStream<RuleHit> finalHits,
    DataStream<EnrichedEvent> late,
    DataStream<RuleStatus> statuses,
    DataStream<FraudCase> cases,
    DataStream<VictimWarning> warnings,
    DataStream<RiskHold> holds,
    DataStream<RestrictionNotice> notices,
    DataStream<TransferDecision> decisions,
    DataStream<StopProposal> proposals,
    DataStream<Long> heard,
    DataStream<DeadLetter> deadLetters) {}
