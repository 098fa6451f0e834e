package dev.zhifu.stack.lives;

import dev.zhifu.wire.RuleStatus;
import java.time.Instant;

/**
 * An answer of the engine as its topic holds it.
 *
 * @param status what was answered
 * @param recordedAt when the broker took it
 */
public record Answer(RuleStatus status, Instant recordedAt) {}
