package dev.zhifu.jobs.gate;

import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RulePublication;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges publications in the order of their topic. What it turned away in an earlier life it turns
 * away again, since the answers are read back from the status topic: the topic is the record.
 */
final class GateBook {
  /** Least time between the clock and effectiveFrom, milliseconds of event time. */
  static final long LEAD_MS = 500;

  private final Map<String, KnownRule> rules = new TreeMap<>();
  private final Set<String> turnedAway = new HashSet<>();
  private boolean ready;
  private long nowMs = Long.MIN_VALUE;

  GateBook(Collection<KnownRule> kept) {
    kept.forEach(rule -> rules.put(rule.ruleId(), rule));
  }

  List<KnownRule> kept() {
    return List.copyOf(rules.values());
  }

  /** Newest tick, UTC milliseconds; {@link Long#MIN_VALUE} before the first. */
  long nowMs() {
    return nowMs;
  }

  /** Moves the clock; it never goes back. */
  void tick(long atMs) {
    nowMs = Math.max(nowMs, atMs);
  }

  /** Everything said before the start has been read; from now on the clock counts. */
  void ready() {
    ready = true;
    turnedAway.clear();
  }

  /**
   * Judges a publication whose signatures hold.
   *
   * @param position where it stands in its topic
   * @return null when there is nothing to say: a draft, or one turned away in an earlier life
   */
  Verdict judge(RulePublication publication, String position) {
    if (publication.getStatus() == PublicationStatus.DRAFT || turnedAway.contains(position)) {
      return null;
    }
    KnownRule known =
        rules.getOrDefault(publication.getRuleId(), KnownRule.none(publication.getRuleId()));
    Verdict verdict =
        publication.getStatus() == PublicationStatus.WITHDRAWN
            ? withdrawal(publication, known)
            : version(publication, known);
    if (verdict.passes()) {
      rules.put(known.ruleId(), known.next(publication));
    }
    return verdict;
  }

  private Verdict withdrawal(RulePublication publication, KnownRule known) {
    boolean neverMet = known.highestVersion() == 0; // published before the gate was there
    if (neverMet) {
      Verdict near = tooNear(publication);
      return near == null ? Verdict.accepted() : near;
    }
    if (!known.isInForce()) {
      return Verdict.refused(
          "no version of " + known.ruleId() + " is in force: there is nothing to withdraw");
    }
    if (publication.getVersion() != known.version()) {
      return Verdict.refused(
          "version %d is to be withdrawn, but version %d is the newest in force: withdraw that one"
              .formatted(publication.getVersion(), known.version()));
    }
    Verdict tooNear = tooNear(publication);
    return tooNear == null ? Verdict.accepted() : tooNear;
  }

  private Verdict version(RulePublication publication, KnownRule known) {
    int version = publication.getVersion();
    boolean same =
        version == known.highestVersion()
            && publication.getDocumentSha256().equals(known.highestSha256());
    if (version < known.highestVersion() || version == known.highestVersion() && !same) {
      return Verdict.refused(
          "version %d is not higher than version %d, which was published before: publish it as version %d"
              .formatted(version, known.highestVersion(), known.highestVersion() + 1));
    }
    if (same && (!known.isInForce() || known.version() != version)) {
      return Verdict.refused(
          "version %d was in force before and ended: publish it as version %d"
              .formatted(version, version + 1));
    }
    if (same && known.status() == publication.getStatus()) {
      return Verdict.known("known already, in force from event time " + known.fromMs());
    }
    Verdict faults = DocumentCheck.faults(publication);
    return faults == null ? inTime(publication, known) : faults;
  }

  private Verdict inTime(RulePublication publication, KnownRule known) {
    if (publication.getEffectiveFrom().toEpochMilli() <= known.fromMs()) {
      return Verdict.refused(
          "effectiveFrom %s is not after that of version %d: choose a later one"
              .formatted(publication.getEffectiveFrom(), known.version()));
    }
    Verdict tooNear = tooNear(publication);
    return tooNear == null ? Verdict.accepted() : tooNear;
  }

  /** What was accepted before the start was in time then. */
  private Verdict tooNear(RulePublication publication) {
    long aheadMs = publication.getEffectiveFrom().toEpochMilli() - nowMs;
    if (!ready || nowMs == Long.MIN_VALUE || aheadMs >= LEAD_MS) {
      return null;
    }
    return Verdict.refused(
        "effectiveFrom is %d ms ahead of the clock: at least %d ms are needed for all subtasks to hear of it"
            .formatted(aheadMs, LEAD_MS));
  }

  /**
   * Takes an answer read back.
   *
   * @return true when it is the first word of a subtask that came too late for a publication that
   *     stands: the publication is to be annulled everywhere
   */
  boolean answered(RuleStatus status) {
    boolean refused = status.getStatus() == RuleStatusKind.REFUSED;
    boolean late =
        status.getStatus() == RuleStatusKind.LATE
            && status.getPublicationStatus() != PublicationStatus.WITHDRAWN;
    if ((!refused && !late) || status.getEffectiveFrom() == null) {
      return false;
    }
    if (!ready) {
      turnedAway.add(status.getPosition());
    }
    KnownRule known = rules.get(status.getRuleId());
    boolean stands =
        late
            && known != null
            && known.version() == status.getVersion()
            && known.fromMs() == status.getEffectiveFrom().toEpochMilli();
    if (stands) {
      rules.put(known.ruleId(), known.annulled());
    }
    return stands;
  }
}
