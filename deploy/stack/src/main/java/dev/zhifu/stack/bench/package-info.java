/**
 * Runs benchmarks: one process a configuration, round by round, and what came of it in one place.
 */
package dev.zhifu.stack.bench;
