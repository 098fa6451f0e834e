package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Double-entry books of victims' money in fen: every entry takes from one account of the books what
 * it gives to another, so that all accounts together are always zero. Only where the money came
 * from is below zero, and what waits for its second word may be. An entry carries an id and counts
 * once, so that messages that come again change nothing.
 *
 * <p>Mutable, owned by one thread; one state value.
 */
public final class Books {
  private static final int VERSION = 1;

  private final Map<Place, Long> balances = new TreeMap<>();
  private final TreeSet<String> entries = new TreeSet<>();

  /** What an account of the books is. */
  public enum Kind {
    /** What a victim lost; at or below zero. */
    LOSS,
    /** Traced on a bank account, free to move. */
    TRACED,
    /** On a bank account under a risk hold. */
    HELD,
    /** On a bank account under a stop. */
    STOPPED,
    /** On a bank account, frozen. */
    FROZEN,
    /** Paid back to a victim. */
    REFUNDED,
    /** Come to an end of the trace: cash, goods, coins, abroad. */
    GONE,
    /** On a bank account, under no hold of ours; below zero by what holds have taken from it. */
    AT_LARGE,
    /** Left a freeze by one life and not yet told by the other; zero at rest. */
    PAYING;

    boolean mayBeBelowZero() {
      return this == LOSS || this == AT_LARGE || this == PAYING;
    }
  }

  /**
   * One account of the books.
   *
   * @param kind what it is
   * @param of victim's claim, or bank account
   */
  public record Place(Kind kind, String of) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : of.compareTo(other.of);
    }
  }

  /**
   * Moves money.
   *
   * @param id of the entry: transition, receipt or statement that it rests on
   * @return false when an entry of this id stands already: nothing changes
   * @throws RefundException when the amount is not above 0, or more would be taken than lies there
   */
  public boolean enter(String id, Place from, Place to, long fen) {
    if (entries.contains(id)) {
      return false;
    }
    long there = of(from);
    if (fen <= 0 || from.equals(to)) {
      throw new RefundException(
          "Entry "
              + id
              + " moves "
              + fen
              + " fen from "
              + from
              + " to "
              + to
              + "; it must be above 0 and between two accounts");
    }
    if (!from.kind().mayBeBelowZero() && there < fen) {
      throw new RefundException(
          "Entry "
              + id
              + " takes "
              + fen
              + " fen from "
              + from
              + ", where "
              + there
              + " lie; an account of that kind does not go below zero. Enter first what brought the money");
    }
    if (to.kind() == Kind.LOSS && of(to) + fen > 0) {
      throw new RefundException(
          "Entry "
              + id
              + " gives "
              + fen
              + " fen back to "
              + to
              + ", of which "
              + -of(to)
              + " was lost; nobody is given back more than was lost");
    }
    entries.add(id);
    add(from, -fen);
    add(to, fen);
    return true;
  }

  private void add(Place place, long fen) {
    balances.merge(place, fen, Math::addExact);
    balances.remove(place, 0L);
  }

  /** Balance of one account, fen. */
  public long of(Place place) {
    return balances.getOrDefault(place, 0L);
  }

  /** Sum over one kind, fen. */
  public long sum(Kind kind) {
    long sum = 0;
    for (Map.Entry<Place, Long> entry : balances.entrySet()) {
      if (entry.getKey().kind() == kind) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }

  /** Sum over all accounts: zero, or the books are broken. A metric of the job. */
  public long total() {
    long sum = 0;
    for (long balance : balances.values()) {
      sum = Math.addExact(sum, balance);
    }
    return sum;
  }

  /** Accounts that are not at zero. */
  public Map<Place, Long> balances() {
    return Collections.unmodifiableMap(balances);
  }

  /** The books as one value, their version first. */
  public byte[] toBytes() {
    Bytes.Out out = new Bytes.Out();
    out.raw(VERSION);
    out.unsigned(balances.size());
    balances.forEach(
        (place, fen) -> {
          out.raw(place.kind().ordinal());
          out.text(place.of());
          out.number(fen);
        });
    out.unsigned(entries.size());
    entries.forEach(out::text);
    return out.toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalStateException when the value is damaged, of a later version, or does not add up
   *     to zero
   */
  public static Books of(byte[] bytes) {
    Books books = new Books();
    Bytes.In in = new Bytes.In(bytes, "The books of a case");
    in.version(VERSION);
    int places = in.count();
    for (int i = 0; i < places; i++) {
      books.balances.put(new Place(Kind.values()[in.raw()], in.text()), in.number());
    }
    int entries = in.count();
    for (int i = 0; i < entries; i++) {
      books.entries.add(in.text());
    }
    if (books.total() != 0) {
      throw new IllegalStateException(
          "The books of a case add up to " + books.total() + " fen; they must add up to 0");
    }
    return books;
  }
}
