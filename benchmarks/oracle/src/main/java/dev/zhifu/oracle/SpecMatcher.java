package dev.zhifu.oracle;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Oracle 2: the matches of one rule on the sorted, deduplicated stream of one key, step by step as
 * {@code docs/rule-language.md} §4 and §6 say, with nothing saved and nothing clever.
 */
final class SpecMatcher {
  private final Rule rule;
  private final Set<String> preferred;
  private final Map<String, SpecMatch> hits = new HashMap<>();
  private Set<SpecMatch> open = new LinkedHashSet<>();
  private List<SpecMatch> complete = new ArrayList<>();
  private int choices;

  private SpecMatcher(Rule rule, Set<String> preferred) {
    this.rule = rule;
    this.preferred = preferred;
  }

  /**
   * What was found.
   *
   * @param hits the matches by hit id
   * @param choices how often the language left open which match of one first event is released
   */
  record Found(Map<String, SpecMatch> hits, int choices) {}

  /**
   * The hits of a stream.
   *
   * @param sorted the events of one key in the total order, each once
   * @param preferred hit ids to choose where the language leaves the choice open
   */
  static Found find(Rule rule, List<Seen> sorted, Set<String> preferred) {
    SpecMatcher matcher = new SpecMatcher(rule, preferred);
    for (Seen event : sorted) {
      if (rule.sees(event.view())) {
        matcher.endWindows(event.timeMs());
        matcher.show(event);
        matcher.release();
      }
    }
    matcher.endWindows(Long.MAX_VALUE);
    return new Found(matcher.hits, matcher.choices);
  }

  // -- windows

  private void endWindows(long timeMs) {
    while (true) {
      long end = open.stream().mapToLong(SpecMatch::endsAtMs).min().orElse(Long.MAX_VALUE);
      if (open.isEmpty() || end > timeMs) {
        return;
      }
      Set<SpecMatch> stay = new LinkedHashSet<>();
      for (SpecMatch match : open) {
        if (match.endsAtMs() > end) {
          stay.add(match);
        } else if (match.step().negated()) {
          complete.add(match); // what must not come did not come
        }
      }
      open = stay;
      release();
    }
  }

  // -- events

  private void show(Seen event) {
    Set<SpecMatch> next = new LinkedHashSet<>();
    for (SpecMatch match : open) {
      next.addAll(show(match, event));
    }
    SpecMatch none = SpecMatch.begin(rule);
    if (none.fits(0, event)) {
      next.addAll(taking(none, event));
    }
    open = next;
  }

  /** What becomes of a match that is shown an event: what stays open. */
  private List<SpecMatch> show(SpecMatch match, Seen event) {
    if (match.step().negated()) {
      return match.fits(match.at(), event) ? List.of() : List.of(match);
    }
    if (match.count() > 0) {
      return showAgain(match, event);
    }
    if (greedyBefore(match.at()) && match.fits(match.at() - 1, event)) {
      return List.of();
    }
    if (match.guard() >= 0 && match.fits(match.guard(), event)) {
      if (rule.steps().get(match.guard()).contiguity() == Contiguity.NOT_FOLLOWED_BY
          && match.fits(match.at(), event)) {
        taking(match, event); // counts if it is complete; nothing stays open
      }
      return List.of();
    }
    return showFirst(match, event);
  }

  /** True when the step before would rather take more. */
  private boolean greedyBefore(int at) {
    Step before = rule.steps().get(at - 1);
    return before.greedy() && before.timesMin() != before.timesMax();
  }

  private List<SpecMatch> showFirst(SpecMatch match, Seen event) {
    Step step = match.step();
    SpecMatch waiting = pastNotNext(match);
    if (match.fits(match.at(), event)) {
      List<SpecMatch> after = new ArrayList<>(taking(match, event));
      if (step.contiguity() == Contiguity.FOLLOWED_BY_ANY) {
        after.add(waiting);
      }
      return after;
    }
    return step.contiguity() == Contiguity.NEXT ? List.of() : List.of(waiting);
  }

