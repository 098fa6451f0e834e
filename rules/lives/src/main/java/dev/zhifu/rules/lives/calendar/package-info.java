/**
 * The official calendar and the legal terms: when a stop, a freeze, a notice ends, when to warn.
 * Start with {@link dev.zhifu.rules.lives.calendar.LegalTerms}.
 */
package dev.zhifu.rules.lives.calendar;
