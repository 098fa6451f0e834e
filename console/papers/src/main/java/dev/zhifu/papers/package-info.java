/**
 * Papers of a refund: flow table 资金流向表, application, report, decision and notice to the bank; and
 * papers of one measure, to the institution with its receipt and to the holder; what goes along
 * with a case that is handed over, and what the holder is told whose appeal was not upheld. {@link
 * dev.zhifu.papers.RefundPapers}, {@link dev.zhifu.papers.MeasurePapers} and {@link
 * dev.zhifu.papers.CasePapers} write them as pages that print, {@link dev.zhifu.papers.PaperPdf}
 * renders them as PDF with a font that lies on the machine.
 */
package dev.zhifu.papers;
