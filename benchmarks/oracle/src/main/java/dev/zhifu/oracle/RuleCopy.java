package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.util.List;

/** Rules that differ from a parsed one in one place. */
final class RuleCopy {
  private RuleCopy() {}

  /** The same rule without the relevance filter: it keeps every event that it sees. */
  static Rule unfiltered(Rule rule) {
    return of(rule, rule.steps(), rule.withinMs(), rule.afterMatch(), true);
  }

  static Rule of(Rule r, List<Step> steps, long withinMs, AfterMatch afterMatch, boolean keepsAll) {
    return new Rule(
        r.id(),
        r.version(),
        r.nameZh(),
        r.nameEn(),
        r.plainZh(),
        r.plainEn(),
        r.family(),
        r.keyKind(),
        r.subject(),
        r.over(),
        steps,
        withinMs,
        afterMatch,
        r.weight(),
        r.actions(),
        r.monotone(),
        keepsAll,
        r.endsWithAbsence(),
        r.features(),
        r.worstPartials(),
        r.reasonCode(),
        r.legalBasis(),
        r.text(),
        r.textSha256());
  }
}
