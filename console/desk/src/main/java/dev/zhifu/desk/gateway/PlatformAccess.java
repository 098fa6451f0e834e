package dev.zhifu.desk.gateway;

import dev.zhifu.desk.acts.TopicPen;
import dev.zhifu.desk.projection.TopicFeed;
import java.util.function.Supplier;

/**
 * What the adapter has of one bank behind the platform: that bank's own broker credentials, so that
 * the broker itself keeps banks apart.
 *
 * @param bank code
 * @param feed opens the bank's topic of orders
 * @param pen writes the bank's inbound topic
 */
public record PlatformAccess(String bank, Supplier<TopicFeed> feed, TopicPen pen) {}
