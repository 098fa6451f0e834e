package dev.zhifu.stack.lives;

import dev.zhifu.wire.RulePublication;
import java.time.Instant;

/**
 * A publication as its topic holds it.
 *
 * @param publication what was published
 * @param position where it stands, topic:partition:offset
 * @param recordedAt when the broker took it
 */
public record RuleRecord(RulePublication publication, String position, Instant recordedAt) {}
