package dev.zhifu.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Whether a run shows what it is run to show: the same hits, of which there are enough. */
final class Verdict {
  private Verdict() {}

  /**
   * What is wrong with a run, a sentence each; empty when nothing is.
   *
   * @param least histories that each cell needs with a hit, and with a retraction where one is
   *     possible; 0 asks no cell for any
   */
  static List<String> faults(Tally tally, long least) {
    List<String> faults = new ArrayList<>();
    if (tally.differences() > 0) {
      faults.add(
          tally.differences() + " differences: what matching finds is not what the rules say");
    }
    if (tally.engine().size() == 0) {
      faults.add(
          "no hit in %d histories: a run without hits shows nothing; ask for more --histories"
              .formatted(tally.histories()));
    }
    few(tally, least, "a hit", cell -> true, Tally.Cell::withHit, faults);
    few(tally, least, "a retraction", TableText::mayRetract, Tally.Cell::withRetraction, faults);
    return faults;
  }

  private static void few(
      Tally tally,
      long least,
      String what,
      Predicate<Tally.Cell> asked,
      ToLongFunction<Tally.Cell> count,
      List<String> faults) {
    List<Tally.Cell> few =
        tally.all().stream().filter(asked).filter(cell -> count.applyAsLong(cell) < least).toList();
    if (!few.isEmpty()) {
      Tally.Cell first = few.get(0);
      faults.add(
          "%d cells have fewer than %d histories with %s, as %s %s %s with %d; ask for more --histories or a lower --least"
              .formatted(
                  few.size(),
                  least,
                  what,
                  first.operator(),
                  first.skip(),
                  first.disturbance(),
                  count.applyAsLong(first)));
    }
  }
}
