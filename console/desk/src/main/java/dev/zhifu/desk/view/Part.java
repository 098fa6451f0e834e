package dev.zhifu.desk.view;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The beginning of a list.
 *
 * @param list what is shown of it
 * @param more true when there is more than that
 */
public record Part<T>(List<T> list, boolean more) {

  /** The first {@code max} of a list that was read one further. */
  static <T> Part<T> of(List<T> read, int max) {
    return read.size() > max
        ? new Part<>(List.copyOf(read.subList(0, max)), true)
        : new Part<>(List.copyOf(read), false);
  }

  /** The same of a list that was read the newest first; shown the oldest first. */
  static <T> Part<T> newest(List<T> read, int max) {
    Part<T> part = of(read, max);
    List<T> turned = new java.util.ArrayList<>(part.list);
    Collections.reverse(turned);
    return new Part<>(List.copyOf(turned), part.more);
  }

  /** Made of its parts one by one or as a whole. */
  <R> Part<R> as(Function<List<T>, List<R>> made) {
    return new Part<>(made.apply(list), more);
  }

  /** Those of it that fit; there is more when there was. */
  Part<T> where(Predicate<T> fits) {
    return new Part<>(list.stream().filter(fits).toList(), more);
  }
}
