package dev.zhifu.jobs.flow;

import dev.zhifu.wire.ReportedTransfer;

/**
 * An account named by an accepted report, with what the engine last knew of it.
 *
 * @param accountToken the account named
 * @param transfer the transfer the victim named
 * @param reportId the accepted report
 * @param victimHolder holder token of the victim
 * @param acceptedAtMs event time of the officer's act
 * @param actId the officer's act
 * @param lastBalanceFen last known available balance in fen; null when never seen
 * @param balanceAtMs event time of that balance; 0 when never seen
 */
public record ReportedAccount(
    String accountToken,
    ReportedTransfer transfer,
    String reportId,
    String victimHolder,
    long acceptedAtMs,
    String actId,
    Long lastBalanceFen,
    long balanceAtMs) {}
