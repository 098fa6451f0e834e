package dev.zhifu.jobs.topology;

import dev.zhifu.jobs.features.RouterControl;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.match.RuleInput;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.wire.OfficerAct;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What detection reads, decoded.
 *
 * @param events bank and telecom events with their watermarks, dead letters and heartbeats among
 *     them
 * @param silence which sources are silent, at each change
 * @param control rule publications whose signature holds and list entries, then READY once their
 *     topics have been read to the end
 * @param acceptances officers' acts ACCEPT_REPORT, RELEASE and UPHOLD_APPEAL; their signature holds
 * @param followOns what recovery says of accounts, follow-ons and shapes, on one subtask; null
 *     where it does not run
 */
public record DetectionInputs(
    DataStream<Ingested> events,
    DataStream<RuleInput> silence,
    DataStream<RouterControl> control,
    DataStream<OfficerAct> acceptances,
    DataStream<AccountInput> followOns) {

  /** Without traces. */
  public DetectionInputs(
      DataStream<Ingested> events,
      DataStream<RuleInput> silence,
      DataStream<RouterControl> control,
      DataStream<OfficerAct> acceptances) {
    this(events, silence, control, acceptances, null);
  }
}
