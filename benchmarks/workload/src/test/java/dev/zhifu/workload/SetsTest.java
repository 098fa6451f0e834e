package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The three sets of parameters: their mixtures are whole, and set C is neither A nor B. */
class SetsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void everyMixtureOfEverySetSumsToOne() {
    for (String set : CitySettings.SETS) {
      CitySettings city = CitySettings.ofSet(set);
      CitySettings.CashOut out = city.crews().cashOut();
      whole(set, city.people().ages().stream().map(CitySettings.AgeBand::share).toList());
      whole(set, city.fraud().typologies().values().stream().map(CitySettings.Mix::share).toList());
      whole(set, city.fraud().dwell().stream().map(CitySettings.Span::share).toList());
      whole(set, city.crews().styles().values());
      whole(set, List.of(out.atm(), out.otc(), out.goods(), out.game()));
      whole(set, city.scripts().callers().values());
      whole(set, city.scripts().channels().values());
    }
    MannerSettings manners = CitySettings.ofSet("C").manners();
    whole("C", manners.bankWeights());
    whole("C", manners.muleBankWeights());
  }

  private static void whole(String set, Collection<Double> shares) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).as("set %s: %s", set, shares).isCloseTo(1, within(1e-9));
    assertThat(shares).as("set %s", set).allMatch(share -> share > 0 && share < 1);
  }

  @Test
  void spansOfEverySetFollowOneAnother() {
    for (String set : CitySettings.SETS) {
      CitySettings.Fraud fraud = CitySettings.ofSet(set).fraud();
      for (List<CitySettings.Span> mixture : List.of(fraud.dwell(), fraud.reportDelay())) {
        for (int i = 0; i < mixture.size(); i++) {
          CitySettings.Span span = mixture.get(i);
          assertThat(span.toSeconds()).isGreaterThan(span.fromSeconds());
          if (i > 0) {
            assertThat(span.fromSeconds()).isEqualTo(mixture.get(i - 1).toSeconds());
          }
        }
      }
    }
  }

  @Test
  void publishedFiguresAreTheSameInEverySet() {
    for (String set : CitySettings.SETS) {
      CitySettings city = CitySettings.ofSet(set);
      assertThat(city.activity().transfers()).isEqualTo(0.37);
      assertThat(city.activity().cashWithdrawals()).isEqualTo(0.010);
      assertThat(city.activity().cardPurchases()).isEqualTo(0.68);
      assertThat(city.banks().atmDailyLimitYuan()).isEqualTo(20_000);
      assertThat(city.fraud().prevalencePerHeadDay()).isEqualTo(1.8e-5);
      assertThat(city.fraud().medianLossYuan()).isEqualTo(40_000);
      assertThat(city.innocent()).containsEntry(InnocentKind.NEEDLESS_WARNING, 13.0);
      double five =
          List.of(
                  Typology.TASK_REBATE,
                  Typology.FAKE_INVESTMENT,
                  Typology.ROMANCE,
                  Typology.CASH_COURIER,
                  Typology.CUSTOMER_SERVICE,
                  Typology.FAKE_LOAN,
                  Typology.CREDIT_REPAIR,
                  Typology.FAKE_SHOPPING)
              .stream()
              .mapToDouble(kind -> city.fraud().typologies().get(kind).share())
              .sum();
      assertThat(five).as("the five largest, set %s", set).isBetween(0.76, 0.84);
    }
  }

  /** What is published, or a choice of the run and no conduct of people, may be alike. */
  private static final List<String> ALIKE =
      List.of(
          "run.",
          "streams.disorder",
          "streams.late",
          "activity.transfers",
          "activity.cashWithdrawals",
          "activity.cardPurchases",
          "banks.answerBudgetMs",
          "banks.atmDailyLimitYuan",
          "fraud.storiesPer30k",
          "fraud.prevalencePerHeadDay",
          "fraud.medianLossYuan",
          "fraud.reportDelay",
          "fraud.nightStoryMinute",
          "innocent.NEEDLESS_WARNING",
          "manners.frauds.pace");

  @Test
  void everySingleValueOfSetCThatIsNotPublishedLiesApartFromAAndB() {
    Map<String, Double> mine = singles("C");
    for (String set : List.of("A", "B")) {
      Map<String, Double> others = singles(set);
      mine.forEach(
          (name, value) -> {
            if (others.containsKey(name)) {
              assertThat(value).as("%s of C and %s", name, set).isNotEqualTo(others.get(name));
            }
          });
    }
    assertThat(mine).hasSizeGreaterThan(110);
  }

  /** Numbers that stand alone, by path; mixtures and curves are looked at elsewhere. */
  private static Map<String, Double> singles(String set) {
    Map<String, Double> found = new TreeMap<>();
    collect("", MAPPER.valueToTree(CitySettings.ofSet(set)), found);
    found
        .keySet()
        .removeIf(
            name ->
                ALIKE.stream().anyMatch(name::startsWith)
                    || name.contains("typologies")
                    || name.contains("callers")
                    || name.contains("channels")
                    || name.contains("styles")
                    || name.contains("cashOut"));
    return found;
  }

  private static void collect(String path, JsonNode node, Map<String, Double> into) {
    if (node.isNumber()) {
      into.put(path, node.doubleValue());
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  collect(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      into));
    }
  }
}
