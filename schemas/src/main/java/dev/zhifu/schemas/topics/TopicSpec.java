package dev.zhifu.schemas.topics;

import java.util.Map;

/**
 * One topic to create on a broker.
 *
 * @param name full name
 * @param partitions number of partitions
 * @param config the broker's settings of this topic
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {}
