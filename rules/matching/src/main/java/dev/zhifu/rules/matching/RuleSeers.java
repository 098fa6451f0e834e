package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.RuleTree;
import dev.zhifu.rules.language.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rule versions that see events of one kind at keys of one kind, and which of them take an
 * event. Between two changes the same versions are in force: each such stretch of event time has a
 * tree of its own, grown when its first event comes, so that a change costs one tree however many
 * came before it (ADR-0151). Not thread-safe.
 */
final class RuleSeers {
  /** Trees kept: events come nearly in order, and a late one has its tree grown again. */
  static final int MOST_GROWN = 32;

  /** Of an event that more steps can take nothing is noted: it is judged anew after a change. */
  static final int MOST_NOTES = 64;

  private final EventKind kind;

  /** Stretches by the event time at which they begin. */
  private final NavigableMap<Long, Stretch> stretches = new TreeMap<>();

  private final NavigableMap<Long, Stretch> grown = new TreeMap<>();
  private final Consumer<StepUse> noting = this::note;
  private List<RuleSpan> spans;
  private long stretchesMade;
  private BitSet all;
  private BitSet starts;
  private BitSet seconds;
  private final long[] noted = new long[MOST_NOTES];
  private int notes;
  private long atMs;

  /** One step of a version, and what an event that it can take may be. */
  private record StepUse(CompiledRule rule, boolean start, boolean second) {}

  /** Event times in which the same versions are in force. */
  private final class Stretch {
    /** What was judged by one stretch holds as long as that stretch stands. */
    private final long id = ++stretchesMade;

    private RuleTree<StepUse> tree;
    private List<StepUse> keepers;
  }

  /**
   * Whoever sees events of that kind.
   *
   * @param spans every version that does, at whatever time it is in force, in order
   */
  RuleSeers(EventKind kind, List<RuleSpan> spans) {
    this.kind = kind;
    this.spans = spans;
    stretches.put(Long.MIN_VALUE, new Stretch());
    for (RuleSpan span : spans) {
      stretches.putIfAbsent(span.fromMs, new Stretch());
      if (span.untilMs != Long.MAX_VALUE) {
        stretches.putIfAbsent(span.untilMs, new Stretch());
      }
    }
  }

  /** The versions, at whatever time they are in force. */
  List<RuleSpan> spans() {
    return spans;
  }

  /**
   * The versions are others from now on.
   *
   * @param now every version, in order
   * @param differences stretches of event time, from and until, in which others are in force than
   *     before; what was grown for other times stays
   */
  void changed(List<RuleSpan> now, List<long[]> differences) {
    spans = now;
    for (long[] difference : differences) {
      bound(difference[0]);
      bound(difference[1]);
      for (Map.Entry<Long, Stretch> each :
          stretches.subMap(difference[0], true, difference[1], false).entrySet()) {
        each.setValue(new Stretch());
        grown.remove(each.getKey());
      }
    }
  }

  /** No event at or before that time will come any more. */
  void forget(List<RuleSpan> now, long untilMs) {
    spans = now;
    Long first = stretches.floorKey(untilMs);
    if (first != null) {
      stretches.headMap(first, false).clear();
      grown.headMap(first, false).clear();
    }
  }

  /** Begins a stretch at a time, with the versions that are in force there already. */
  private void bound(long atMs) {
    if (atMs == Long.MAX_VALUE || stretches.containsKey(atMs)) {
      return;
    }
    Map.Entry<Long, Stretch> before = stretches.floorEntry(atMs);
    // The same object: what was judged by it holds on both sides.
    stretches.put(atMs, before == null ? new Stretch() : before.getValue());
    if (before == null) {
      return;
    }
    if (grown.containsKey(before.getKey())) {
      grown.put(atMs, before.getValue());
    }
  }

