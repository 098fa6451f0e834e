package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Casts mule accounts and gives each a past that is true: new, asleep, or lived in. */
final class MuleAccounts {
  private static final int SLEEP_FROM_DAYS = 190;
  private static final int SLEEP_TO_DAYS = 360;

  private final World world;
  private final History history;

  MuleAccounts(World world, History history) {
    this.world = world;
    this.history = history;
  }

  List<Account> cast(SplittableRandom random, int level, int count) {
    List<Account> accounts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      accounts.add(one(random, level));
    }
    return accounts;
  }

  private Account one(SplittableRandom random, int level) {
    CrewSettings crews = world.settings.crews();
    boolean lent = Draws.chance(random, crews.lent());
    double draw = random.nextDouble();
    if (draw < crews.fresh()) {
      return world.people.mule(random, level, lent, 3 + random.nextInt(50));
    }
    Account account = world.people.mule(random, level, lent, 400 + random.nextInt(2400));
    if (draw < crews.fresh() + crews.dormant()) {
      long at = history.longAgo(random, SLEEP_FROM_DAYS, SLEEP_TO_DAYS);
      history.add(at, spends(account, random));
    } else {
      livedIn(account, random);
    }
    return account;
  }

  private void livedIn(Account account, SplittableRandom random) {
    Holder friend = Draws.pick(random, world.people.residents);
    long fen = (1 + random.nextInt(8)) * 100_00L;
    if (friend.main != account) {
      history.add(
          history.ago(random, 20, 80),
          Payment.transfer(friend.main, account, fen).by(Channel.MOBILE_APP, world.device(friend)));
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      history.add(history.ago(random, 1, 60), spends(account, random));
    }
  }

  private Payment spends(Account account, SplittableRandom random) {
    Account shop = Draws.pick(random, world.people.merchants);
    return Payment.qr(account, shop, 100 + random.nextInt(2000), world.device(account.holder));
  }

  /** Everyday accounts of young people: their own life goes on there. */
  List<Account> students(SplittableRandom random, int count) {
    List<Account> students = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Holder young = world.people.residentAged(random, 17, 21);
      if (young.age <= 21) {
        young.main.level = 1;
        students.add(young.main);
      }
    }
    return students;
  }

  /** Nights before, in which the crew moved the money of earlier victims. */
  void nights(SplittableRandom random, Account from, List<Account> over, List<Account> to) {
    int nights = 3 + random.nextInt(4);
    for (int night = 1; night <= nights; night++) {
      for (int i = 2 + random.nextInt(3); i > 0; i--) {
        long fen = (8 + random.nextInt(22)) * 100_00L;
        long at =
            world.settings.startMs()
                - night * CitySettings.DAY_MS
                + (long) (random.nextDouble() * 5 * 3_600_000L);
        Account middle = over.get(i % over.size());
        Account last = Draws.pick(random, to);
        if (!middle.openAt(at) || !last.openAt(at)) {
          continue;
        }
        world.ledger.endow(from, fen);
        history.add(at, Payment.transfer(from, middle, fen).by(Channel.MOBILE_APP, null));
        history.add(
            at + 300_000 + random.nextInt(2_400_000),
            Payment.transfer(middle, last, fen).by(Channel.MOBILE_APP, null));
      }
    }
  }
}
