/**
 * Flink's processes: a local job in one JVM, or a standalone cluster of separate JVMs with its
 * stock client. Start at {@link dev.zhifu.stack.flink.FlinkCluster}.
 */
package dev.zhifu.stack.flink;
