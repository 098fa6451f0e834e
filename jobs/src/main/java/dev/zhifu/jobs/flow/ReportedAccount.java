package dev.zhifu.jobs.flow;

import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.TraceGround;

/**
 * An account named by an accepted report or by its trace, with what the engine last knew of it.
 *
 * @param accountToken the account named
 * @param transfer the transfer the victim named; of a trace the newest that brought claimed money
 * @param reportId the accepted report
 * @param victimHolder holder token of the victim
 * @param acceptedAtMs event time of the officer's act
 * @param actId the officer's act
 * @param lastBalanceFen last known available balance in fen; null when never seen
 * @param balanceAtMs event time of that balance; 0 when never seen
 * @param level transfers from the victim, 2 or more, where the trace names it; 0 where the report
 *     does
 * @param revision of a trace's word: the highest counts; 0 where the report names it
 * @param holds false when the trace takes its word back
 * @param tracedFen claimed money there by the trace, fen; 0 where the report names it
 * @param hopAtMs event time of the newest movement that a trace's word rests on; 0 where the report
 *     names it
 * @param caseId case whose money is traced; null where the report names it
 * @param ground why the trace names it; null where the report does, and in a state of before
 */
public record ReportedAccount(
    String accountToken,
    ReportedTransfer transfer,
    String reportId,
    String victimHolder,
    long acceptedAtMs,
    String actId,
    Long lastBalanceFen,
    long balanceAtMs,
    int level,
    long revision,
    boolean holds,
    long tracedFen,
    long hopAtMs,
    String caseId,
    TraceGround ground) {

  /** An account that the report names. */
  public ReportedAccount(
      String accountToken,
      ReportedTransfer transfer,
      String reportId,
      String victimHolder,
      long acceptedAtMs,
      String actId,
      Long lastBalanceFen,
      long balanceAtMs) {
    this(
        accountToken,
        transfer,
        reportId,
        victimHolder,
        acceptedAtMs,
        actId,
        lastBalanceFen,
        balanceAtMs,
        0,
        0,
        true,
        0,
        0,
        null,
        null);
  }

  /** True where the trace names it and the report does not. */
  public boolean isHop() {
    return level > 1;
  }

  /** Event time of the newest act or movement it rests on. */
  public long newestMs() {
    return Math.max(acceptedAtMs, hopAtMs);
  }
}
