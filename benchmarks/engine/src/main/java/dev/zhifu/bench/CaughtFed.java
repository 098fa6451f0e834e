package dev.zhifu.bench;

import dev.zhifu.jobs.orders.OrderControl;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;

/**
 * What a city hands over, in one order. Exactly one is set.
 *
 * @param event bank or telecom event without features
 * @param act an accepted report
 * @param control a tick, the authorisation, or the word that there is nothing to read back
 */
public record CaughtFed(EnrichedEvent event, OfficerAct act, OrderControl control) {}
