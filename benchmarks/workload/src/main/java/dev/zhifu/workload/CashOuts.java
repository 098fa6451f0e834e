package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.SplittableRandom;

/** How a crew's money becomes cash, coins, gold or game credit. */
final class CashOuts {
  private static final long RUN_MS = 1_200_000L;

  private final World world;
  private final Crew crew;
  private final String atm;
  private final Account shop;

  CashOuts(World world, Crew crew, SplittableRandom random) {
    this.world = world;
    this.crew = crew;
    this.atm = anyAtm(random);
    this.shop = Draws.pick(random, world.people.goodsShops);
  }

  private String anyAtm(SplittableRandom random) {
    return DailyLife.atm(Draws.pick(random, world.people.residents), random);
  }

  void out(FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    switch (crew.style) {
      case CASH_CREW -> run(story, account, fen, random, path);
      case ONE_SHOP -> byGoods(story, account, fen, random, path);
      case COIN_DESK -> byManyCoins(story, account, fen, random, path);
      default -> anyWay(story, account, fen, random, path);
    }
  }

  private void anyWay(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    CitySettings.CashOut ways = world.settings.crews().cashOut();
    double[] shares = {ways.atm(), ways.otc(), ways.goods(), ways.game()};
    switch (Draws.weighted(random, shares)) {
      case 0 -> byCashMachine(story, account, fen, random, path, anyAtm(random), 0);
      case 1 -> byCoins(story, account, fen, random, path);
      case 2 -> byGoods(story, account, fen, random, path);
      default -> byGame(story, account, fen, random, path);
    }
  }

  /** The runner makes his round every twenty minutes, with the cards that have money on them. */
  private void run(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    long now = world.schedule.now();
    long next = (now / RUN_MS + 1) * RUN_MS - now + random.nextInt(400_000);
    byCashMachine(story, account, fen, random, path, atm, next);
  }

  private void byCashMachine(
      FraudStory story,
      Account account,
      long fen,
      SplittableRandom random,
      String path,
      String machine,
      long after) {
    long most = Math.min(fen, world.settings.banks().atmDailyLimitYuan() * 100);
    long left = most / 100_00L * 100_00L;
    long wait = after;
    while (left > 0) {
      long part = Math.min(left, (20 + random.nextInt(31)) * 100_00L);
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now ->
              world.payments.pay(
                  Payment.cash(account, part, machine)
                      .of(story, "cash")
                      .reaction(hop(story, path))));
      left -= part;
      wait += 45_000 + random.nextInt(75_000);
    }
    long rest = fen - most / 100_00L * 100_00L;
    if (rest > 500_00L) {
      SplittableRandom later = random.split();
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now -> byCoins(story, account, rest, later, path));
    }
  }

  private Hop hop(FraudStory story, String path) {
    return new Hop(world, crew, story, path, false);
  }

  private void byCoins(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    Account dealer = Draws.pick(random, world.people.coinDealers);
    boolean named = Draws.chance(random, 0.15);
    long amount = Math.min(fen, account.availableFen());
    if (amount < 100 || dealer == account) {
      return;
    }
    Payment payment =
        Payment.transfer(account, dealer, amount)
            .by(Channel.MOBILE_APP, crew.device(account))
            .of(story, "otc")
            .reaction(hop(story, path));
    world.payments.pay(named ? payment.remark("virtual-currency") : payment);
  }

  /** Small purchases from several dealers. */
  private void byManyCoins(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    int parts = (int) Math.min(12, 2 + fen / 3_000_00L);
    long wait = 0;
    for (long share : Draws.split(random, fen, parts, 100_00L)) {
      SplittableRandom own = random.split();
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now -> byCoins(story, account, share, own, path));
      wait += 60_000 + random.nextInt(600_000);
    }
  }

  private void byGoods(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    boolean regular = crew.style == MuleStyle.ONE_SHOP;
    Account at = regular ? shop : Draws.pick(random, world.people.goodsShops);
    long most = regular ? 8_000_00L : 50_000_00L;
    long[] shares = Draws.split(random, fen, (int) Math.min(12, 1 + fen / most), 1000_00L);
    long wait = 0;
    for (long share : shares) {
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now -> {
            long amount = Math.min(share, account.availableFen());
            if (amount >= 100) {
              world.payments.pay(
                  Payment.purchase(account, at, amount)
                      .of(story, "goods")
                      .reaction(hop(story, path)));
            }
          });
      wait += 120_000 + random.nextInt(600_000);
    }
  }

  private void byGame(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    Account at = Draws.pick(random, world.people.gameShops);
    long left = Math.min(fen, 20_000_00L);
    long rest = fen - left;
    long wait = 0;
    while (left >= 100_00L) {
      long part = Math.min(left, (5 + random.nextInt(45)) * 100_00L);
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now ->
              world.payments.pay(
                  Payment.qr(account, at, part, crew.device(account))
                      .of(story, "game")
                      .reaction(hop(story, path))));
      left -= part;
      wait += 20_000 + random.nextInt(60_000);
    }
    if (rest > 500_00L) {
      SplittableRandom later = random.split();
      world.schedule.at(
          world.schedule.now() + story.manner.waits(wait),
          now -> byCoins(story, account, rest, later, path));
    }
  }

  /**
   * One yuan of a victim's money to a shop that knows nothing: bait for whoever stops accounts
   * blindly.
   */
  void trifle(FraudStory story, Account account, SplittableRandom random) {
    Account at = Draws.pick(random, world.people.merchants);
    world.schedule.at(
        world.schedule.now() + 600_000 + random.nextInt(600_000),
        now -> {
          if (account.availableFen() >= 100) {
            world.payments.pay(
                Payment.transfer(account, at, 100)
                    .by(Channel.MOBILE_APP, crew.device(account))
                    .of(story, "trifle")
                    .reaction(hop(story, "")));
          }
        });
  }
}
