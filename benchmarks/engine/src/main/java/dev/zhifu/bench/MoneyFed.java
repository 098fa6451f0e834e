package dev.zhifu.bench;

import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.OfficerAct;

/**
 * What the city's half of a closed loop hands over, in one order. Exactly one is set.
 *
 * @param event bank or telecom event without features
 * @param act an accepted report
 * @param followOn what a trace says of an account
 */
public record MoneyFed(EnrichedEvent event, OfficerAct act, AccountInput followOn) {}