  private Stretch stretch(long timeMs) {
    Map.Entry<Long, Stretch> entry = stretches.floorEntry(timeMs);
    if (entry == null) {
      // Older than what is remembered: late for every key, and nothing is kept of it.
      Stretch forgotten = new Stretch();
      grow(forgotten, timeMs);
      return forgotten;
    }
    Stretch stretch = entry.getValue();
    if (stretch.tree == null) {
      grow(stretch, timeMs);
      grown.put(entry.getKey(), stretch);
      if (grown.size() > MOST_GROWN) {
        fell(entry.getKey());
      }
    }
    return stretch;
  }

  /** Lets the tree of the oldest stretch go, but not the one that was just asked for. */
  private void fell(long asked) {
    Long oldest = grown.firstKey();
    if (oldest == asked) {
      oldest = grown.higherKey(oldest);
    }
    Stretch felled = grown.remove(oldest);
    if (!grown.containsValue(felled)) {
      felled.tree = null;
      felled.keepers = null;
    }
  }

  private void grow(Stretch stretch, long timeMs) {
    RuleTree.Builder<StepUse> builder = new RuleTree.Builder<>(kind);
    List<StepUse> keepers = new ArrayList<>(0);
    for (RuleSpan span : spans) {
      if (!span.inForceAt(timeMs)) {
        continue;
      }
      CompiledRule rule = span.rule;
      if (rule.keepsAll()) {
        keepers.add(new StepUse(rule, false, true));
      }
      for (Step step : rule.rule().steps()) {
        builder.add(new StepUse(rule, rule.isStart(step), rule.isSecond(step)), step.condition());
      }
    }
    stretch.tree = builder.build();
    stretch.keepers = keepers;
  }

  /** Those in force at the event's time whose NFA must be fed it. */
  Takers takers(EventView view, long timeMs) {
    if (spans.isEmpty()) {
      return Takers.NONE;
    }
    Stretch stretch = stretch(timeMs);
    all = null;
    starts = Takers.NONE.starts();
    seconds = Takers.NONE.seconds();
    notes = 0;
    atMs = timeMs;
    stretch.tree.each(view, noting);
    stretch.keepers.forEach(noting);
    if (all == null) {
      return Takers.NONE;
    }
    return notes > MOST_NOTES
        ? new Takers(all, starts, seconds, null, 0, Takers.NONE.notes())
        : new Takers(all, starts, seconds, kind, stretch.id, Arrays.copyOf(noted, notes));
  }

  /**
   * What was judged before a change, with the places of now.
   *
   * @return null when others are in force at the event's time than when it was judged
   */
  Takers placedAnew(Takers judged, RuleSet rules, long timeMs) {
    Map.Entry<Long, Stretch> entry = stretches.floorEntry(timeMs);
    if (entry == null || entry.getValue().id != judged.judgedBy()) {
      return null;
    }
    all = null;
    starts = Takers.NONE.starts();
    seconds = Takers.NONE.seconds();
    for (long note : judged.notes()) {
      RuleSpan span = rules.span(Takers.number(note));
      if (span != null) {
        place(span.place, Takers.isStart(note), Takers.isSecond(note));
      }
    }
    return all == null
        ? null
        : new Takers(all, starts, seconds, kind, judged.judgedBy(), judged.notes());
  }

  private void note(StepUse use) {
    RuleSpan span = use.rule.span();
    if (span == null || !span.inForceAt(atMs)) {
      return;
    }
    place(span.place, use.start, use.second);
    if (notes < MOST_NOTES) {
      noted[notes] = Takers.note(use.rule.number(), use.start, use.second);
    }
    notes++;
  }

  private void place(int place, boolean start, boolean second) {
    all = with(all == null ? Takers.NONE.all() : all, place);
    if (start) {
      starts = with(starts, place);
    }
    if (second) {
      seconds = with(seconds, place);
    }
  }

  /** What is shared is not changed: most events begin nothing, and most follow nothing. */
  private static BitSet with(BitSet set, int place) {
    BitSet changed = set.isEmpty() ? new BitSet() : set;
    changed.set(place);
    return changed;
  }
}
