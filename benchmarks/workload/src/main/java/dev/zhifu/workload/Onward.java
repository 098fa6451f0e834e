package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.List;
import java.util.SplittableRandom;

/** Money from one mule account to the next level, in the crew's style. */
final class Onward {
  private static final long SCATTER_FROM_FEN = 5_000_00L;

  private final World world;
  private final Crew crew;

  Onward(World world, Crew crew) {
    this.world = world;
    this.crew = crew;
  }

  void send(FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    switch (crew.style) {
      case GATHERED -> gather(story, account, fen, random, path);
      case SCATTERED -> scatter(story, account, fen, random, path);
      case NEAR_EQUAL -> repeat(story, account, fen, random, path);
      default -> layer(story, account, fen, random, path);
    }
  }

  /** A few parts to a few accounts. */
  private void layer(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    int parts = story.manner.count(1 + random.nextInt(account.level == 1 ? 3 : 4));
    if (fen > 100_000_00L) {
      parts += 2;
    }
    long[] shares = Draws.split(random, fen, parts, 100_00L);
    List<Account> next = crew.level(account.level + 1);
    long wait = 0;
    for (int i = 0; i < parts; i++) {
      Account to = crew.unburnt(next, random);
      part(story, account, to, shares[i], wait, path + "." + i);
      wait += 15_000 + random.nextInt(90_000);
    }
  }

  /** All to the crew's collecting account of the next level. */
  private void gather(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    List<Account> hub = crew.level(account.level + 1).subList(0, 1);
    part(story, account, crew.unburnt(hub, random), fen, 0, path + ".0");
  }

  /** Equal round parts to as many accounts as there are, in minutes. */
  private void scatter(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    List<Account> next = crew.level(account.level + 1);
    int most = Math.min(20, next.size());
    int parts = Math.min(most, Math.max(5, (int) (fen / 50_000_00L)));
    long share = fen / parts / 100_00L * 100_00L;
    if (fen < SCATTER_FROM_FEN || share == 0) {
      layer(story, account, fen, random, path);
      return;
    }
    int first = random.nextInt(next.size());
    long wait = 0;
    for (int i = 0; i < parts; i++) {
      part(story, account, next.get((first + i) % next.size()), share, wait, path + "." + i);
      wait += 15_000 + random.nextInt(60_000);
    }
  }

  /** The same two accounts, almost the same sum, again and again. */
  private void repeat(
      FraudStory story, Account account, long fen, SplittableRandom random, String path) {
    int parts = story.manner.count(4 + random.nextInt(4));
    Account to = crew.unburnt(crew.level(account.level + 1), random);
    long wait = 0;
    for (int i = 0; i < parts; i++) {
      long share = (long) (fen / (double) parts * (0.98 + 0.03 * random.nextDouble())) / 100 * 100;
      part(story, account, to, share, wait, path + "." + i);
      wait += 120_000 + random.nextInt(900_000);
    }
  }

  private void part(FraudStory story, Account from, Account to, long fen, long wait, String path) {
    world.schedule.at(
        world.schedule.now() + story.manner.waits(wait), now -> pay(story, from, to, fen, path));
  }

  private void pay(FraudStory story, Account from, Account to, long fen, String path) {
    long amount = Math.min(fen, from.availableFen());
    if (amount >= 100 && from != to) {
      world.payments.pay(
          Payment.transfer(from, to, amount)
              .by(Channel.MOBILE_APP, crew.device(from))
              .of(story, "hop" + from.level)
              .reaction(new Hop(world, crew, story, path, true)));
    }
  }
}
