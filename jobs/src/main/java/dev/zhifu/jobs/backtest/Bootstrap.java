package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.backtest.Tally.Count;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bootstrap over cases: each resample draws as many illicit cases as there are, and as many decoy
 * cases, with replacement; false alarms on what belongs to no case stay as they are. The same seed
 * gives the same intervals.
 */
final class Bootstrap {
  static final long SEED = 20_261_127L;
  static final int RESAMPLES = 1_000;
  private static final int FEWEST_CASES = 2;
  private static final int FIGURES = 14;

  private Bootstrap() {}

  /**
   * Intervals of one line of figures.
   *
   * @param illicit tallies of the illicit cases
   * @param decoys tallies of the decoy cases
   * @param rest what belongs to no case
   * @return null with fewer than two illicit cases: nothing can be resampled
   */
  static Intervals of(List<Tally> illicit, List<Tally> decoys, Tally rest) {
    if (illicit.size() < FEWEST_CASES) {
      return null;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] values = new double[FIGURES][RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      Tally sum = new Tally();
      sum.add(rest);
      double[] minutes = new double[illicit.size()];
      for (int n = 0; n < illicit.size(); n++) {
        Tally drawn = illicit.get(random.nextInt(illicit.size()));
        sum.add(drawn);
        minutes[n] = drawn.minutes();
      }
      for (int n = 0; n < decoys.size(); n++) {
        sum.add(decoys.get(random.nextInt(decoys.size())));
      }
      double[] figures = figures(sum, minutes);
      for (int f = 0; f < FIGURES; f++) {
        values[f][i] = figures[f];
      }
    }
    return intervals(values);
  }

  private static Intervals intervals(double[][] values) {
    Interval[] of = Arrays.stream(values).map(Interval::of).toArray(Interval[]::new);
    return new Intervals(
        of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8], of[9], of[10], of[11],
        of[12], of[13]);
  }

  /** In the order of {@link Intervals}. */
  private static double[] figures(Tally sum, double[] minutes) {
    long rightT = sum.get(Count.TRANSACTIONS_RIGHT);
    long falseT = sum.get(Count.TRANSACTIONS_FALSE);
    double precisionT = ratio(rightT, rightT + falseT + sum.get(Count.TRANSACTIONS_DECOY));
    double recallT = ratio(rightT, sum.get(Count.TRANSACTIONS_ILLICIT));
    long rightS = sum.get(Count.SUBJECTS_RIGHT);
    long falseS = sum.get(Count.SUBJECTS_FALSE);
    double precisionS = ratio(rightS, rightS + falseS + sum.get(Count.SUBJECTS_DECOY));
    double recallC = ratio(sum.get(Count.CASES_FOUND), sum.get(Count.CASES));
    long rightA = sum.get(Count.ACCOUNTS_RIGHT);
    double precisionA =
        sum.get(Count.ACCOUNTS_ILLICIT) == 0
            ? Double.NaN
            : ratio(rightA, rightA + sum.get(Count.ACCOUNTS_FALSE) + sum.get(Count.ACCOUNTS_DECOY));
    double recallA = ratio(rightA, sum.get(Count.ACCOUNTS_ILLICIT));
    return new double[] {
      precisionT,
      ratio(rightT, rightT + falseT),
      recallT,
      f1(precisionT, recallT),
      precisionS,
      ratio(rightS, rightS + falseS),
      recallC,
      f1(precisionS, recallC),
      precisionA,
      recallA,
      f1(precisionA, recallA),
      ratio(sum.get(Count.CASES_IN_TIME), sum.get(Count.CASES)),
      ratio(sum.get(Count.MONEY_FOUND), sum.get(Count.MONEY)),
      median(minutes)
    };
  }

  private static double ratio(long part, long whole) {
    return whole <= 0 ? Double.NaN : (double) part / whole;
  }

  private static double f1(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static double median(double[] minutes) {
    double[] told = Arrays.stream(minutes).filter(one -> !Double.isNaN(one)).sorted().toArray();
    if (told.length == 0) {
      return Double.NaN;
    }
    int middle = told.length / 2;
    return told.length % 2 == 1 ? told[middle] : (told[middle - 1] + told[middle]) / 2;
  }
}
