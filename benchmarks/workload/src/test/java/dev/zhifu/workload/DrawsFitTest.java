package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * 10,000 draws each fit what the parameters claim: dwells and delays their mixtures, amounts their
 * log-normal, and typologies their shares. Seeds are fixed, so the tests pass always or never;
 * limits are those of a 1 % error.
 */
class DrawsFitTest {
  private static final int DRAWS = 10_000;
  private static final long SEED = 86_2016;

  /** Kolmogorov-Smirnov, two-sided, 1 %. */
  private static final double KS_LIMIT = 1.628 / Math.sqrt(DRAWS);

  private final CitySettings.Fraud fraud = CitySettings.defaults().fraud();

  @Test
  void dwellsFitTheirMixture() {
    assertThat(fraud.dwell().stream().mapToDouble(CitySettings.Span::share))
        .containsExactly(0.50, 0.30, 0.15, 0.05);
    fits("dwell", fraud.dwell());
  }

  @Test
  void reportDelaysFitTheXiamenShares() {
    assertThat(fraud.reportDelay().stream().mapToDouble(CitySettings.Span::share))
        .containsExactly(0.177, 0.485, 0.103, 0.234);
    fits("report delay", fraud.reportDelay());
  }

  @Test
  void setBFitsItsOwnMixturesAndTheSamePublishedDelays() {
    fitsAndKeepsWhatIsPublished(CitySettings.ofSet("B").fraud(), "dwell B", "mix-b");
  }

  @Test
  void setCFitsItsOwnMixturesAndTheSamePublishedDelays() {
    CitySettings.Fraud other = CitySettings.ofSet("C").fraud();
    List<FraudMix.Planned> stories = fitsAndKeepsWhatIsPublished(other, "dwell C", "mix-c");
    assertThat(other.dwell()).isNotEqualTo(CitySettings.ofSet("B").fraud().dwell());
    double investment =
        moneyShare(stories, Typology.FAKE_INVESTMENT)
            + moneyShare(stories, Typology.ROMANCE)
            + moneyShare(stories, Typology.CASH_COURIER);
    assertThat(investment).as("one third of the money").isBetween(0.29, 0.38);
  }

  private List<FraudMix.Planned> fitsAndKeepsWhatIsPublished(
      CitySettings.Fraud other, String dwell, String mix) {
    assertThat(other.reportDelay()).isEqualTo(fraud.reportDelay());
    assertThat(other.dwell()).isNotEqualTo(fraud.dwell());
    fits(dwell, other.dwell());
    List<FraudMix.Planned> stories = FraudMix.draw(other, Draws.stream(SEED, mix, 0), DRAWS);
    double tasks =
        stories.stream().filter(story -> story.typology() == Typology.TASK_REBATE).count()
            / (double) DRAWS;
    assertThat(tasks).as("about a third of cases").isBetween(0.28, 0.36);
    double[] yuan = stories.stream().mapToDouble(story -> story.lossFen() / 100.0).toArray();
    assertThat(distance(yuan, amount -> normalBelow(Math.log(amount / 40_000) / other.lossSigma())))
        .isLessThan(KS_LIMIT);
    return stories;
  }

  private static void fits(String what, List<CitySettings.Span> mixture) {
    SplittableRandom random = Draws.stream(SEED, what, 0);
    double[] drawn = new double[DRAWS];
    double[] counts = new double[mixture.size()];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = Draws.durationMs(random, mixture) / 1000.0;
      counts[bin(mixture, drawn[i])]++;
    }
    double all = mixture.stream().mapToDouble(CitySettings.Span::share).sum();
    double[] expected = mixture.stream().mapToDouble(span -> span.share() / all * DRAWS).toArray();
    double chiSquare = chiSquare(counts, expected);
    double distance = distance(drawn, seconds -> mixtureBelow(mixture, all, seconds));
    System.out.printf("%s: seed %d, chi-square %.2f, KS %.4f%n", what, SEED, chiSquare, distance);
    assertThat(chiSquare).as("3 degrees of freedom, 1 %%").isLessThan(11.345);
    assertThat(distance).isLessThan(KS_LIMIT);
  }

  private static int bin(List<CitySettings.Span> mixture, double seconds) {
    for (int i = 0; i < mixture.size() - 1; i++) {
      if (seconds < mixture.get(i).toSeconds()) {
        return i;
      }
    }
    return mixture.size() - 1;
  }

  private static double mixtureBelow(List<CitySettings.Span> mixture, double all, double seconds) {
    double below = 0;
    for (CitySettings.Span span : mixture) {
      double part =
          Math.log(seconds / span.fromSeconds())
              / Math.log((double) span.toSeconds() / span.fromSeconds());
      below += span.share() / all * Math.max(0, Math.min(1, part));
    }
    return below;
  }

  @Test
  void amountsAreLogNormalWithTheirMedianAndTypologiesKeepTheirShares() {
    SplittableRandom random = Draws.stream(SEED, "mix", 0);
    List<FraudMix.Planned> stories = FraudMix.draw(fraud, random, DRAWS);

    double[] yuan = stories.stream().mapToDouble(story -> story.lossFen() / 100.0).toArray();
    double distance =
        distance(yuan, amount -> normalBelow(Math.log(amount / 40_000) / fraud.lossSigma()));
    double median = Arrays.stream(yuan).sorted().toArray()[DRAWS / 2];
    Typology[] kinds = fraud.typologies().keySet().toArray(Typology[]::new);
    double[] counts = new double[kinds.length];
    double[] expected = new double[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      Typology kind = kinds[i];
      counts[i] = stories.stream().filter(story -> story.typology() == kind).count();
      expected[i] = fraud.typologies().get(kind).share() * DRAWS;
    }
    double chiSquare = chiSquare(counts, expected);
    double investment =
        moneyShare(stories, Typology.FAKE_INVESTMENT)
            + moneyShare(stories, Typology.ROMANCE)
            + moneyShare(stories, Typology.CASH_COURIER);
    System.out.printf(
        "amounts: seed %d, KS %.4f, median %.0f yuan; typologies chi-square %.2f; investment takes"
            + " %.3f of the money%n",
        SEED, distance, median, chiSquare, investment);
    assertThat(distance).isLessThan(KS_LIMIT);
    assertThat(median).isBetween(38_500.0, 41_500.0);
    assertThat(chiSquare).as("17 degrees of freedom, 1 %%").isLessThan(33.409);
    assertThat(investment).as("one third of the money").isBetween(0.29, 0.38);
  }

  private static double moneyShare(List<FraudMix.Planned> stories, Typology kind) {
    double all = stories.stream().mapToDouble(FraudMix.Planned::lossFen).sum();
    return stories.stream()
            .filter(story -> story.typology() == kind)
            .mapToDouble(FraudMix.Planned::lossFen)
            .sum()
        / all;
  }

  private static double chiSquare(double[] counts, double[] expected) {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    }
    return sum;
  }

  /** Greatest distance between the draws' distribution and the claimed one. */
  private static double distance(double[] drawn, DoubleUnaryOperator below) {
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    double greatest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double claimed = below.applyAsDouble(sorted[i]);
      greatest = Math.max(greatest, Math.abs(claimed - i / (double) sorted.length));
      greatest = Math.max(greatest, Math.abs(claimed - (i + 1) / (double) sorted.length));
    }
    return greatest;
  }

  /** The standard normal distribution, by Abramowitz and Stegun 7.1.26; error below 1.5e-7. */
  private static double normalBelow(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double poly =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double erf = 1 - poly * Math.exp(-x * x);
    return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
  }
}
