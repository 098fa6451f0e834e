/**
 * Family G: shapes that money makes among accounts, with or without a report. Each account hears,
 * with a first payment from somebody, the trails that lead to it, and hands them on with its own
 * first payments: cycle, scatter and gather, gather and scatter, layered chain, over seven days and
 * at a cost per movement that is bounded whatever the graph (ADR-0094).
 */
package dev.zhifu.rules.money.network;
