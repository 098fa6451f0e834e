package dev.zhifu.jobs.flow;

import dev.zhifu.wire.RuleHit;

/**
 * What MATCH emits in order: a hit's revision, or the report of a part behind its hits. Exactly one
 * is set.
 *
 * @param hit a revision of a hit; null for a part
 * @param part a part of an awaiting transfer; null for a hit
 */
public record MatchOutput(RuleHit hit, PartReport part) {}
