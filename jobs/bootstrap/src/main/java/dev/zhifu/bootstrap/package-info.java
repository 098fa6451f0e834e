/**
 * Fills the job's feature state from history files and writes it as a savepoint, with Flink's State
 * Processor API. A room of its own, since a cluster has no such library. Start at {@link
 * dev.zhifu.bootstrap.BootstrapMain}.
 */
package dev.zhifu.bootstrap;
