package dev.zhifu.desk.rules;

import java.time.Instant;

/**
 * A rule as its author last saved it.
 *
 * @param version number under which it would be published
 * @param document the rule file
 * @param scenarios the file beside it; empty without one
 */
public record RuleDraft(
    String ruleId,
    int version,
    String document,
    String scenarios,
    String authorId,
    Instant savedAt) {}
