/**
 * Shells around {@code dev.zhifu.rules.features}: three keyed steps that fill an event's features,
 * and the router. Start at {@link dev.zhifu.jobs.features.FeatureStepOperator}; {@link
 * dev.zhifu.jobs.features.Notes} makes the input of each step from the output of the one before.
 */
package dev.zhifu.jobs.features;
