package dev.zhifu.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The days before: who is used to pay whom. Compact: about five movements a resident, enough to
 * know employer, landlord, friends, shops and when an account was last alive.
 */
final class History {
  private static final int MOVEMENT_BITS = 3;
  private static final int MOVEMENT_MASK = (1 << MOVEMENT_BITS) - 1;

  /** Three million residents fit. */
  private static final int RESIDENT_BITS = 22;

  private static final int RESIDENT_MASK = (1 << RESIDENT_BITS) - 1;
  private static final int AT_SHIFT = MOVEMENT_BITS + RESIDENT_BITS;

  private final World world;
  private final List<Past> movements = new ArrayList<>();
  private final long startMs;
  private long[] packed;
  private int count;

  private record Past(long at, Payment payment) {}

  History(World world) {
    this.world = world;
    this.startMs = world.settings.startMs();
  }

  /** A movement of the past that a story needs. */
  void add(long at, Payment payment) {
    movements.add(new Past(at, payment));
  }

  /**
   * Books everybody's past in order and hands it over. The residents' movements are known by time,
   * resident and number alone, eight bytes each, until their turn comes.
   */
  long write(EventSink sink) {
    movements.sort(Comparator.comparingLong(Past::at));
    ResidentPast past = new ResidentPast(world, this);
    pack(past);
    Arrays.sort(packed, 0, count);
    long written = 0;
    int story = 0;
    for (int i = 0; i < count; i++) {
      long code = packed[i];
      long at = (code >>> AT_SHIFT) + origin();
      while (story < movements.size() && movements.get(story).at <= at) {
        written += book(movements.get(story++), sink);
      }
      past.of((int) (code >>> MOVEMENT_BITS) & RESIDENT_MASK);
      written += book(new Past(at, past.payment((int) code & MOVEMENT_MASK)), sink);
    }
    while (story < movements.size()) {
      written += book(movements.get(story++), sink);
    }
    movements.clear();
    packed = null;
    return written;
  }

  private int book(Past past, EventSink sink) {
    return world.payments.bookOld(past.payment, past.at, sink) ? 1 : 0;
  }

  private void pack(ResidentPast past) {
    int residents = world.people.residents.size();
    packed = new long[residents * 5];
    for (int i = 0; i < residents; i++) {
      past.of(i);
      for (int m = 0; m < ResidentPast.MOVEMENTS; m++) {
        if (past.has(m)) {
          if (count == packed.length) {
            packed = Arrays.copyOf(packed, count + count / 4);
          }
          packed[count++] = past.at(m) - origin() << AT_SHIFT | (long) i << MOVEMENT_BITS | m;
        }
      }
    }
  }

  /** Times are packed from here on; no movement of a resident is older. */
  private long origin() {
    return startMs - 400 * CitySettings.DAY_MS;
  }

  /** A moment beyond the compact history: for accounts that have been asleep since. */
  long longAgo(SplittableRandom random, int fromDays, int toDays) {
    long days = fromDays + random.nextInt(toDays - fromDays);
    long day = startMs - days * CitySettings.DAY_MS;
    return day + (long) ((7 + random.nextDouble() * 16) * 3_600_000L);
  }

  /** A moment some days before the live day, waking hours preferred; capped by the settings. */
  long ago(SplittableRandom random, double fromDays, double toDays) {
    double most = Math.min(toDays, world.settings.run().historyDays());
    double days = fromDays + random.nextDouble() * Math.max(0, most - fromDays);
    long day = startMs - (long) StrictMath.ceil(days) * CitySettings.DAY_MS;
    return day + (long) ((7 + random.nextDouble() * 16) * 3_600_000L);
  }
}
