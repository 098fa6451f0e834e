/**
 * Family G in a job: a thin shell around {@code rules/money}'s shapes. {@link
 * dev.zhifu.jobs.network.NetworkShapes} keeps what each account remembers; whoever takes it in
 * carries its messages to the accounts that were paid.
 */
package dev.zhifu.jobs.network;
