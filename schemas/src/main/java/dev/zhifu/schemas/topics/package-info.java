/**
 * The one table of topics ({@code topics.yaml}): what each carries, its key, partitions, retention
 * and ground, who writes and who reads. Start with {@link dev.zhifu.schemas.topics.TopicTable};
 * scripts, ACLs, tests and {@code docs/topics.md} read it.
 */
package dev.zhifu.schemas.topics;
