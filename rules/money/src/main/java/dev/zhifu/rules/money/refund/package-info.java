/**
 * Giving frozen money back (domain.md §5, §11.4): {@link dev.zhifu.rules.money.refund.Classifier}
 * says which way of art. 8 applies, {@link dev.zhifu.rules.money.refund.Refunds} how much each
 * victim gets, {@link dev.zhifu.rules.money.refund.Books} keeps every fen by double entry.
 */
package dev.zhifu.rules.money.refund;
