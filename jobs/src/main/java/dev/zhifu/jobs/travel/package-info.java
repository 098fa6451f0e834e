/**
 * How records go from one operator to the next: flat bytes, planned once from the contracts. Never
 * used for state, so that it may change with any release. Start at {@link
 * dev.zhifu.jobs.travel.TravelTypes}.
 */
package dev.zhifu.jobs.travel;
