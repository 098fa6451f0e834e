package dev.zhifu.jobs.match;

import dev.zhifu.jobs.flow.Endings;
import dev.zhifu.jobs.flow.Places;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatusKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;

/** Puts publications into the rule set, each at its event time, and says what came of it. */
final class Publications {
  private final RuleSet rules;
  private final RuleReading reading;
  private final BroadcastState<String, RulePublication> kept;
  private final Endings endings = new Endings();

  /**
   * Answer to one publication.
   *
   * @param kind what came of it
   * @param reason in words; empty when in force
   */
  record Answer(RuleStatusKind kind, String reason) {}

  Publications(RuleSet rules, RuleReading reading, BroadcastState<String, RulePublication> kept) {
    this.rules = rules;
    this.reading = reading;
    this.kept = kept;
  }

  /**
   * Takes a publication.
   *
   * @param passedMs the newest event time this subtask has used
   * @return null when there is nothing to say: a draft, or a publication known already
   */
  Answer take(RulePublication publication, long passedMs) throws Exception {
    String place = Places.of(publication);
    if (publication.getStatus() == PublicationStatus.DRAFT
        || isSame(publication, kept.get(place))) {
      return null;
    }
    long from = publication.getEffectiveFrom().toEpochMilli();
    boolean late = from <= passedMs;
    boolean withdrawn = publication.getStatus() == PublicationStatus.WITHDRAWN;
    if (late && !withdrawn) {
      return new Answer(RuleStatusKind.LATE, lateness(from, passedMs));
    }
    Answer answer = apply(publication);
    if (answer.kind() == RuleStatusKind.REFUSED) {
      return answer;
    }
    kept.put(place, publication);
    endings.changed();
    // A withdrawal is obeyed even when it comes late, and says so: hits of that time differ between
    // subtasks.
    return late ? new Answer(RuleStatusKind.LATE, lateness(from, passedMs)) : answer;
  }

  /** Applies a publication, without looking at the time: it was accepted before the restore. */
  Answer apply(RulePublication publication) {
    long from = publication.getEffectiveFrom().toEpochMilli();
    if (publication.getStatus() == PublicationStatus.WITHDRAWN) {
      rules.withdraw(publication.getRuleId(), from);
      return new Answer(RuleStatusKind.ENDED, "withdrawn: " + publication.getReason());
    }
    try {
      rules.publish(checked(publication), publication.getStatus(), from);
      return new Answer(RuleStatusKind.IN_FORCE, "");
    } catch (RuntimeException e) {
      return new Answer(RuleStatusKind.REFUSED, e.getMessage());
    }
  }

  /**
   * Takes a publication back: a subtask had passed its time, so that it could not be in force
   * everywhere.
   *
   * @return false when it is not in force here
   */
  boolean annul(String ruleId, int version, long fromMs) throws Exception {
    RulePublication known = kept.get(Places.of(ruleId, fromMs));
    if (known == null || known.getVersion() != version) {
      return false;
    }
    kept.remove(Places.of(ruleId, fromMs));
    endings.changed();
    return rules.annul(ruleId, fromMs);
  }

  /** Forgets versions that ended at or before an event time up to which every key has decided. */
  void forgetEnded(long untilMs) throws Exception {
    if (!endings.mayBe(untilMs)) {
      return;
    }
    List<String> ended = endings.upTo(untilMs, kept.entries());
    for (String place : ended) {
      kept.remove(place);
    }
    if (!ended.isEmpty()) {
      rules.forgetEnded(untilMs);
    }
  }

  private Rule checked(RulePublication publication) {
    String sha256 = sha256(publication.getDocument());
    if (!sha256.equals(publication.getDocumentSha256())) {
      throw new IllegalArgumentException(
          "documentSha256 is %s but the document's SHA-256 is %s: publish the text that was signed"
              .formatted(publication.getDocumentSha256(), sha256));
    }
    Rule rule = reading.read(publication.getRuleId() + "/rule.yaml", publication.getDocument());
    if (!rule.id().equals(publication.getRuleId()) || rule.version() != publication.getVersion()) {
      throw new IllegalArgumentException(
          "the publication names %s version %d, its document %s version %d: they must be the same"
              .formatted(
                  publication.getRuleId(), publication.getVersion(), rule.id(), rule.version()));
    }
    return rule;
  }

  private static boolean isSame(RulePublication publication, RulePublication known) {
    return known != null
        && known.getVersion() == publication.getVersion()
        && known.getStatus() == publication.getStatus()
        && known.getDocumentSha256().equals(publication.getDocumentSha256());
  }

  private static String lateness(long fromMs, long passedMs) {
    return "effectiveFrom is %d ms before the newest event used here: publish the next version, with a later effectiveFrom"
        .formatted(passedMs - fromMs);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
