package dev.zhifu.workload;

import dev.zhifu.wire.AccessKind;
import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A gang with its mule accounts. Money rests on each for a drawn time, then moves on in parts,
 * level by level, until it is cash, coins, gold or game credit. What a bank blocks, the crew gives
 * up.
 */
final class Crew {
  private static final int LEVELS = 4;

  private final World world;
  private final int index;
  private final List<List<Account>> levels = new ArrayList<>();
  private final Set<Account> burnt = new HashSet<>();
  private final String[] devices;

  /** Pays the small rebates that bait victims. */
  final Account payout;

  Crew(World world, int index, int stories, SplittableRandom random) {
    this.world = world;
    this.index = index;
    int[] perStory = {3, 4, 6, 3};
    for (int level = 1; level <= LEVELS; level++) {
      List<Account> accounts = new ArrayList<>();
      for (int i = 0; i < perStory[level - 1] * stories; i++) {
        accounts.add(world.people.mule(random, level));
      }
      levels.add(accounts);
    }
    payout = world.people.mule(random, 1);
    world.ledger.endow(payout, 60_000_00L);
    devices = new String[2 + stories];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = world.messages.deviceToken("crew-" + index + "-" + i);
    }
  }

  /** An account for the next payment of a victim. */
  Account receiver(SplittableRandom random) {
    return unburnt(levels.get(0), random);
  }

  /**
   * Accounts that other places' cases have brought on the list: few, and none that a victim pays
   * into.
   */
  List<Account> listed() {
    List<Account> known = new ArrayList<>();
    for (List<Account> accounts : levels.subList(1, LEVELS)) {
      for (Account account : accounts) {
        if (Draws.chance(
            Draws.stream(world.settings.run().seed(), "listed", account.index), 0.03)) {
          known.add(account);
        }
      }
    }
    return known;
  }

  private Account unburnt(List<Account> accounts, SplittableRandom random) {
    Account chosen = Draws.pick(random, accounts);
    for (int tries = 0; tries < 20 && burnt.contains(chosen); tries++) {
      chosen = Draws.pick(random, accounts);
    }
    return chosen;
  }

  private String device(Account account) {
    return devices[account.index % devices.length];
  }

  /** A small transfer that shows whether an account still works. */
  void probe(Story story, SplittableRandom random) {
    Account from = Draws.pick(random, levels.get(2));
    Account to = receiver(random);
    long fen = (1 + random.nextInt(5)) * 100L;
    if (from.availableFen() >= fen) {
      world.signals.access(from, AccessKind.LOGIN, device(from));
      world.payments.pay(
          Payment.transfer(from, to, fen)
              .by(Channel.MOBILE_APP, device(from))
              .of(story, "probe")
              .reaction(new Hop(null, "", false)));
    }
  }

  /** Money has come: it rests, then goes on. */
  void received(FraudStory story, Account account, long fen, String path) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "dwell", story.id + path);
    long dwell = Draws.durationMs(random, world.settings.fraud().dwell());
    world.schedule.at(world.schedule.now() + dwell, now -> moveOn(story, account, fen, path));
  }

  private void moveOn(FraudStory story, Account account, long fen, String path) {
    SplittableRandom random = Draws.stream(world.settings.run().seed(), "hop", story.id + path);
    world.signals.access(account, AccessKind.LOGIN, device(account));
    if (Draws.chance(random, 0.7)) {
      world.signals.access(account, AccessKind.BALANCE_QUERY, device(account));
    }
    double commission = Math.max(0, random.nextDouble() - 0.7) * 0.06;
    double keep = story.trifle ? 0.03 : commission;
    long moving = Math.min(account.availableFen(), (long) (fen * (1 - keep)));
    if (moving < 100) {
      return;
    }
    double straightOut = new double[] {0.08, 0.30, 0.75, 1.0}[account.level - 1];
    if (moving < 300_00L || Draws.chance(random, straightOut)) {
      cashOut(story, account, moving, random, path);
    } else {
      splitOn(story, account, moving, random, path);
    }
    if (story.trifle && account.level == 1) {
      trifle(story, account, random);
    }
  }

  private void splitOn(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    int parts = 1 + random.nextInt(account.level == 1 ? 3 : 4);
    if (fen > 100_000_00L) {
      parts += 2;
    }
    long[] shares = Draws.split(random, fen, parts, 100_00L);
    List<Account> next = levels.get(account.level);
    long wait = 0;
    for (int i = 0; i < parts; i++) {
      Account to = unburnt(next, random);
      long share = shares[i];
      String way = path + "." + i;
      world.schedule.at(
          world.schedule.now() + wait,
          now -> send(story, account, to, share, "hop" + account.level, way));
      wait += 15_000 + random.nextInt(90_000);
    }
  }

  private void send(
      FraudStory story, Account from, Account to, long fen, String role, String path) {
    long amount = Math.min(fen, from.availableFen());
    if (amount >= 100) {
      world.payments.pay(
          Payment.transfer(from, to, amount)
              .by(Channel.MOBILE_APP, device(from))
              .of(story, role)
              .reaction(new Hop(story, path, true)));
    }
  }

  private void cashOut(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    CitySettings.CashOut ways = world.settings.fraud().cashOut();
    switch (Draws.weighted(
        random, new double[] {ways.atm(), ways.otc(), ways.goods(), ways.game()})) {
      case 0 -> byCashMachine(story, account, fen, random, path);
      case 1 -> byCoins(story, account, fen, random, path);
      case 2 -> byGoods(story, account, fen, random, path);
      default -> byGame(story, account, fen, random, path);
    }
  }

  private void byCashMachine(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    long most = Math.min(fen, world.settings.banks().atmDailyLimitYuan() * 100);
    String atm =
        DailyLife.atm(
            world.people.residents.get(random.nextInt(world.people.residents.size())), random);
    long wait = 0;
    long left = most / 100_00L * 100_00L;
    while (left > 0) {
      long part = Math.min(left, (20 + random.nextInt(31)) * 100_00L);
      world.schedule.at(
          world.schedule.now() + wait,
          now ->
              world.payments.pay(
                  Payment.cash(account, part, atm)
                      .of(story, "cash")
                      .reaction(new Hop(story, path, false))));
      left -= part;
      wait += 45_000 + random.nextInt(75_000);
    }
    long rest = fen - most / 100_00L * 100_00L;
    if (rest > 500_00L) {
      long after = wait;
      SplittableRandom later = random.split();
      world.schedule.at(
          world.schedule.now() + after, now -> byCoins(story, account, rest, later, path));
    }
  }

  private void byCoins(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    Account dealer = Draws.pick(random, world.people.coinDealers);
    boolean named = Draws.chance(random, 0.15);
    long amount = Math.min(fen, account.availableFen());
    if (amount < 100) {
      return;
    }
    Payment payment =
        Payment.transfer(account, dealer, amount)
            .by(Channel.MOBILE_APP, device(account))
            .of(story, "otc")
            .reaction(new Hop(story, path, false));
    world.payments.pay(named ? payment.remark("virtual-currency") : payment);
  }

  private void byGoods(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    Account shop = Draws.pick(random, world.people.goodsShops);
    long[] shares = Draws.split(random, fen, 1 + (int) (fen / 50_000_00L), 1000_00L);
    long wait = 0;
    for (long share : shares) {
      world.schedule.at(
          world.schedule.now() + wait,
          now -> {
            long amount = Math.min(share, account.availableFen());
            if (amount >= 100) {
              world.payments.pay(
                  Payment.purchase(account, shop, amount)
                      .of(story, "goods")
                      .reaction(new Hop(story, path, false)));
            }
          });
      wait += 120_000 + random.nextInt(600_000);
    }
  }

  private void byGame(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    Account shop = Draws.pick(random, world.people.gameShops);
    long left = Math.min(fen, 20_000_00L);
    long rest = fen - left;
    long wait = 0;
    while (left >= 100_00L) {
      long part = Math.min(left, (5 + random.nextInt(45)) * 100_00L);
      world.schedule.at(
          world.schedule.now() + wait,
          now ->
              world.payments.pay(
                  Payment.qr(account, shop, part, device(account))
                      .of(story, "game")
                      .reaction(new Hop(story, path, false))));
      left -= part;
      wait += 20_000 + random.nextInt(60_000);
    }
    if (rest > 500_00L) {
      SplittableRandom later = random.split();
      world.schedule.at(
          world.schedule.now() + wait, now -> byCoins(story, account, rest, later, path));
    }
  }

  /**
   * One yuan of a victim's money to a shop that knows nothing: bait for whoever stops accounts
   * blindly.
   */
  private void trifle(FraudStory story, Account account, SplittableRandom random) {
    Account shop = Draws.pick(random, world.people.merchants);
    world.schedule.at(
        world.schedule.now() + 600_000 + random.nextInt(600_000),
        now -> {
          if (account.availableFen() >= 100) {
            world.payments.pay(
                Payment.transfer(account, shop, 100)
                    .by(Channel.MOBILE_APP, device(account))
                    .of(story, "trifle")
                    .reaction(new Hop(story, "", false)));
          }
        });
  }

  /** What the crew does about the outcome of one movement. */
  private final class Hop implements Payment.Reaction {
    private final FraudStory story;
    private final String path;
    private final boolean onward;

    Hop(FraudStory story, String path, boolean onward) {
      this.story = story;
      this.path = path;
      this.onward = onward;
    }

    @Override
    public void completed(Payment payment, long now) {
      if (onward) {
        received(story, payment.payee, payment.amountFen, path);
      }
    }

    /** The bank wants to hear the owner; few answer. */
    @Override
    public void held(Payment payment, long now) {
      SplittableRandom random =
          Draws.stream(world.settings.run().seed(), "mule-confirms", payment.transactionId);
      if (Draws.chance(random, world.settings.fraud().muleConfirmsHold())) {
        long delay = Draws.delayMs(random, 40 * 60, 0.6);
        world.schedule.at(now + delay, at -> world.payments.confirm(payment));
      } else {
        burnt.add(payment.payer);
      }
    }

    @Override
    public void refused(Payment payment, Payment.Refusal why, long now) {
      if (why == Payment.Refusal.BLOCKED) {
        burnt.add(payment.payer);
      }
    }
  }
}