  private SpecMatch pastNotNext(SpecMatch match) {
    boolean passed =
        match.guard() >= 0 && rule.steps().get(match.guard()).contiguity() == Contiguity.NOT_NEXT;
    return passed ? match.waitingAt(match.at(), -1) : match;
  }

  /** A match that has taken some events of the step and waits for more of them. */
  private List<SpecMatch> showAgain(SpecMatch match, Seen event) {
    Step step = match.step();
    if (watchedBehind(match.at()) && match.fits(match.at() + 1, event)) {
      return List.of();
    }
    if (match.fits(match.at(), event)) {
      List<SpecMatch> after = new ArrayList<>(taking(match, event));
      if (step.allowCombinations()) {
        after.add(match);
      }
      return after;
    }
    return step.consecutive() ? List.of() : List.of(match);
  }

  private boolean watchedBehind(int at) {
    return at + 1 < rule.steps().size()
        && rule.steps().get(at + 1).contiguity() == Contiguity.NOT_FOLLOWED_BY;
  }

  // -- taking

  /** The match takes the event; what is open then. A complete one is put aside. */
  private List<SpecMatch> taking(SpecMatch before, Seen event) {
    SpecMatch match = before.with(event);
    Step step = match.step();
    List<SpecMatch> after = new ArrayList<>();
    boolean enough = match.count() >= step.timesMin();
    boolean full = match.count() == step.timesMax();
    if (!full) {
      after.add(match);
    }
    if (enough) {
      after.addAll(goOn(match, match.at()));
    }
    return after;
  }

  /** The match behind step {@code at}: waiting for the next step, and for what may be reached. */
  private List<SpecMatch> goOn(SpecMatch match, int at) {
    int next = at + 1;
    if (next == rule.steps().size()) {
      complete.add(match);
      return List.of();
    }
    boolean negated = rule.steps().get(next).negated();
    if (negated && next + 1 < rule.steps().size()) {
      return List.of(match.waitingAt(next + 1, next));
    }
    Step step = rule.steps().get(next);
    List<SpecMatch> after = new ArrayList<>(List.of(match.waitingAt(next, -1)));
    if (step.optional()) {
      after.addAll(goOn(match, next));
    }
    return after;
  }

  // -- overlapping matches

  private void release() {
    if (rule.afterMatch().kind() == AfterMatch.Kind.NO_SKIP) {
      complete.forEach(match -> hits.put(match.hitId(), match));
      complete.clear();
      return;
    }
    while (!complete.isEmpty()) {
      int first = complete.stream().mapToInt(match -> match.first().index()).min().orElseThrow();
      if (open.stream().anyMatch(match -> match.first().index() < first)) {
        return;
      }
      release(complete.stream().filter(match -> match.first().index() == first).toList());
    }
  }

  private void release(List<SpecMatch> candidates) {
    SpecMatch released = choose(candidates);
    hits.put(released.hitId(), released);
    complete.remove(released);
    int upTo = removedUpTo(released);
    open.removeIf(match -> match.first().index() <= upTo);
    complete.removeIf(match -> match.first().index() <= upTo);
  }

  private SpecMatch choose(List<SpecMatch> candidates) {
    if (candidates.stream().map(SpecMatch::hitId).distinct().count() > 1) {
      choices++;
    }
    return candidates.stream()
        .filter(match -> preferred.contains(match.hitId()))
        .findFirst()
        .orElse(candidates.get(0));
  }

  private int removedUpTo(SpecMatch released) {
    String step = rule.afterMatch().step();
    return switch (rule.afterMatch().kind()) {
      case NO_SKIP -> throw new IllegalStateException("noSkip removes nothing");
      case SKIP_TO_NEXT -> released.first().index();
      case SKIP_PAST_LAST -> released.last().index();
      case SKIP_TO_FIRST -> released.takenBy(step).get(0).index() - 1;
      case SKIP_TO_LAST ->
          released.takenBy(step).stream()
                  .max(Comparator.comparingInt(Seen::index))
                  .orElseThrow()
                  .index()
              - 1;
    };
  }
}
