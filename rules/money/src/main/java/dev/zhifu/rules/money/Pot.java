package dev.zhifu.rules.money;

import java.util.ArrayDeque;
import java.util.Deque;

/** Money on an account by owner, and the rule by which it leaves. */
final class Pot {
  /** Which money leaves first. */
  enum Rule {
    /** The oldest. */
    FIFO,
    /** The newest. */
    LIFO,
    /** All alike, in the ratio of the balance. */
    PRO_RATA
  }

  private final Rule rule;
  private final int owners;
  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private long total;

  /** Money that came together. */
  private static final class Parcel {
    private final long[] held;
    private long total;

    private Parcel(long[] held, long total) {
      this.held = held;
      this.total = total;
    }
  }

  Pot(Rule rule, int owners) {
    this.rule = rule;
    this.owners = owners;
  }

  long total() {
    return total;
  }

  /** Money by owner. */
  long[] held() {
    long[] sum = new long[owners];
    for (Parcel parcel : parcels) {
      add(sum, parcel.held);
    }
    return sum;
  }

  /** Adds one parcel; an empty one is nothing. */
  void put(long[] held) {
    long sum = 0;
    for (long part : held) {
      sum += part;
    }
    if (sum == 0) {
      return;
    }
    total += sum;
    if (rule == Rule.PRO_RATA && !parcels.isEmpty()) {
      Parcel all = parcels.getFirst();
      add(all.held, held);
      all.total += sum;
    } else {
      parcels.addLast(new Parcel(held.clone(), sum));
    }
  }

  /**
   * Takes money; what is lacking is the last owner's, of whom nothing is known.
   *
   * @return by owner
   */
  long[] take(long fen) {
    long[] taken = new long[owners];
    long left = Math.min(fen, total);
    taken[owners - 1] = fen - left;
    total -= left;
    while (left > 0) {
      Parcel parcel = rule == Rule.LIFO ? parcels.getLast() : parcels.getFirst();
      if (parcel.total <= left) {
        left -= parcel.total;
        add(taken, parcel.held);
        if (rule == Rule.LIFO) {
          parcels.removeLast();
        } else {
          parcels.removeFirst();
        }
      } else {
        long[] part = split(left, parcel);
        for (int i = 0; i < owners; i++) {
          parcel.held[i] -= part[i];
          taken[i] += part[i];
        }
        parcel.total -= left;
        left = 0;
      }
    }
    return taken;
  }

  /**
   * A part of a parcel, by owner. Slot by slot, so that the last fen of money of a lower slot never
   * hangs on what lies in a higher one: that is what a circle of one instant may still change.
   */
  private long[] split(long fen, Parcel parcel) {
    long[] part = new long[owners];
    long left = fen;
    long total = parcel.total;
    int claims = owners / Share.SLOTS;
    long[] weights = new long[claims + 1];
    for (int slot = 0; slot < Share.SLOTS; slot++) {
      long sum = 0;
      for (int claim = 0; claim < claims; claim++) {
        weights[claim] = parcel.held[claim * Share.SLOTS + slot];
        sum += weights[claim];
      }
      if (sum > 0) {
        weights[claims] = total - sum;
        long[] parts = LargestRemainder.split(left, weights, total);
        for (int claim = 0; claim < claims; claim++) {
          part[claim * Share.SLOTS + slot] = parts[claim];
        }
        left = parts[claims];
        total = weights[claims];
      }
    }
    part[owners - 1] = left;
    return part;
  }

  /** Moves what lies in higher slots to slot 0 of the same claim. */
  void settle() {
    for (Parcel parcel : parcels) {
      for (int first = 0; first + Share.SLOTS <= owners - 1; first += Share.SLOTS) {
        for (int slot = 1; slot < Share.SLOTS; slot++) {
          parcel.held[first] += parcel.held[first + slot];
          parcel.held[first + slot] = 0;
        }
      }
    }
  }

  private static void add(long[] sum, long[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }
}
