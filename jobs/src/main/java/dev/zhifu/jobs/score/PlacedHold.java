package dev.zhifu.jobs.score;

import dev.zhifu.wire.RiskHold;

/**
 * A risk hold of ours that has been asked for and not lifted.
 *
 * @param hold the last message sent
 * @param hitIds hits that it stands on
 */
public record PlacedHold(RiskHold hold, java.util.List<String> hitIds) {}
