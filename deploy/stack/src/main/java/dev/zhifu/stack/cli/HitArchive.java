package dev.zhifu.stack.cli;

import dev.zhifu.rules.explain.Dossier;
import dev.zhifu.rules.explain.Support;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Gathers from the topics of a running stack what a hit rests on. */
final class HitArchive {
  private static final String PRINCIPAL = "rules-cli";
  private static final int FEWEST_DIGITS = 8;

  private final TopicSource source;

  HitArchive(TopicSource source) {
    this.source = source;
  }

  /** The dossier of the hit whose id begins with {@code id}, in its newest revision. */
  Dossier find(String id, CommandSpec spec) {
    if (id.length() < FEWEST_DIGITS) {
      throw new ParameterException(
          spec.commandLine(), "HIT is '" + id + "'; give at least " + FEWEST_DIGITS + " digits");
    }
    try (TopicReader reader = source.reader(PRINCIPAL)) {
      RuleHit hit = hit(reader, id, spec);
      NetworkRule.of(hit.getRuleId())
          .ifPresent(
              shape -> {
                throw new StackException(
                    "hit "
                        + hit.getHitId()
                        + " is a shape among accounts, "
                        + shape.id()
                        + " "
                        + shape.nameEn()
                        + ": it has no rule text to decide again from; its transfers are "
                        + hit.getEvidence().stream()
                            .map(Evidence::getEventId)
                            .collect(Collectors.joining(", "))
                        + " (docs/network.md)");
              });
      RulePublication publication = publication(reader, hit);
      return new Dossier(hit, events(reader, hit, publication), publication);
    }
  }

  private static RuleHit hit(TopicReader reader, String id, CommandSpec spec) {
    List<RuleHit> all = new ArrayList<>();
    reader.scan(
        List.of("risk.hits", "risk.hits.final"),
        record -> {
          RuleHit hit = reader.decode(record, RuleHit.class);
          if (hit.getHitId().startsWith(id)) {
            all.add(hit);
          }
        });
    if (all.stream().map(RuleHit::getHitId).distinct().count() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          all.isEmpty()
              ? "no hit '" + id + "' on risk.hits or risk.hits.final of this stack"
              : "several hits begin with '" + id + "'; give more digits");
    }
    return all.stream().max(Comparator.comparingInt(RuleHit::getRevision)).orElseThrow();
  }

  /** The publication in force at the hit's time: it says whether the rule was in shadow. */
  private static RulePublication publication(TopicReader reader, RuleHit hit) {
    return reader.readAll(List.of("rules.publications"), RulePublication.class).stream()
        .filter(one -> one.getRuleId().equals(hit.getRuleId()))
        .filter(one -> one.getVersion() == hit.getRuleVersion())
        .filter(
            one ->
                one.getStatus() == PublicationStatus.LIVE
                    || one.getStatus() == PublicationStatus.SHADOW)
        .filter(one -> !one.getEffectiveFrom().isAfter(hit.getOccurredAt()))
        .max(Comparator.comparing(RulePublication::getEffectiveFrom))
        .orElseThrow(
            () ->
                new StackException(
                    "rules.publications holds no version "
                        + hit.getRuleVersion()
                        + " of "
                        + hit.getRuleId()
                        + " in force at "
                        + hit.getOccurredAt()));
  }

  private static List<EnrichedEvent> events(
      TopicReader reader, RuleHit hit, RulePublication publication) {
    Set<String> wanted =
        hit.getEvidence().stream().map(Evidence::getEventId).collect(Collectors.toSet());
    RuleResult rule =
        RuleParser.parse(publication.getRuleId() + "/rule.yaml", publication.getDocument());
    Support support = rule.ok() ? new Support(rule.rule(), hit) : null;
    List<EnrichedEvent> events = new ArrayList<>();
    Set<String> known = new HashSet<>();
    reader.scan(
        List.of("risk.enriched"),
        record -> {
          EnrichedEvent event = reader.decode(record, EnrichedEvent.class);
          boolean supports = support != null && support.side(event).isPresent();
          if ((wanted.contains(event.getEventId()) || supports) && known.add(event.getEventId())) {
            events.add(event);
          }
        });
    return events;
  }
}
