/**
 * Papers of a refund: flow table 资金流向表, application, report, decision and notice to the bank, as
 * pages that print and as PDF. {@link dev.zhifu.papers.RefundPapers} writes them, {@link
 * dev.zhifu.papers.PaperPdf} renders them with a font that lies on the machine.
 */
package dev.zhifu.papers;
