package dev.zhifu.stack.e2e;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The catalogue's live rules as signed publications. */
final class Rules {
  private Rules() {}

  static List<RulePublication> live(Path catalogue, Instant effectiveFrom) {
    try {
      RuleSet set = RuleSet.ofDirectory(catalogue);
      if (!set.ok()) {
        throw new IllegalStateException("the catalogue has faults: " + set.problems());
      }
      return set.liveRules().stream().map(rule -> publication(rule, effectiveFrom)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RulePublication publication(Rule rule, Instant effectiveFrom) {
    RulePublication draft =
        RulePublication.newBuilder()
            .setRuleId(rule.id())
            .setVersion(rule.version())
            .setStatus(PublicationStatus.LIVE)
            .setDocument(rule.text())
            .setDocumentSha256(rule.textSha256())
            .setEffectiveFrom(effectiveFrom)
            .setAuthor(DemoKeys.AUTHOR)
            .setApprover(DemoKeys.APPROVER)
            .setReason("story")
            .build();
    return Signatures.sign(
        Signatures.signText(draft, DemoKeys.person(DemoKeys.AUTHOR)),
        DemoKeys.person(DemoKeys.APPROVER));
  }
}
