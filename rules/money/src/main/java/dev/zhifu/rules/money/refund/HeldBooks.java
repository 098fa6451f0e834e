package dev.zhifu.rules.money.refund;

import dev.zhifu.rules.money.refund.Books.Kind;
import dev.zhifu.rules.money.refund.Books.Place;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of one bank account under restriction: what holds, stops, freezes and refunds took from
 * it and gave back. Every entry rests on one transition of one life; lives state absolute sums, so
 * that the books follow whatever order they come in and however often.
 *
 * <p>Mutable, owned by one thread; one state value, by {@link #books()}.
 */
public final class HeldBooks {
  private final String account;
  private final Books books;

  /**
   * Books of an account.
   *
   * @param account token of the account; {@code hold:ID} for a risk hold
   */
  public HeldBooks(String account, Books books) {
    this.account = account;
    this.books = books;
  }

  /** What is written. */
  public Books books() {
    return books;
  }

  /**
   * Brings what one life holds on the account to a sum.
   *
   * @param id of the transition that says so; counts once
   * @param kind HELD, STOPPED or FROZEN
   * @param fromFen what the same life held before, fen
   * @param toFen what it holds now, fen
   */
  public void hold(String id, Kind kind, long fromFen, long toFen) {
    move(id, place(Kind.AT_LARGE), place(kind), toFen - fromFen);
  }

  /**
   * A freeze was reduced by a refund.
   *
   * @param id of the freeze's transition
   * @param fen returned by it
   */
  public void leftFreeze(String id, long fen) {
    move(id, place(Kind.FROZEN), place(Kind.PAYING), fen);
  }

  /**
   * The bank's receipt: victims were paid.
   *
   * @param id of the refund's transition
   * @param fenByVictim what each got
   * @return those for whom it is news, with what each got
   */
  public Map<String, Long> paid(String id, Map<String, Long> fenByVictim) {
    Map<String, Long> news = new TreeMap<>();
    fenByVictim.forEach(
        (victim, fen) -> {
          Place to = new Place(Kind.REFUNDED, victim);
          if (move(id + '/' + victim, place(Kind.PAYING), to, fen)) {
            news.put(victim, fen);
          }
        });
    return news;
  }

  private boolean move(String id, Place from, Place to, long fen) {
    if (fen == 0) {
      return false;
    }
    return fen > 0 ? books.enter(id, from, to, fen) : books.enter(id, to, from, -fen);
  }

  /** Balance of one kind on the account, fen. */
  public long of(Kind kind) {
    return books.of(place(kind));
  }

  /** Returned to a victim out of this account, fen. */
  public long refunded(String victim) {
    return books.of(new Place(Kind.REFUNDED, victim));
  }

  private Place place(Kind kind) {
    return new Place(kind, account);
  }
}
