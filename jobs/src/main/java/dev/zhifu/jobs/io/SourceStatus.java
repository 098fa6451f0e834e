package dev.zhifu.jobs.io;

/**
 * Whether a source speaks.
 *
 * @param source name of its topic
 * @param idle true when every partition has been silent for the setting
 */
public record SourceStatus(String source, boolean idle) {}
