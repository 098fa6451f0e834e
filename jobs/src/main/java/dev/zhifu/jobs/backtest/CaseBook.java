package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.score.ActionTier;
import dev.zhifu.jobs.score.CaseScore;
import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.SubjectKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cases as scoring opened and changed them. An alert is a case that has reached the tier of an
 * action (ADR-0073); it stands on the evidence of the hits among its shares, once more for each
 * further hit, so that a case of two frauds leads to both.
 */
final class CaseBook {
  private final ScoreSettings settings;
  private final Map<String, Seen> cases = new HashMap<>();
  private final List<Change> atTier = new ArrayList<>();
  private final List<Change> all = new ArrayList<>();

  CaseBook(ScoreSettings settings) {
    this.settings = settings;
  }

  /** One case so far. */
  private static final class Seen {
    private final Set<String> hits = new HashSet<>();
    private final Set<String> hitsAtTier = new HashSet<>();
    private double score;
  }

  /**
   * Hits that a case had not had before.
   *
   * @param account subject of an account's case; null of another
   * @param number subject of a number's case; null of another
   */
  private record Change(
      String caseId, String account, String number, long atMs, Set<String> hitIds) {}

  synchronized void changed(FraudCase change) {
    Seen seen = cases.computeIfAbsent(change.getCaseId(), any -> new Seen());
    seen.score = Math.max(seen.score, change.getScore());
    Set<String> hits = new LinkedHashSet<>();
    for (ScoreShare share : change.getShares()) {
      if (!CaseScore.STATEMENT.equals(share.getRuleId())) {
        hits.add(share.getHitId());
      }
    }
    note(change, hits, seen.hits, all);
    if (!ActionTier.reached(change, settings).isEmpty()) {
      note(change, hits, seen.hitsAtTier, atTier);
    }
  }

  private static void note(
      FraudCase change, Set<String> hits, Set<String> known, List<Change> changes) {
    Set<String> fresh = new LinkedHashSet<>(hits);
    fresh.removeAll(known);
    if (!fresh.isEmpty()) {
      known.addAll(fresh);
      changes.add(
          new Change(
              change.getCaseId(),
              change.getSubjectKind() == SubjectKind.ACCOUNT ? change.getSubject() : null,
              change.getSubjectKind() == SubjectKind.NUMBER ? change.getSubject() : null,
              change.getOccurredAt().toEpochMilli(),
              fresh));
    }
  }

  /** Cases at the tier of an action, each as often as it has new evidence. */
  synchronized List<Alert> atTier(Map<String, Alert> finalHits) {
    return alerts(atTier, finalHits);
  }

  /** The same of every case, whatever its score: what a budget ranks. */
  synchronized List<Alert> all(Map<String, Alert> finalHits) {
    return alerts(all, finalHits);
  }

  private static List<Alert> alerts(List<Change> changes, Map<String, Alert> finalHits) {
    List<Alert> alerts = new ArrayList<>();
    for (Change change : changes) {
      Set<String> events = new LinkedHashSet<>();
      for (String hit : change.hitIds()) {
        Alert known = finalHits.get(hit);
        if (known != null) {
          events.addAll(known.eventIds());
        }
      }
      // A hit that did not become final is none, and neither is what stood on it alone.
      if (!events.isEmpty()) {
        alerts.add(
            Alert.ofCase(
                change.caseId(),
                change.account(),
                change.number(),
                List.copyOf(events),
                change.atMs()));
      }
    }
    return alerts;
  }

  /** Cases that scoring opened, and those of them whose score ever reached {@code least}. */
  synchronized long count(double least) {
    return scores().stream().filter(score -> score >= least).count();
  }

  private Collection<Double> scores() {
    return cases.values().stream().map(seen -> seen.score).toList();
  }

  /** Greatest score of each case by its id. */
  synchronized Map<String, Double> scoresByCase() {
    Map<String, Double> scores = new HashMap<>();
    cases.forEach((id, seen) -> scores.put(id, seen.score));
    return scores;
  }
}
