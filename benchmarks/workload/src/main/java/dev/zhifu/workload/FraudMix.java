package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws how many of which fraud, and for how much. Amounts come from one log-normal and typologies
 * from their shares, each untouched by the other; only their pairing is biased, so that investment
 * frauds take the large amounts.
 */
final class FraudMix {
  private FraudMix() {}

  /** One fraud to come. */
  record Planned(Typology typology, long lossFen) {}

  private record Ranked(Typology typology, double rank) {}

  static List<Planned> draw(CitySettings.Fraud fraud, SplittableRandom random, int stories) {
    List<Typology> kinds = List.copyOf(fraud.typologies().keySet());
    double[] shares =
        kinds.stream().mapToDouble(kind -> fraud.typologies().get(kind).share()).toArray();
    List<Long> amounts = new ArrayList<>();
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < stories; i++) {
      amounts.add(Draws.amountFen(random, fraud.medianLossYuan(), fraud.lossSigma()));
      Typology typology = kinds.get(Draws.weighted(random, shares));
      double shift = fraud.typologies().get(typology).sizeShift();
      ranked.add(new Ranked(typology, shift + random.nextGaussian()));
    }
    Collections.sort(amounts);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < stories; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> ranked.get(i).rank()));
    Planned[] planned = new Planned[stories];
    for (int place = 0; place < stories; place++) {
      int story = order.get(place);
      planned[story] = new Planned(ranked.get(story).typology(), amounts.get(place));
    }
    return List.of(planned);
  }
}
