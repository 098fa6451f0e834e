/**
 * What travels between the operators of one job: flat public records that Flink serializes as
 * POJOs, never by Kryo. They are not contracts with the outside; those stand in {@code schemas}.
 * Start at {@link dev.zhifu.jobs.flow.Routed}.
 */
package dev.zhifu.jobs.flow;
