package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Collectors who rent out their payment code: for hours many people pay the same few sums, and
 * every half hour nearly all of it goes on. The payers gamble or pay frauds elsewhere; no victim of
 * the city is behind it, so there is no loss, only money moved.
 */
final class ScoreRunners {
  static final String KIND = "SCORE_RUNNING";
  private static final long MINUTE_MS = 60_000L;
  private static final long[] STAKES_FEN = {50_00L, 100_00L, 100_00L, 200_00L, 300_00L, 500_00L};

  private final World world;
  private final List<Story> stories = new ArrayList<>();

  ScoreRunners(World world) {
    this.world = world;
  }

  List<Story> all() {
    return stories;
  }

  void begin() {
    CitySettings settings = world.settings;
    for (int day = 0; day < settings.run().days(); day++) {
      SplittableRandom random = Draws.stream(settings.run().seed(), KIND, day);
      double mean =
          settings.crews().scoreRunners()
              * settings.run().enrichment()
              * settings.run().residents()
              / 30_000.0;
      int count = Draws.rounded(random, mean);
      for (int i = 0; i < count; i++) {
        Story story =
            new Story(-1, String.format("N-%d-%s-%02d", day + 1, KIND, i + 1), KIND, true);
        stories.add(story);
        story.manner = Manner.of(settings.manners().frauds(), settings.run().seed(), story.id);
        long start =
            settings.startMs()
                + day * CitySettings.DAY_MS
                + (long) (random.nextDouble() * 20 * 60) * MINUTE_MS;
        collect(story, start, random.split());
      }
    }
  }

  private void collect(Story story, long start, SplittableRandom random) {
    AccountKind kind = random.nextBoolean() ? AccountKind.MERCHANT : AccountKind.PERSONAL;
    Account collector = world.people.collector(random, kind);
    Account above = world.people.mule(random, 2, false, 3 + random.nextInt(200));
    String device = world.messages.deviceToken("runner-" + collector.index);
    int minutes = (int) story.manner.waits(90 + random.nextInt(300));
    double perMinute = (0.4 + random.nextDouble() * 0.8) * story.manner.counts();
    for (double minute = 0;
        minute < minutes;
        minute += -StrictMath.log(1 - random.nextDouble()) / perMinute) {
      long at = start + (long) (minute * MINUTE_MS);
      SplittableRandom own = random.split();
      world.schedule.at(at, now -> stake(story, collector, own));
    }
    double commission = 0.005 + random.nextDouble() * 0.03;
    for (int minute = 25; minute < minutes + 30; minute += 18 + random.nextInt(25)) {
      world.schedule.at(
          start + minute * MINUTE_MS, now -> passOn(story, collector, above, device, commission));
    }
    SplittableRandom exit = random.split();
    world.schedule.at(
        start + (minutes + 60) * MINUTE_MS,
        now -> passOn(story, above, Draws.pick(exit, world.people.coinDealers), device, 0.002));
  }

  private void stake(Story story, Account collector, SplittableRandom random) {
    Holder payer = Draws.pick(random, world.people.residents);
    long stake = STAKES_FEN[random.nextInt(STAKES_FEN.length)] - random.nextInt(3) * 10L;
    long fen = story.manner.fen(stake);
    if (payer.main != collector && payer.main.availableFen() >= fen) {
      world.payments.pay(
          Payment.qr(payer.main, collector, fen, world.device(payer)).of(story, "stake"));
    }
  }

  private void passOn(Story story, Account from, Account to, String device, double keep) {
    long fen = (long) (from.availableFen() * (1 - keep)) / 100 * 100;
    if (fen < 100 || from == to) {
      return;
    }
    world.signals.access(from, AccessKind.LOGIN, device);
    world.payments.pay(
        Payment.transfer(from, to, fen)
            .by(Channel.MOBILE_APP, device)
            .of(story, from.level == 1 ? "hop1" : "otc")
            .reaction((payment, now) -> {}));
  }
}
