/**
 * The recovery job: lives of cases, freezes, refunds, victim holds and appeals, and the audit. What
 * decides stands in {@code rules/lives}; {@link dev.zhifu.jobs.recovery.RecoveryFunction} is the
 * thin operator around it, {@link dev.zhifu.jobs.recovery.RecoveryTopology} the whole job on one
 * screen. Its only watermark is that of {@code clock.ticks}.
 */
package dev.zhifu.jobs.recovery;
