package dev.zhifu.workload;

import java.util.SplittableRandom;

/**
 * One story's own way with its script. Every factor of 1 leaves the script as it is, to the fen and
 * the millisecond.
 *
 * @param pace multiplies waits
 * @param talks multiplies lengths of calls and sessions
 * @param sums multiplies amounts
 * @param counts multiplies numbers of payments and people
 */
record Manner(double pace, double talks, double sums, double counts) {
  static final Manner PLAIN = new Manner(1, 1, 1, 1);

  private static final long[] ROUND_FEN = {1000_00L, 100_00L, 10_00L, 1_00L, 10L};

  /** Draws are kept within so many sigmas, so that no story takes a week over a phone call. */
  private static final double MOST_SIGMAS = 2.5;

  /** The manner of a story, from a stream of its own that nothing else draws on. */
  static Manner of(MannerSettings.Spread spread, long seed, String storyId) {
    SplittableRandom random = Draws.stream(seed, "manner", storyId);
    return new Manner(
        spread.pace() * factor(random, spread.paceSigma()),
        spread.talks() * factor(random, spread.talksSigma()),
        spread.sums() * factor(random, spread.sumsSigma()),
        spread.counts() * factor(random, spread.countsSigma()));
  }

  /** Log-normal around 1. */
  static double factor(SplittableRandom random, double sigma) {
    double deviation = Math.max(-MOST_SIGMAS, Math.min(MOST_SIGMAS, random.nextGaussian()));
    return StrictMath.exp(sigma * deviation);
  }

  /** A wait in milliseconds. */
  long waits(long scriptMs) {
    return (long) (scriptMs * pace);
  }

  /** Seconds of a call or session. */
  int talk(int scriptSeconds) {
    return (int) (scriptSeconds * talks);
  }

  /** A number of payments or people; at least one where the script has one. */
  int count(int script) {
    return script <= 0 ? script : (int) Math.max(1, Math.round(script * counts));
  }

  /** An amount as round as the script's: people send round sums whatever their size. */
  long fen(long scriptFen) {
    long unit = 1;
    for (long round : ROUND_FEN) {
      if (scriptFen % round == 0 && round <= scriptFen / 10) {
        unit = round;
        break;
      }
    }
    return Math.max(1, Math.round((double) scriptFen / unit * sums)) * unit;
  }
}
