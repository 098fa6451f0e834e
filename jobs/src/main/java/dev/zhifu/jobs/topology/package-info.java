/**
 * The wiring: {@link dev.zhifu.jobs.topology.DetectionTopology} reads like the picture in
 * docs/architecture.md; what it wires stands in the feature packages. Tests and back-tests give it
 * lists, {@code main} gives it Kafka.
 */
package dev.zhifu.jobs.topology;
