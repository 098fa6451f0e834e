/**
 * Recorded events without a cluster: reads JSON lines, merges files in the total order, and
 * measures what rules would see of them. Start at {@link dev.zhifu.rules.stream.Selectivity}.
 */
package dev.zhifu.rules.stream;
