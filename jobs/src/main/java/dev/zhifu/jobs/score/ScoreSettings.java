package dev.zhifu.jobs.score;

import java.io.Serializable;
import java.time.Duration;

/**
 * Thresholds of scoring; all are engineering defaults of ours, none is law.
 *
 * @param holdScore least case score for HOLD and risk holds, 0 to 1
 * @param stopScore least case score for a stop-payment request, 0 to 1
 * @param statementWeight weight of an accepted victim report on the account it names, 0 to 1
 * @param hitMemoryMs how long a hit counts in a score, milliseconds of event time
 * @param caseMemoryMs how long a quiet case keeps its id, milliseconds of event time
 * @param holdTermMs term of a risk hold, milliseconds, at most 24 h
 * @param maxHits most hits, links or reports that one case keeps; the oldest leave first and are
 *     counted
 */
public record ScoreSettings(
    double holdScore,
    double stopScore,
    double statementWeight,
    long hitMemoryMs,
    long caseMemoryMs,
    long holdTermMs,
    int maxHits)
    implements Serializable {

  /** The defaults. */
  public static ScoreSettings defaults() {
    return new ScoreSettings(
        0.6,
        0.85,
        0.9,
        Duration.ofHours(24).toMillis(),
        Duration.ofDays(30).toMillis(),
        Duration.ofHours(24).toMillis(),
        64);
  }

  public ScoreSettings {
    check("holdScore", holdScore);
    check("stopScore", stopScore);
    check("statementWeight", statementWeight);
    if (holdTermMs <= 0 || holdTermMs > Duration.ofHours(24).toMillis()) {
      throw new IllegalArgumentException(
          "holdTermMs is "
              + holdTermMs
              + "; a risk hold lasts more than 0 and at most 24 h (86400000)");
    }
    if (maxHits < 1) {
      throw new IllegalArgumentException("maxHits is " + maxHits + "; it must be at least 1");
    }
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must lie between 0 and 1");
    }
  }
}
