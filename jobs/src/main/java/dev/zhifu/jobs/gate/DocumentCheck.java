package dev.zhifu.jobs.gate;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.util.List;

/** Whether a publication's document is a rule that matching can host. */
final class DocumentCheck {
  private DocumentCheck() {}

  /** The refusal, or null when nothing is wrong. */
  static Verdict faults(RulePublication publication) {
    RuleResult result =
        RuleParser.parse(publication.getRuleId() + "/rule.yaml", publication.getDocument());
    if (!result.ok()) {
      List<String> faults = result.problems().stream().map(RuleProblem::toString).toList();
      return Verdict.refused(
          "the document has " + faults.size() + " fault(s), the first: " + faults.get(0), faults);
    }
    Rule rule = result.rule();
    if (!rule.id().equals(publication.getRuleId()) || rule.version() != publication.getVersion()) {
      return Verdict.refused(
          "the publication names %s version %d, its document %s version %d: they must be the same"
              .formatted(
                  publication.getRuleId(), publication.getVersion(), rule.id(), rule.version()));
    }
    return compiles(rule);
  }

  private static Verdict compiles(Rule rule) {
    try {
      new RuleSet().publish(rule, PublicationStatus.LIVE, 0);
      return null;
    } catch (RuntimeException e) {
      return Verdict.refused("matching cannot host the rule: " + e.getMessage());
    }
  }
}
