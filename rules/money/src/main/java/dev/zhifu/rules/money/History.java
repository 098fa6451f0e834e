package dev.zhifu.rules.money;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One account's movements in the total order, without those undone, and what lay on it before the
 * first.
 *
 * @param movements movements in {@link Movement#ORDER}
 * @param openingFen balance before the first of them, fen
 * @param openingKnown true when a bank's balance says so; else it is the least that explains what
 *     left
 * @param undone movements that were undone
 * @param overflowed true when some day of the ledger could not keep everything
 */
public record History(
    List<Movement> movements,
    long openingFen,
    boolean openingKnown,
    List<Movement> undone,
    boolean overflowed) {

  /** Makes the lists unchangeable. */
  public History {
    movements = Collections.unmodifiableList(movements);
    undone = Collections.unmodifiableList(undone);
  }

  /** A history of movements alone, in any order; copies and undone ones left out already. */
  public static History of(Collection<Movement> movements) {
    List<Movement> sorted = new ArrayList<>(movements);
    sorted.sort(Movement.ORDER);
    return opened(sorted, List.of(), false);
  }

  /**
   * Puts the days of a ledger together.
   *
   * @param days days in any order
   * @param more movements that the ledger may lack, since a trace heard of them first
   */
  public static History of(Iterable<LedgerDay> days, Collection<Movement> more) {
    Set<String> undone = new HashSet<>();
    List<Movement> all = new ArrayList<>();
    boolean overflowed = false;
    for (LedgerDay day : days) {
      undone.addAll(day.reversed());
      all.addAll(day.movements());
      overflowed |= day.overflowed();
    }
    if (!more.isEmpty()) {
      Set<String> known = new HashSet<>();
      all.forEach(movement -> known.add(movement.id()));
      more.stream().filter(movement -> known.add(movement.id())).forEach(all::add);
    }
    List<Movement> gone = all.stream().filter(m -> undone.contains(m.id())).toList();
    all.removeIf(movement -> undone.contains(movement.id()));
    all.sort(Movement.ORDER);
    return opened(all, gone, overflowed);
  }

  private static History opened(List<Movement> sorted, List<Movement> undone, boolean overflowed) {
    long declared = declared(sorted);
    long implied = implied(sorted);
    // A bank's figure that its own movements contradict is not one to rest on.
    boolean known = declared >= implied;
    return new History(sorted, known ? declared : implied, known, undone, overflowed);
  }

  /**
   * Balance before the first movement, from the first balance that has a sure place; −1 if none.
   */
  private static long declared(List<Movement> sorted) {
    long net = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Movement movement = sorted.get(i);
      if (movement.hasBalance() && placeIsSure(sorted, i)) {
        return movement.balanceBefore() - net;
      }
      net += movement.credit() ? movement.fen() : -movement.fen();
    }
    return -1;
  }

  private static boolean placeIsSure(List<Movement> sorted, int i) {
    Movement movement = sorted.get(i);
    return movement.hasSerial()
        || (i == 0 || sorted.get(i - 1).at() < movement.at())
            && (i + 1 == sorted.size() || sorted.get(i + 1).at() > movement.at());
  }

  /**
   * The least opening balance under which no debit lacks money, credits of one time counting first.
   */
  private static long implied(List<Movement> sorted) {
    long net = 0;
    long least = 0;
    int at = 0;
    while (at < sorted.size()) {
      int end = endOfInstant(sorted, at);
      if (isOrdered(sorted, at, end)) {
        for (int i = at; i < end; i++) {
          net += sorted.get(i).credit() ? sorted.get(i).fen() : -sorted.get(i).fen();
          least = Math.max(least, -net);
        }
      } else {
        for (int i = at; i < end; i++) {
          net += sorted.get(i).credit() ? sorted.get(i).fen() : -sorted.get(i).fen();
        }
        least = Math.max(least, -net);
      }
      at = end;
    }
    return least;
  }

  /** Index after the last movement of the same time as the one at {@code from}. */
  static int endOfInstant(List<Movement> sorted, int from) {
    int end = from + 1;
    while (end < sorted.size() && sorted.get(end).at() == sorted.get(from).at()) {
      end++;
    }
    return end;
  }

  /** True when the bank's serials say which of these movements of one time came first. */
  static boolean isOrdered(List<Movement> sorted, int from, int end) {
    for (int i = from; i < end; i++) {
      boolean alone = end - from == 1;
      boolean sure =
          sorted.get(i).hasSerial()
              && (i == from || sorted.get(i - 1).serial() != sorted.get(i).serial());
      if (!alone && !sure) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same up to a time: movements at it count.
   *
   * @param atMs event time, UTC milliseconds
   */
  public History until(long atMs) {
    return new History(
        movements.stream().filter(movement -> movement.at() <= atMs).toList(),
        openingFen,
        openingKnown,
        undone,
        overflowed);
  }

  /** Balance before the first movement at or after {@code atMs}, fen. */
  public long balanceBefore(long atMs) {
    long balance = openingFen;
    for (Movement movement : movements) {
      if (movement.at() >= atMs) {
        break;
      }
      balance += movement.credit() ? movement.fen() : -movement.fen();
    }
    return balance;
  }

  /** Balance after the last movement, fen. */
  public long balance() {
    return balanceBefore(Long.MAX_VALUE);
  }
}
