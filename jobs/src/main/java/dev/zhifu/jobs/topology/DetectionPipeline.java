package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.io.RawRecord;
import dev.zhifu.jobs.orders.DirectoryOrderKeys;
import dev.zhifu.jobs.orders.OrderSettings;
import dev.zhifu.jobs.orders.StopOrdersFunction;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.jobs.settings.JobSettings;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.StopPaymentRequest;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The detection job between Kafka and Kafka. */
public final class DetectionPipeline {
  private DetectionPipeline() {}

  /** Defines the whole job in {@code env}. */
  public static void define(StreamExecutionEnvironment env, JobSettings settings) {
    KafkaInputs in = new KafkaInputs(env, settings);
    KafkaOutputs out = new KafkaOutputs(settings);
    DataStream<RawRecord> ticks = in.ticks();
    DataStream<RawRecord> acts = in.acts();

    DataStream<RuleHit> shapes = in.shapes();
    Detected detected =
        DetectionTopology.detect(
            new DetectionInputs(
                in.events(),
                in.silence(),
                in.control(ticks),
                in.acceptances(acts),
                in.followOns(shapes)),
            ScoreSettings.defaults(),
            settings.banksOnWallClock());
    SingleOutputStreamOperator<StopPaymentRequest> requests =
        DetectionTopology.stopOrders(
            detected.proposals(),
            in.orderInputs(acts),
            in.orderTicks(ticks),
            in.orderControls(acts),
            orderSettings(settings),
            DirectoryOrderKeys.ofFiles(
                settings.keyFile().toString(), settings.keyDirectory().toString()));

    out.enriched(detected.enriched());
    out.hits(detected.hits().union(shapes));
    out.finalHits(detected.finalHits());
    out.shadows(
        DetectionTopology.shadows(
            detected.finalHits(), requests.getSideOutput(StopOrdersFunction.WRONG)));
    out.late(detected.late());
    out.statuses(detected.statuses().union(in.ruleStatuses()));
    out.cases(detected.cases());
    out.warnings(detected.warnings());
    out.holds(detected.holds());
    out.notices(
        detected.notices().union(requests.getSideOutput(StopOrdersFunction.NOTICES)),
        "sink-restriction.notices");
    out.decisions(detected.decisions());
    out.requests(requests);
    out.orders(requests.getSideOutput(StopOrdersFunction.ORDERS));
    out.alarms(requests.getSideOutput(StopOrdersFunction.ALARMS));
    out.deadLetters(all(detected.deadLetters(), in.deadLetters()));
    out.echo(DetectionTopology.echo(detected, requests, settings.maxLateness().toMillis()));
  }

  private static OrderSettings orderSettings(JobSettings settings) {
    return OrderSettings.defaults(settings.environment())
        .withEvidenceMaxAgeMs(settings.staleAfter().toMillis());
  }

  private static DataStream<DeadLetter> all(
      DataStream<DeadLetter> first, List<DataStream<DeadLetter>> rest) {
    DataStream<DeadLetter> all = first;
    for (DataStream<DeadLetter> one : rest) {
      all = all.union(one);
    }
    return all;
  }
}
