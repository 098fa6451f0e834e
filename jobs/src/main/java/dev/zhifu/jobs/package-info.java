/**
 * Mains of the jobs. Start at {@link dev.zhifu.jobs.DetectionJob}; what it wires stands in {@code
 * topology}.
 */
package dev.zhifu.jobs;
