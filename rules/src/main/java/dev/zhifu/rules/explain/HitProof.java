package dev.zhifu.rules.explain;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import dev.zhifu.rules.language.RuleProblem;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Makes a decision again: the rule's text is parsed anew, the events of the evidence are shown to
 * the matcher of the job under the hit's key, with those that {@link Support} it, and nothing else
 * is. What comes out must be the same hit, byte for byte.
 *
 * <p>Not part of the decision, and taken from the hit: its revision, whether it was final, which
 * arrival made it known, which sources were silent, and whether it was retracted later and why.
 */
public final class HitProof {
  private HitProof() {}

  /** Makes the decision of a dossier again. */
  public static Verdict of(Dossier dossier) {
    RuleHit said = dossier.hit();
    byte[] bytes = bytes(said);
    String sum = EventIds.sha256(bytes);
    RulePublication publication = dossier.publication();
    RuleResult parsed =
        RuleParser.parse(publication.getRuleId() + "/rule.yaml", publication.getDocument());
    if (!parsed.ok()) {
      return Verdict.refused("the rule's text has faults: " + faults(parsed), sum);
    }
    Rule rule = parsed.rule();
    if (!rule.id().equals(said.getRuleId()) || rule.version() != said.getRuleVersion()) {
      return Verdict.refused(
          "the text is of "
              + rule.id()
              + " version "
              + rule.version()
              + ", the hit of "
              + said.getRuleId()
              + " version "
              + said.getRuleVersion(),
          sum);
    }
    Map<String, EnrichedEvent> events = new HashMap<>();
    dossier.events().forEach(event -> events.put(event.getEventId(), event));
    for (Evidence one : said.getEvidence()) {
      if (!events.containsKey(one.getEventId())) {
        return Verdict.refused(
            "event "
                + one.getEventId()
                + " of step "
                + one.getStep()
                + " is not there; risk.enriched keeps events for 7 days",
            sum);
      }
    }
    return compare(rule, said, bytes, sum, run(rule, said, events, publication.getStatus()));
  }

  private static String faults(RuleResult parsed) {
    return String.join("; ", parsed.problems().stream().map(RuleProblem::toString).toList());
  }

  private static List<RuleHit> run(
      Rule rule, RuleHit said, Map<String, EnrichedEvent> events, PublicationStatus status) {
    RuleSet rules = new RuleSet();
    rules.publish(
        rule,
        status == PublicationStatus.SHADOW ? PublicationStatus.SHADOW : PublicationStatus.LIVE,
        Long.MIN_VALUE);
    Heard heard = new Heard();
    StreamMatcher matcher = new StreamMatcher(rules, MatchSettings.DEFAULT, heard);
    for (Evidence one : said.getEvidence()) {
      EnrichedEvent event = EnrichedEvent.newBuilder(events.get(one.getEventId())).build();
      matcher.accept(said.getKeyKind(), said.getKey(), one.getSide(), event);
    }
    Support support = new Support(rule, said);
    for (EnrichedEvent event : events.values()) {
      support
          .side(event)
          .ifPresent(
              side ->
                  matcher.accept(
                      said.getKeyKind(),
                      said.getKey(),
                      side,
                      EnrichedEvent.newBuilder(event).build()));
    }
    matcher.advanceTo(Long.MAX_VALUE);
    return heard.finals;
  }

  private static Verdict compare(
      Rule rule, RuleHit said, byte[] bytes, String sum, List<RuleHit> finals) {
    RuleHit again =
        finals.stream()
            .filter(hit -> hit.getHitId().equals(said.getHitId()))
            .findFirst()
            .orElse(null);
    if (again == null) {
      return new Verdict(
          false,
          List.of(
              "the rule does not match these events with these features: "
                  + (finals.isEmpty() ? "no hit" : "hits " + ids(finals))
                  + " instead of "
                  + said.getHitId()),
          rule,
          sum,
          null);
    }
    RuleHit dressed = withCircumstances(again, said);
    byte[] came = bytes(dressed);
    return new Verdict(
        Arrays.equals(bytes, came), differences(said, dressed), rule, sum, EventIds.sha256(came));
  }

  private static List<String> ids(List<RuleHit> hits) {
    return hits.stream().map(RuleHit::getHitId).toList();
  }

  private static RuleHit withCircumstances(RuleHit again, RuleHit said) {
    RuleHit dressed = RuleHit.newBuilder(again).build();
    dressed.setRevision(said.getRevision());
    dressed.setIsFinal(said.getIsFinal());
    dressed.setCauseEventId(said.getCauseEventId());
    dressed.setIdleSources(said.getIdleSources());
    dressed.setHolds(said.getHolds());
    dressed.setRetractedBecause(said.getRetractedBecause());
    if (!said.getHolds()) {
      dressed.setFeatures(null);
    }
    return dressed;
  }

  private static List<String> differences(RuleHit said, RuleHit again) {
    List<String> differences = new ArrayList<>();
    for (Schema.Field field : RuleHit.getClassSchema().getFields()) {
      Object before = said.get(field.pos());
      Object now = again.get(field.pos());
      if (!Objects.equals(before, now)) {
        differences.add(field.name() + " was " + before + " and comes out as " + now);
      }
    }
    return differences;
  }

  private static byte[] bytes(RuleHit hit) {
    try {
      ByteBuffer buffer = hit.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("writing into memory cannot fail", e);
    }
  }

  /** Keeps final hits; the rest does not bear on the decision. */
  private static final class Heard implements HitListener {
    private final List<RuleHit> finals = new ArrayList<>();

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal() && hit.getHolds()) {
        finals.add(hit);
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      // Nothing is late here: time passes after all events.
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      // Then the hit does not come out, which is said.
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new IllegalStateException(rule.id() + " failed on this evidence", failure);
    }
  }
}
