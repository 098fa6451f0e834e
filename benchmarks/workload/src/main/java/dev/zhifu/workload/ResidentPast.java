package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.SplittableRandom;

/**
 * One resident's past: when, how much, to whom. Drawn again whenever it is asked for, so that a
 * city of millions need not keep it. One object serves all residents, one after the other.
 */
final class ResidentPast {
  /** Salary, rent, three friends, two shops. */
  static final int MOVEMENTS = 7;

  private static final int SALARY = 0;
  private static final int RENT = 1;
  private static final int FRIENDS = 2;
  private static final int SHOPS = 5;

  private final World world;
  private final History history;
  private final long base;
  private final long[] at = new long[MOVEMENTS];
  private final long[] fen = new long[MOVEMENTS];
  private Holder holder;

  ResidentPast(World world, History history) {
    this.world = world;
    this.history = history;
    this.base = Draws.base(world.settings.run().seed(), "past");
  }

  /** Turns to one resident. */
  void of(int resident) {
    holder = world.people.residents.get(resident);
    SplittableRandom random = Draws.on(base, resident);
    clear();
    if (holder.employer != null) {
      set(SALARY, history.ago(random, 1, 32), holder.salaryFen);
    }
    if (holder.landlord != null && holder.landlord != holder.main) {
      set(RENT, history.ago(random, 1, 60), holder.rentFen);
    }
    int friends = 1 + random.nextInt(3);
    for (int f = 0; f < friends; f++) {
      long sum = Math.max(100, Draws.amountFen(random, 200, 1.0) / 100 * 100);
      set(FRIENDS + f, history.ago(random, 1, 90), sum);
    }
    for (int f = 0; f < 2; f++) {
      long sum = Draws.amountFen(random, 60, 0.8);
      set(SHOPS + f, history.ago(random, 0.2, 60), sum);
    }
  }

  private void clear() {
    for (int i = 0; i < MOVEMENTS; i++) {
      fen[i] = 0;
    }
  }

  private void set(int movement, long when, long sum) {
    at[movement] = when;
    fen[movement] = sum;
  }

  boolean has(int movement) {
    return fen[movement] > 0;
  }

  long at(int movement) {
    return at[movement];
  }

  Payment payment(int movement) {
    if (movement == SALARY) {
      return Payment.transfer(holder.employer, holder.main, fen[SALARY]).by(Channel.BATCH, null);
    }
    if (movement >= SHOPS) {
      Account shop = world.people.favourite(holder, movement - SHOPS);
      return Payment.qr(holder.main, shop, fen[movement], world.device(holder));
    }
    Account payee =
        movement == RENT ? holder.landlord : world.people.friend(holder, movement - FRIENDS).main;
    return Payment.transfer(holder.main, payee, fen[movement])
        .by(Channel.MOBILE_APP, world.device(holder));
  }
}
