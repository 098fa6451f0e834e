/**
 * The critical path, from Kafka to Kafka, measured from outside: a load made from the city ahead of
 * time, sent at planned moments, and a reader of the answers; beside the detection job a job that
 * does nothing over the same routes.
 */
package dev.zhifu.stack.path;
