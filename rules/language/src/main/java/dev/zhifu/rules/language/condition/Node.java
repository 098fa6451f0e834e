package dev.zhifu.rules.language.condition;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import java.util.List;

/**
 * The compiled pieces of a condition. Pure and thread-safe; the partial match is null where only
 * the event is known.
 */
final class Node {
  private Node() {}

  /** Three-valued: {@link #TRUE}, {@link #FALSE} or {@link #UNKNOWN}. */
  interface Truth {
    int of(EventView view, PartialMatch partial);
  }

  /** A whole number; {@link #NO_INT} when missing. */
  interface Int {
    long of(EventView view, PartialMatch partial);
  }

  /** A number; NaN when missing. */
  interface Real {
    double of(EventView view, PartialMatch partial);
  }

  /** Any other value: String, enum constant, Boolean; null when missing. */
  interface Value {
    Object of(EventView view, PartialMatch partial);
  }

  /** A list of texts; null when missing. */
  interface Texts {
    List<String> of(EventView view, PartialMatch partial);
  }

  static final int FALSE = 0;
  static final int TRUE = 1;
  static final int UNKNOWN = -1;

  /** Stands for a missing whole number; the language has no other use for the smallest long. */
  static final long NO_INT = Long.MIN_VALUE;

  static int truth(boolean value) {
    return value ? TRUE : FALSE;
  }
}
