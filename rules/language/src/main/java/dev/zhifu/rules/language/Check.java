package dev.zhifu.rules.language;

import java.math.BigDecimal;
import java.util.function.Predicate;

/**
 * One part of a condition that looks at the event alone. Parts with equal keys answer alike on
 * every event of one kind, whatever rules they stand in, so that they need to be asked only once.
 *
 * @param key what it asks
 * @param test asks it
 * @param bound what it compares with a number; null when it does something else
 */
public record Check(Object key, Predicate<EventView> test, Bound bound) {

  /**
   * A comparison of a term with a number.
   *
   * @param term the term and the direction: bounds on equal terms imply each other
   * @param upwards true when the term must lie above the number
   * @param number the number
   * @param open true when the number itself does not do
   */
  public record Bound(String term, boolean upwards, BigDecimal number, boolean open)
      implements Comparable<Bound> {

    /**
     * The weakest first: whatever fails it fails those behind it. Compare bounds of one term only.
     */
    @Override
    public int compareTo(Bound other) {
      int byNumber = upwards ? number.compareTo(other.number) : other.number.compareTo(number);
      return byNumber != 0 ? byNumber : Boolean.compare(open, other.open);
    }
  }

  /** True when the event satisfies it. */
  public boolean holds(EventView view) {
    return test.test(view);
  }
}
