/**
 * The edge of the jobs: Kafka records in, validated or dead-lettered; records out under the
 * registry's wire format.
 */
package dev.zhifu.jobs.io;
