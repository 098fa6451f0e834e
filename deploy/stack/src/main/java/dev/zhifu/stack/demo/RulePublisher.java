package dev.zhifu.stack.demo;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.schemas.crypto.DemoKeys;
import dev.zhifu.schemas.crypto.PublicationKeys;
import dev.zhifu.schemas.crypto.Signatures;
import dev.zhifu.schemas.wire.AvroCodec;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Publishes a catalogue's live rules, signed by the demo's author and approver. */
public final class RulePublisher {
  private static final String TOPIC = "rules.publications";

  private RulePublisher() {}

  /**
   * Publishes.
   *
   * @param access the principal rules-cli
   * @param catalogue folder with one folder a rule
   * @param effectiveFrom event time from which they are in force
   * @return ids of the rules published
   * @throws StackException naming every fault when a rule file has any
   */
  public static List<String> publish(
      BrokerAccess access, RegistrySettings registry, Path catalogue, Instant effectiveFrom) {
    List<Rule> rules = load(catalogue);
    AvroCodec codec = registry.codec();
    try (Outlet outlet = new Outlet(access, codec)) {
      for (Rule rule : rules) {
        RulePublication signed = publication(rule, effectiveFrom);
        // Wall clock on purpose: the sending stamp of the record, from which latency is measured.
        outlet.send(TOPIC, PublicationKeys.of(signed), signed, System.currentTimeMillis());
      }
      outlet.flush();
    }
    return rules.stream().map(Rule::id).toList();
  }

  private static List<Rule> load(Path catalogue) {
    try {
      RuleSet set = RuleSet.ofDirectory(catalogue);
      if (!set.ok()) {
        throw new StackException(
            "the rules in "
                + catalogue
                + " cannot be published:\n"
                + set.problems().stream()
                    .map(RuleProblem::toString)
                    .collect(Collectors.joining("\n")));
      }
      return set.liveRules();
    } catch (IOException e) {
      throw new StackException(
          "the rules in " + catalogue + " cannot be read: " + e.getMessage(), e);
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
            .setReason("the demo starts with the live rules of the catalogue")
            .build();
    return Signatures.sign(
        Signatures.signText(draft, DemoKeys.person(DemoKeys.AUTHOR)),
        DemoKeys.person(DemoKeys.APPROVER));
  }
}
