/**
 * The way of claimed money from account to account. {@link dev.zhifu.rules.money.trace.TraceNode}
 * is the whole algorithm, of one account; it hears and sends {@link
 * dev.zhifu.rules.money.trace.HopMessage}s over a {@link dev.zhifu.rules.money.trace.HopTransport}:
 * Kafka in the job, {@link dev.zhifu.rules.money.trace.WorkList} on files and in tests. {@link
 * dev.zhifu.rules.money.trace.CaseTrace} gathers what the accounts state and says when a trace is
 * complete (ADR-0092).
 */
package dev.zhifu.rules.money.trace;
