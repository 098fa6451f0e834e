package dev.zhifu.oracle;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.PartialMatch;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.rules.matching.HitIds;
import dev.zhifu.wire.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A match under way, or complete. Immutable.
 *
 * @param rule its rule
 * @param taken per step, in order, the events that it took
 * @param at the step that it waits for: for its first event, for more, or, negated and last, for
 *     the window's end
 * @param guard the negated step right before {@code at} that may end it; -1 when none can any more
 */
record SpecMatch(Rule rule, List<List<Seen>> taken, int at, int guard) implements PartialMatch {

  static SpecMatch begin(Rule rule) {
    List<List<Seen>> none = new ArrayList<>();
    rule.steps().forEach(step -> none.add(List.of()));
    return new SpecMatch(rule, none, 0, -1);
  }

  Step step() {
    return rule.steps().get(at);
  }

  int count() {
    return taken.get(at).size();
  }

  boolean fits(int index, Seen event) {
    Step step = rule.steps().get(index);
    return step.condition().stateFree(event.view())
        && (!step.condition().needsPartial() || step.condition().rest(event.view(), this));
  }

  SpecMatch with(Seen event) {
    List<Seen> more = new ArrayList<>(taken.get(at));
    more.add(event);
    List<List<Seen>> all = new ArrayList<>(taken);
    all.set(at, List.copyOf(more));
    return new SpecMatch(rule, all, at, -1);
  }

  SpecMatch waitingAt(int step, int negated) {
    return new SpecMatch(rule, taken, step, negated);
  }

  private List<Seen> inOrder() {
    return taken.stream().flatMap(List::stream).toList();
  }

  Seen first() {
    return inOrder().get(0);
  }

  Seen last() {
    List<Seen> all = inOrder();
    return all.get(all.size() - 1);
  }

  /** When it can take no more: the end of the window, or of the step's own. */
  long endsAtMs() {
    long end = first().timeMs() + rule.withinMs();
    long own = step().withinPreviousMs();
    return own > 0 ? Math.min(end, last().timeMs() + own) : end;
  }

  @Override
  public List<EventView> events(String name) {
    return taken.get(indexOf(name)).stream().map(Seen::view).toList();
  }

  List<Seen> takenBy(String name) {
    return taken.get(indexOf(name));
  }

  private int indexOf(String name) {
    for (int i = 0; i < taken.size(); i++) {
      if (rule.steps().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(rule.id() + " has no step '" + name + "'");
  }

  String hitId() {
    return HitIds.of(rule.id(), rule.version(), first().key(), evidence());
  }

  /** The events that its steps took and show. */
  List<Evidence> evidence() {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      Step step = rule.steps().get(i);
      if (step.evidence()) {
        for (Seen event : taken.get(i)) {
          evidence.add(
              new Evidence(
                  step.name(),
                  event.id(),
                  Instant.ofEpochMilli(event.timeMs()),
                  event.view().side()));
        }
      }
    }
    return evidence;
  }
}
