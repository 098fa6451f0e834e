package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.ActionCode;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Says what changed about hits, each time with the next revision, and keeps what it said. */
final class HitDesk {
  private final AvroCodec<RuleHit> codec;
  private final int revisionFloor;
  private final HitListener listener;
  private final MatchCounts counts;
  private List<String> idleSources = List.of();

  HitDesk(AvroCodec<RuleHit> codec, int revisionFloor, HitListener listener, MatchCounts counts) {
    this.codec = codec;
    this.revisionFloor = revisionFloor;
    this.listener = listener;
    this.counts = counts;
  }

  void idleSources(List<String> sources) {
    idleSources = List.copyOf(sources);
  }

  /** Announces a match unless it is known to hold. */
  void announce(KeyMatcher key, RuleSpan span, Match match, String causeEventId)
      throws IOException {
    KeyRecord record = key.record();
    Announced before = record.said(match.hitId());
    if (before != null && before.holds()) {
      return;
    }
    int revision = next(before);
    RuleHit hit = hit(key, span, match, revision, false);
    hit.setCauseEventId(causeEventId);
    record.say(
        match.hitId(),
        new Announced(
            span.rule.number(),
            revision,
            true,
            false,
            forgetAt(span, match),
            codec.fingerprint(),
            codec.encode(hit)));
    counts.announced++;
    listener.onHit(hit);
  }

  /** Makes a match final unless it is. */
  void settle(KeyMatcher key, RuleSpan span, Match match) {
    KeyRecord record = key.record();
    Announced before = record.said(match.hitId());
    if (before != null && before.isFinal()) {
      return;
    }
    int revision = next(before);
    record.say(
        match.hitId(), Announced.asFinal(span.rule.number(), revision, forgetAt(span, match)));
    counts.finals++;
    listener.onHit(hit(key, span, match, revision, true));
  }

  /** Retracts a hit that was announced. */
  void retract(KeyMatcher key, String hitId, String causeEventId, String because)
      throws IOException {
    KeyRecord record = key.record();
    Announced before = record.said(hitId);
    int revision = next(before);
    RuleHit hit = codec.decode(before.fingerprint(), before.hit());
    hit.setRevision(revision);
    hit.setHolds(false);
    hit.setFeatures(null);
    hit.setCauseEventId(causeEventId);
    hit.setRetractedBecause(because);
    record.say(hitId, before.retracted(revision));
    counts.retracted++;
    if (causeEventId == null) {
      counts.retractedWithoutLateEvent++;
    }
    listener.onHit(hit);
  }

  private int next(Announced before) {
    return Math.max(before == null ? 0 : before.revision(), revisionFloor) + 1;
  }

  /** Any match with this id holds its last event and began within one window of it. */
  private static long forgetAt(RuleSpan span, Match match) {
    return match.lastMs() + span.rule.windowMs();
  }

  private RuleHit hit(KeyMatcher key, RuleSpan span, Match match, int revision, boolean isFinal) {
    Rule rule = span.rule.rule();
    boolean shadow = span.shadowAt(match.lastMs());
    KeyKind keyKind = rule.keyKind();
    RuleHit hit = new RuleHit();
    hit.setHitId(match.hitId());
    hit.setRevision(revision);
    hit.setHolds(true);
    hit.setIsFinal(isFinal);
    hit.setRuleId(rule.id());
    hit.setRuleVersion(rule.version());
    hit.setFamily(rule.family());
    hit.setWeight(shadow ? 0 : rule.weight());
    hit.setActions(shadow ? List.of(ActionCode.NONE) : rule.actions());
    hit.setMonotone(rule.monotone());
    hit.setKeyKind(keyKind);
    hit.setKey(key.key());
    hit.setEvidence(match.evidence());
    hit.setOccurredAt(Instant.ofEpochMilli(match.lastMs()));
    hit.setTransaction(match.transaction());
    hit.setFeatures(match.features());
    hit.setShadow(shadow);
    // What a silent source did not tell may have happened, at the end of a pattern or before a
    // step.
    hit.setIdleSources(rule.restsOnAbsence() ? idleSources : List.of());
    return hit;
  }
}
