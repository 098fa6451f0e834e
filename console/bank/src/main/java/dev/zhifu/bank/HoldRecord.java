package dev.zhifu.bank;

import dev.zhifu.wire.HoldResult;
import dev.zhifu.wire.RiskHoldOutcome;
import java.time.Instant;

/**
 * How a hold stands at the bank.
 *
 * @param sequence the highest message of it handled
 * @param endsAt when it ends at the latest
 * @param outcome the last answer
 */
record HoldRecord(int sequence, Instant endsAt, RiskHoldOutcome outcome) {
  boolean inForce() {
    return outcome.getResult() == HoldResult.APPLIED;
  }
}
