package dev.zhifu.rules.language;

import java.util.List;

/**
 * What earlier steps of a match under way have taken; what a condition may name as {@code
 * steps.NAME}.
 */
public interface PartialMatch {

  /**
   * Events that the named step has taken so far, in order.
   *
   * @param step name of a step of the same rule
   * @return the events, empty when the step has taken none
   */
  List<EventView> events(String step);
}
