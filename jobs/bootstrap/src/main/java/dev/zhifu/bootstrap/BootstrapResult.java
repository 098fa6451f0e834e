package dev.zhifu.bootstrap;

import java.util.Map;

/**
 * What was written; its components are the keys of the JSON.
 *
 * @param savepoint folder of the savepoint
 * @param cut first instant that belongs to the stream
 * @param events events of history that moved features
 * @param leftToTheStream events of the files at or after the cut
 * @param turnedAway records that broke their contract
 * @param entities states written, by operator uid
 */
record BootstrapResult(
    String savepoint,
    String cut,
    long events,
    long leftToTheStream,
    long turnedAway,
    Map<String, Long> entities) {}
