package dev.zhifu.workload;

import dev.zhifu.wire.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The days before: who is used to pay whom. Compact: about five movements a resident, enough to
 * know employer, landlord, friends, shops and when an account was last alive.
 */
final class History {
  private final World world;
  private final List<Past> movements = new ArrayList<>();

  private record Past(long at, Payment payment) {}

  History(World world) {
    this.world = world;
  }

  /** A movement of the past that a story needs. */
  void add(long at, Payment payment) {
    movements.add(new Past(at, payment));
  }

  /** Plans everybody's past, books it in order and hands it over. */
  long write(EventSink sink) {
    List<Holder> residents = world.people.residents;
    for (int i = 0; i < residents.size(); i++) {
      past(residents.get(i), Draws.stream(world.settings.run().seed(), "past", i));
    }
    movements.sort(Comparator.comparingLong(Past::at));
    long written = 0;
    for (Past past : movements) {
      written += world.payments.bookOld(past.payment, past.at, sink) ? 1 : 0;
    }
    movements.clear();
    return written;
  }

  private void past(Holder holder, SplittableRandom random) {
    if (holder.employer != null) {
      add(
          ago(random, 1, 32),
          Payment.transfer(holder.employer, holder.main, holder.salaryFen).by(Channel.BATCH, null));
    }
    if (holder.landlord != null && holder.landlord != holder.main) {
      add(
          ago(random, 1, 60),
          app(holder, Payment.transfer(holder.main, holder.landlord, holder.rentFen)));
    }
    int friends = 1 + random.nextInt(3);
    for (int f = 0; f < friends; f++) {
      long fen = Draws.amountFen(random, 200, 1.0) / 100 * 100;
      add(
          ago(random, 1, 90),
          app(holder, Payment.transfer(holder.main, holder.friends[f].main, Math.max(100, fen))));
    }
    for (int f = 0; f < 2; f++) {
      long fen = Draws.amountFen(random, 60, 0.8);
      add(
          ago(random, 0.2, 60),
          Payment.qr(holder.main, holder.favourites[f], fen, world.device(holder)));
    }
  }

  private Payment app(Holder holder, Payment payment) {
    return payment.by(Channel.MOBILE_APP, world.device(holder));
  }

  /** The same beyond the compact history: for accounts that have been asleep since. */
  long longAgo(SplittableRandom random, int fromDays, int toDays) {
    long days = fromDays + random.nextInt(toDays - fromDays);
    long day = world.settings.startMs() - days * CitySettings.DAY_MS;
    return day + (long) ((7 + random.nextDouble() * 16) * 3_600_000L);
  }

  /** A moment some days before the live day, waking hours preferred; capped by the settings. */
  long ago(SplittableRandom random, double fromDays, double toDays) {
    double most = Math.min(toDays, world.settings.run().historyDays());
    double days = fromDays + random.nextDouble() * Math.max(0, most - fromDays);
    long day = world.settings.startMs() - (long) StrictMath.ceil(days) * CitySettings.DAY_MS;
    return day + (long) ((7 + random.nextDouble() * 16) * 3_600_000L);
  }
}
