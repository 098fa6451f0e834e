package dev.zhifu.stack.e2e;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.PublicationKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

  /** Publishes them and waits until both subtasks of the job say that they are in force. */
  static void putInForce(Rig rig, Story story) {
    List<RulePublication> live =
        live(rig.stack().layout().catalogue(), story.now().plusSeconds(60));
    live.forEach(
        rule -> rig.pen("rules-cli").write("rules.publications", PublicationKeys.of(rule), rule));
    Tail<RuleStatus> status = rig.tail("rules-cli", RuleStatus.class, "rules.status");
    story.eventually(
        "IN_FORCE of " + live.size() + " rules on 2 subtasks",
        () -> {
          List<RuleStatus> said =
              status
                  .catchUp()
                  .values()
                  .filter(one -> one.getStatus() != RuleStatusKind.ACCEPTED)
                  .toList();
          return said.size() == 2 * live.size() ? Optional.of(said) : Optional.empty();
        });
    story.advance(Duration.ofMinutes(2));
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
