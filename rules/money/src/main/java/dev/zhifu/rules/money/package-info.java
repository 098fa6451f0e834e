/**
 * Whose money it is: the ledger of one account, the attribution of what leaves it, the trace from
 * account to account, and the refund. Pure: no Flink, no Kafka, no clock; all money in whole fen,
 * conserved exactly. Start at {@link dev.zhifu.rules.money.Attribution} for one account and at
 * {@link dev.zhifu.rules.money.trace.TraceNode} for the way from one to the next (ADR-0090).
 */
package dev.zhifu.rules.money;
