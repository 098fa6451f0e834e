/**
 * Family G in the recovery job: a thin shell around {@code rules/money}'s shapes. {@link
 * dev.zhifu.jobs.network.NetworkShapes} keeps what each account remembers; what accounts tell each
 * other goes round by a topic, and what is found goes to detection as evidence for a score
 * (ADR-0135).
 */
package dev.zhifu.jobs.network;
