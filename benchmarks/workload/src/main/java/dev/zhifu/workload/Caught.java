package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How alerts do against the truth. A fraud is caught by an alert on its victim, on the account that
 * paid, on a mule account that its money reached, or on a number that called for it, from its first
 * contact on; in time when that was before the victim's last payment. Any other alert is false, and
 * is counted under the innocent story that its subject took part in.
 *
 * @param byKind frauds by kind
 * @param all all frauds with a victim
 * @param alerts alerts given
 * @param trueAlerts of these, those that belong to a fraud
 * @param falseByStory the others, by innocent kind; ORDINARY for none
 * @param enrichment how many times denser fraud is than outside
 */
public record Caught(
    Map<String, Count> byKind,
    Count all,
    int alerts,
    int trueAlerts,
    Map<String, Integer> falseByStory,
    double enrichment) {

  /** Two-sided 95 % of the normal distribution. */
  private static final double Z = 1.959964;

  /**
   * Frauds of one kind that took or moved money, or would have.
   *
   * @param stories how many there were
   * @param caught of these
   * @param inTime of these, before the last payment
   * @param lossFen what they took
   * @param lossCaughtFen of this, what the caught ones took
   */
  public record Count(int stories, int caught, int inTime, long lossFen, long lossCaughtFen) {
    static final Count NONE = new Count(0, 0, 0, 0, 0);

    Count plus(boolean isCaught, boolean isInTime, long fen) {
      return new Count(
          stories + 1,
          caught + (isCaught ? 1 : 0),
          inTime + (isInTime ? 1 : 0),
          lossFen + fen,
          lossCaughtFen + (isCaught ? fen : 0));
    }

    /** Share caught; 0 of none. */
    public double recall() {
      return stories == 0 ? 0 : caught / (double) stories;
    }

    /** Share caught in time; 0 of none. */
    public double recallInTime() {
      return stories == 0 ? 0 : inTime / (double) stories;
    }
  }

  /**
   * Scores.
   *
   * @param stories {@link City#stories()} at the end of the run
   * @param alerts in any order
   * @param enrichment {@link CitySettings#enrichmentFactor()} of the run
   */
  public static Caught of(List<TruthStory> stories, List<Alert> alerts, double enrichment) {
    Scorer scorer = new Scorer();
    stories.forEach(scorer::index);
    alerts.forEach(scorer::take);
    return scorer.score(stories, alerts.size(), enrichment);
  }

  /** Share of alerts that belong to a fraud, as the city is. */
  public double precision() {
    return alerts == 0 ? 0 : trueAlerts / (double) alerts;
  }

  /** The same where fraud is as rare as outside: true alerts count one by the enrichment. */
  public double precisionAtPrevalence() {
    double weighted = enrichment <= 0 ? 0 : trueAlerts / enrichment;
    double all = weighted + (alerts - trueAlerts);
    return all == 0 ? 0 : weighted / all;
  }

  /**
   * Wilson's 95 % interval of a share.
   *
   * @return lower and upper end, 0 and 1 when there is nothing to count
   */
  public static double[] interval(int hits, int of) {
    if (of == 0) {
      return new double[] {0, 1};
    }
    double p = hits / (double) of;
    double z2 = Z * Z;
    double middle = (p + z2 / (2 * of)) / (1 + z2 / of);
    double half = Z * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of)) / (1 + z2 / of);
    return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
  }

  /** Finds the stories behind a subject. */
  private static final class Scorer {
    private final Map<String, List<TruthStory>> frauds = new HashMap<>();
    private final Map<String, String> innocents = new HashMap<>();
    private final Map<String, Long> first = new HashMap<>();
    private final Map<String, Integer> falseByStory = new TreeMap<>();
    private int trueAlerts;

    void index(TruthStory story) {
      if (!story.fraud()) {
        for (TruthAccount account : story.accounts()) {
          innocents.putIfAbsent(key(Alert.Subject.ACCOUNT, account.token()), story.kind());
          innocents.putIfAbsent(key(Alert.Subject.HOLDER, account.holderToken()), story.kind());
        }
        story
            .numberTokens()
            .forEach(
                number -> innocents.putIfAbsent(key(Alert.Subject.NUMBER, number), story.kind()));
        return;
      }
      under(Alert.Subject.HOLDER, story.victimHolderToken(), story);
      under(Alert.Subject.HOLDER, story.payerHolderToken(), story);
      under(Alert.Subject.ACCOUNT, story.payerAccountToken(), story);
      for (TruthAccount account : story.accounts()) {
        if (account.level() > 0) {
          under(Alert.Subject.ACCOUNT, account.token(), story);
          under(Alert.Subject.HOLDER, account.holderToken(), story);
        }
      }
      story.numberTokens().forEach(number -> under(Alert.Subject.NUMBER, number, story));
    }

    private void under(Alert.Subject subject, String token, TruthStory story) {
      if (token != null) {
        List<TruthStory> known =
            frauds.computeIfAbsent(key(subject, token), key -> new ArrayList<>(1));
        if (known.isEmpty() || known.get(known.size() - 1) != story) {
          known.add(story);
        }
      }
    }

    private static String key(Alert.Subject subject, String token) {
      return subject + ":" + token;
    }

    void take(Alert alert) {
      String key = key(alert.subject(), alert.token());
      boolean hit = false;
      for (TruthStory story : frauds.getOrDefault(key, List.of())) {
        if (alert.at() >= begins(story)) {
          hit = true;
          first.merge(story.storyId(), alert.at(), Math::min);
        }
      }
      if (hit) {
        trueAlerts++;
      } else {
        falseByStory.merge(innocents.getOrDefault(key, "ORDINARY"), 1, Integer::sum);
      }
    }

    private static long begins(TruthStory story) {
      return story.startedAt() > 0 ? story.startedAt() : story.firstTransferAt();
    }

    Caught score(List<TruthStory> stories, int alerts, double enrichment) {
      Map<String, Count> byKind = new TreeMap<>();
      Count all = Count.NONE;
      for (TruthStory story : stories) {
        if (!story.fraud() || !happened(story)) {
          continue;
        }
        Long at = first.get(story.storyId());
        boolean inTime = at != null && at < deadline(story);
        Count count = byKind.getOrDefault(story.kind(), Count.NONE);
        byKind.put(story.kind(), count.plus(at != null, inTime, story.lossFen()));
        if (story.victimHolderToken() != null) {
          all = all.plus(at != null, inTime, story.lossFen());
        }
      }
      return new Caught(byKind, all, alerts, trueAlerts, falseByStory, enrichment);
    }

    private static boolean happened(TruthStory story) {
      return story.victimHolderToken() != null
          ? !story.outcome().equals("notYetPaid")
          : story.bookings() > 0 || !story.numberTokens().isEmpty();
    }

    private static long deadline(TruthStory story) {
      if (story.lastLossAt() > 0) {
        return story.lastLossAt();
      }
      return story.lastTransferAt() > 0 ? story.lastTransferAt() : Long.MAX_VALUE;
    }
  }
}
