package dev.zhifu.jobs.flow;

import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ReportedTransfer;

/**
 * What a feature step reads, keyed by {@code key}. An EVENT is enriched and passed on; a NOTE only
 * updates the other side's state; a QUERY asks for the account's last known balance and is answered
 * beside the main stream.
 *
 * @param key token the step is keyed by; for an event without one, its own event id
 * @param kind which of the three
 * @param event the event of an EVENT or NOTE; null for a QUERY
 * @param query the reported transfer of a QUERY; null otherwise
 * @param reportId accepted report of a QUERY; null otherwise
 * @param victimHolder holder token of the reporting victim; null otherwise
 * @param acceptedAtMs event time of the acceptance of a QUERY; 0 otherwise
 * @param actId the officer's act behind a QUERY; null otherwise
 */
public record FeatureInput(
    String key,
    Kind kind,
    EnrichedEvent event,
    ReportedTransfer query,
    String reportId,
    String victimHolder,
    long acceptedAtMs,
    String actId) {

  /** What a feature step is to do with the input. */
  public enum Kind {
    EVENT,
    NOTE,
    QUERY
  }

  /** An event to be enriched under {@code key}. */
  public static FeatureInput event(String key, EnrichedEvent event) {
    return new FeatureInput(key, Kind.EVENT, event, null, null, null, 0, null);
  }

  /** The same event as seen by the other account or holder: state moves, nothing is passed on. */
  public static FeatureInput note(String key, EnrichedEvent event) {
    return new FeatureInput(key, Kind.NOTE, event, null, null, null, 0, null);
  }

  /** A question for the last known balance of a reported account. */
  public static FeatureInput query(
      ReportedTransfer transfer,
      String reportId,
      String victimHolder,
      long acceptedAtMs,
      String actId) {
    return new FeatureInput(
        transfer.getPayee().getAccountToken(),
        Kind.QUERY,
        null,
        transfer,
        reportId,
        victimHolder,
        acceptedAtMs,
        actId);
  }
}
