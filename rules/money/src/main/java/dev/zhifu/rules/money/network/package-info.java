/**
 * Family G: shapes that money makes among accounts, with or without a report. Each account hears,
 * with a first payment from somebody, the trails that lead to it, and hands them on with its own
 * first payments: cycle, scatter and gather, gather and scatter, layered chain, over seven days and
 * at a cost per movement that is bounded whatever the graph (ADR-0094). In a job the messages come
 * late and doubled (ADR-0136), and what is found is evidence for a score (ADR-0135).
 */
package dev.zhifu.rules.money.network;
