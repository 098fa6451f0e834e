package dev.zhifu.rules.language;

import dev.zhifu.wire.RuleFamily;
import dev.zhifu.wire.SubjectKind;
import java.util.List;

/** What a rule file says about the rule as a whole. */
record RuleHead(
    String id,
    int version,
    String nameZh,
    String nameEn,
    String plainZh,
    String plainEn,
    RuleFamily family,
    SubjectKind subject,
    RuleSheet.Status status,
    RuleSheet.Strength strength,
    double weight,
    String reason,
    List<RuleSheet.Basis> basis) {}
