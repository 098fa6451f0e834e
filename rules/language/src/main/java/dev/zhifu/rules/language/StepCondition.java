package dev.zhifu.rules.language;

import java.util.List;

/**
 * The compiled condition of one step: typed predicates over the generated records, no reflection,
 * no interpreter.
 */
public interface StepCondition {

  /**
   * The part that looks at the event alone, event kind included. False means that the step can
   * never take this event.
   *
   * @param view the event as the key sees it
   */
  boolean stateFree(EventView view);

  /** True when the step can take events of this kind at all. */
  default boolean takesKind(EventKind kind) {
    return true;
  }

  /**
   * The parts of {@link #stateFree}: on an event of a kind that the step takes, it holds exactly
   * when all of them do.
   */
  default List<Check> checks() {
    return List.of(new Check(this, this::stateFree, null));
  }

  /** True when there is a rest that names earlier steps. */
  boolean needsPartial();

  /**
   * The rest, evaluated only after {@link #stateFree} held.
   *
   * @param view the event as the key sees it
   * @param partial the match under way
   */
  boolean rest(EventView view, PartialMatch partial);
}
