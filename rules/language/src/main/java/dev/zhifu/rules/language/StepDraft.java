package dev.zhifu.rules.language;

import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** A step as read, before its condition is compiled. */
record StepDraft(
    Node node,
    String name,
    Contiguity contiguity,
    Set<EventKind> kinds,
    Node where,
    String whereText,
    Times times,
    boolean optional,
    boolean greedy,
    boolean consecutive,
    boolean combinations,
    long withinPreviousMs,
    boolean evidence) {

  /** How often, at least 1. */
  record Times(int min, int max) {
    static final Times ONCE = new Times(1, 1);
  }

  boolean negated() {
    return contiguity == Contiguity.NOT_NEXT || contiguity == Contiguity.NOT_FOLLOWED_BY;
  }

  /** True for a step that may still take events, or none. */
  boolean open() {
    return optional || times.min() != times.max();
  }

  /** Words of its kinds, in the order of the list of kinds. */
  List<String> words() {
    return kinds.stream().map(EventKind::word).toList();
  }

  /** The compiled step. */
  Step step(StepCondition condition) {
    return new Step(
        name,
        contiguity,
        times.min,
        times.max,
        optional,
        greedy,
        consecutive,
        combinations,
        withinPreviousMs,
        evidence && !negated(),
        condition);
  }
}
