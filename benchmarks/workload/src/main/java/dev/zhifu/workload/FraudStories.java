package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Casts the frauds of all days: crews, victims, hours. */
final class FraudStories {
  private final World world;
  private final List<FraudStory> stories = new ArrayList<>();
  private final List<Crew> crews = new ArrayList<>();
  private final Set<Holder> victims = new HashSet<>();
  private Map<String, List<FraudStory>> byHolder;

  FraudStories(World world) {
    this.world = world;
  }

  void cast(History history) {
    Scripts scripts = new Scripts(world, history);
    CitySettings settings = world.settings;
    int perDay = settings.storiesPerDay();
    int all = perDay * settings.run().days();
    if (all == 0) {
      return;
    }
    SplittableRandom random = Draws.stream(settings.run().seed(), "frauds", 0);
    int perCrew = settings.crews().stories();
    MuleAccounts accounts = new MuleAccounts(world, history);
    for (int i = 0; i < (all + perCrew - 1) / perCrew; i++) {
      crews.add(new Crew(world, accounts, i, Draws.stream(settings.run().seed(), "crew", i)));
    }
    List<FraudMix.Planned> mix = FraudMix.draw(settings.fraud(), random, all);
    int nightly = nightStory(mix.subList(0, perDay));
    long[] delays = reportDelays(all, nightly);
    for (int i = 0; i < all; i++) {
      FraudStory story = cast(i, i / perDay, mix.get(i), i == nightly);
      story.reportDelayMs = delays[i];
      stories.add(story);
      scripts.plan(story);
    }
  }

  /**
   * The one story that the first night begins with: of those drawn, one that needs no long talk.
   */
  private static int nightStory(List<FraudMix.Planned> mix) {
    for (Typology typology :
        List.of(Typology.GAME_TRADE, Typology.FAKE_SHOPPING, Typology.CUSTOMER_SERVICE)) {
      for (int i = 0; i < mix.size(); i++) {
        if (mix.get(i).typology() == typology) {
          return i;
        }
      }
    }
    return 0;
  }

  /**
   * Drawn for each story; the shortest goes to the night story, so that the mixture stays as it is.
   */
  private long[] reportDelays(int all, int nightly) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "report-delays", 0);
    long[] delays = new long[all];
    int shortest = 0;
    for (int i = 0; i < all; i++) {
      delays[i] = Draws.durationMs(random, world.settings.fraud().reportDelay());
      shortest = delays[i] < delays[shortest] ? i : shortest;
    }
    long swapped = delays[nightly];
    delays[nightly] = delays[shortest];
    delays[shortest] = swapped;
    return delays;
  }

  private FraudStory cast(int number, int day, FraudMix.Planned planned, boolean nightly) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "cast", number);
    Holder victim = victim(planned.typology(), random);
    victims.add(victim);
    long needed =
        planned.lossFen()
            + planned.lossFen() / 50
            + 3_000_00L
            + Draws.amountFen(random, 8_000, 1.0);
    if (victim.main.balanceFen < needed) {
      world.ledger.endow(victim.main, needed - victim.main.balanceFen);
    }
    String id = String.format("F-%d-%03d", day + 1, number + 1);
    boolean trifle = Draws.chance(random, world.settings.fraud().oneYuanStories()) || number == 1;
    long drawn = startOfDayMs(random);
    long inDay = nightly ? world.settings.fraud().nightStoryMinute() * 60_000L : drawn;
    long start = world.settings.startMs() + day * CitySettings.DAY_MS + inDay;
    return new FraudStory(
        world,
        world.ledger.newStory(),
        id,
        planned,
        victim,
        Draws.pick(random, crews),
        start,
        trifle);
  }

  /** First contacts follow the set's hours of fraud, without any the city's own curve. */
  private long startOfDayMs(SplittableRandom random) {
    List<Double> own = world.settings.manners().fraudHours();
    List<Double> hours = own.isEmpty() ? world.settings.activity().hourWeights() : own;
    double[] weights = hours.stream().mapToDouble(Double::doubleValue).toArray();
    return (long) ((Draws.weighted(random, weights) + random.nextDouble()) * 3_600_000L);
  }

  private Holder victim(Typology typology, SplittableRandom random) {
    int[] ages =
        switch (typology) {
          case TASK_REBATE -> new int[] {18, 45};
          case FAKE_INVESTMENT, ROMANCE, CASH_COURIER -> new int[] {28, 62};
          case CUSTOMER_SERVICE, SCREEN_TAKEOVER, FORWARDED_CALLS -> new int[] {20, 60};
          case FAKE_LOAN, CREDIT_REPAIR -> new int[] {20, 45};
          case FAKE_SHOPPING, FLIGHT_CHANGE, STOLEN_SIM, PHISHED_CODES -> new int[] {18, 65};
          case BOSS_IMPERSONATION, DEEPFAKE_CALL -> new int[] {30, 60};
          case FAMILY_EMERGENCY -> new int[] {60, 85};
          case FAKE_POLICE -> new int[] {18, 80};
          case GAME_TRADE -> new int[] {16, 28};
        };
    Holder holder = world.people.residentAged(random, ages[0], ages[1]);
    for (int tries = 0; tries < 500 && victims.contains(holder); tries++) {
      holder = world.people.residentAged(random, ages[0], ages[1]);
    }
    return holder;
  }

  /** Mule accounts that lists name already. */
  List<Account> listedAccounts() {
    return crews.stream().flatMap(crew -> crew.listed().stream()).toList();
  }

  /** Callers' numbers that lists name already. */
  List<Peer> listedNumbers() {
    return stories.stream()
        .filter(story -> story.caller != null && Draws.chance(story.stream("listed-number"), 0.12))
        .map(story -> story.caller)
        .toList();
  }

  List<FraudStory> all() {
    return stories;
  }

  /** Stories whose victim this is. */
  List<FraudStory> ofHolder(String holderToken) {
    if (byHolder == null) {
      byHolder = new HashMap<>();
      for (FraudStory story : stories) {
        byHolder
            .computeIfAbsent(world.messages.holderToken(story.victim), token -> new ArrayList<>(1))
            .add(story);
      }
    }
    return byHolder.getOrDefault(holderToken, List.of());
  }
}
