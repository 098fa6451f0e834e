package dev.zhifu.bank;

import java.time.Instant;

/**
 * A stop in effect.
 *
 * @param balanceBeforeFen balance right before it, fen
 * @param startTime when it took effect
 * @param expireTime when it ends
 */
public record StopPlaced(long balanceBeforeFen, Instant startTime, Instant expireTime) {}
