/**
 * Refunds in the recovery job: {@link dev.zhifu.jobs.refund.RefundFunction} keeps the books of
 * frozen money and says what may be returned out of each freeze, by the ledger of the trace; {@link
 * dev.zhifu.jobs.refund.RefundGuard} holds every act about a refund against that.
 */
package dev.zhifu.jobs.refund;
