package dev.zhifu.jobs.flow;

import dev.zhifu.wire.OrderEnvelope;

/**
 * A signed order on its way to one bank's topic.
 *
 * @param bank code of the addressed bank
 * @param accountToken target account: the Kafka key, so that orders of one account stay in order
 * @param envelope the signed order
 */
public record AddressedOrder(String bank, String accountToken, OrderEnvelope envelope) {}
