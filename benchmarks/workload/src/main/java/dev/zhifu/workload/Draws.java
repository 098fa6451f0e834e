package dev.zhifu.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random streams and the distributions drawn from them. Each actor has a stream of its own, found
 * from seed, purpose and id: what one does never moves another's draws. StrictMath keeps a city the
 * same on every machine.
 */
final class Draws {
  private Draws() {}

  /** The stream of one actor for one purpose. */
  static SplittableRandom stream(long seed, String purpose, long id) {
    return on(base(seed, purpose), id);
  }

  /** A stream that hangs on a text, such as an event id. */
  static SplittableRandom stream(long seed, String purpose, String id) {
    return stream(seed, purpose, hash(id));
  }

  static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    return h;
  }

  /** What {@link #stream} makes of seed and purpose; for callers that make millions of streams. */
  static long base(long seed, String purpose) {
    return mix(seed ^ hash(purpose));
  }

  /** The stream of one actor on a {@link #base}. */
  static SplittableRandom on(long base, long id) {
    return new SplittableRandom(mix(base + id));
  }

  static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  /** Log-normal with the given median. */
  static double logNormal(SplittableRandom random, double median, double sigma) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }

  /** Log-normal amount in fen, never below one yuan. */
  static long amountFen(SplittableRandom random, double medianYuan, double sigma) {
    return Math.max(100, Math.round(100 * logNormal(random, medianYuan, sigma)));
  }

  /** A span by its share, then log-uniform inside it; milliseconds. */
  static long durationMs(SplittableRandom random, List<CitySettings.Span> mixture) {
    double sum = 0;
    for (CitySettings.Span span : mixture) {
      sum += span.share();
    }
    double left = random.nextDouble() * sum;
    CitySettings.Span chosen = mixture.get(mixture.size() - 1);
    for (CitySettings.Span span : mixture) {
      left -= span.share();
      if (left < 0) {
        chosen = span;
        break;
      }
    }
    double low = StrictMath.log(chosen.fromSeconds() * 1000.0);
    double high = StrictMath.log(chosen.toSeconds() * 1000.0);
    return (long) StrictMath.exp(low + (high - low) * random.nextDouble());
  }

  /** Milliseconds, log-normal around a median in seconds. */
  static long delayMs(SplittableRandom random, double medianSeconds, double sigma) {
    return Math.round(1000 * logNormal(random, medianSeconds, sigma));
  }

  /** Poisson by inversion; meant for means below 30. */
  static int poisson(SplittableRandom random, double mean) {
    return poissonAbove(random, StrictMath.exp(-mean));
  }

  /** The same by the mean's e^-mean, for callers that draw many of one mean. */
  static int poissonAbove(SplittableRandom random, double floor) {
    double product = random.nextDouble();
    int count = 0;
    while (product > floor) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /**
   * A whole number whose mean is {@code mean}: the fraction decides by chance whether one is added.
   */
  static int rounded(SplittableRandom random, double mean) {
    int whole = (int) mean;
    return whole + (random.nextDouble() < mean - whole ? 1 : 0);
  }

  /** Index drawn by weights. */
  static int weighted(SplittableRandom random, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  static <T> T pick(SplittableRandom random, List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  static boolean chance(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }

  /**
   * Splits a sum into parts that add up to it exactly; each part but the last is a multiple of
   * {@code roundFen}.
   */
  static long[] split(SplittableRandom random, long sumFen, int parts, long roundFen) {
    long[] shares = new long[parts];
    double[] weights = new double[parts];
    double total = 0;
    for (int i = 0; i < parts; i++) {
      weights[i] = 0.4 + random.nextDouble();
      total += weights[i];
    }
    long left = sumFen;
    for (int i = 0; i < parts - 1; i++) {
      long share = (long) (sumFen * weights[i] / total) / roundFen * roundFen;
      shares[i] = Math.min(share, left);
      left -= shares[i];
    }
    shares[parts - 1] = left;
    return shares;
  }
}
