/**
 * What the engine knows of an account or a person at the moment of an event, and who gets to see
 * the event. Pure: no Flink, no clock. Start at {@link dev.zhifu.rules.features.FeaturePipeline},
 * which runs the three steps in memory as the job runs them on keyed state; {@link
 * dev.zhifu.rules.features.Router} decides which keys of which rules see an event.
 */
package dev.zhifu.rules.features;
