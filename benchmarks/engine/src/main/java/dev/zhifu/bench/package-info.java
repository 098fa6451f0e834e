/**
 * The engine, its ceilings and its peers over the same events, each configuration in a JVM of its
 * own. Start at {@link dev.zhifu.bench.EngineRun}, which runs one; {@link dev.zhifu.bench.Prepare}
 * makes the events.
 */
package dev.zhifu.bench;
