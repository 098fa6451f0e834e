package dev.zhifu.jobs.score;

/**
 * A victim's report that an officer has accepted.
 *
 * @param reportId the report
 * @param holder token of the victim
 * @param acceptedAtMs event time of the officer's act
 * @param actId the officer's act
 */
public record AcceptedReport(String reportId, String holder, long acceptedAtMs, String actId) {}
