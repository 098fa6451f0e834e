/**
 * The trace in the job: thin shells around {@code rules/money}. {@link
 * dev.zhifu.jobs.trace.LedgerTrace} keeps every account's ledger and traces at it; {@link
 * dev.zhifu.jobs.trace.TraceTopology} wires it to streams, so that it can be part of any job.
 */
package dev.zhifu.jobs.trace;
