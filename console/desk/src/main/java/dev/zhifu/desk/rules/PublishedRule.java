package dev.zhifu.desk.rules;

import dev.zhifu.wire.RulePublication;

/** A publication and where it stands. */
public record PublishedRule(RulePublication publication, RuleStanding standing) {}
