package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Matches a whole stream of many keys in memory: scenarios, explanations and tests. The same code
 * as in the job, with maps for state. Not thread-safe.
 */
public final class StreamMatcher {
  private final Matcher matcher;
  private final Map<KeyId, Slot> slots = new HashMap<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.naturalOrder());
  private long watermarkMs = Long.MIN_VALUE;

  private record KeyId(KeyKind kind, String key) {}

  private record Slot(HeapMatchStateStore store, KeyMatcher matcher) {}

  private record Timer(long atMs, KeyId id) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(atMs, other.atMs);
      if (byTime != 0) {
        return byTime;
      }
      int byKind = id.kind.compareTo(other.id.kind);
      return byKind != 0 ? byKind : id.key.compareTo(other.id.key);
    }
  }

  /**
   * A stream matcher with no state.
   *
   * @param rules the rules
   * @param settings bounds
   * @param listener told of every hit, in order
   */
  public StreamMatcher(RuleSet rules, MatchSettings settings, HitListener listener) {
    matcher = new Matcher(rules, settings, listener);
  }

  /** Takes one event as one key sees it. */
  public void accept(KeyKind keyKind, String key, Side side, EnrichedEvent event) {
    Arrival arrival = matcher.arrival(keyKind, new EventView(event, side));
    if (arrival == null) {
      return;
    }
    KeyId id = new KeyId(keyKind, key);
    try {
      Slot slot = slots.computeIfAbsent(id, this::open);
      slot.matcher.onEvent(arrival, watermarkMs);
      after(id, slot);
    } catch (IOException e) {
      throw new UncheckedIOException("State in memory cannot fail", e);
    }
  }

  /** Moves the watermark of all keys; a time before it changes nothing. */
  public void advanceTo(long timeMs) {
    if (timeMs <= watermarkMs) {
      return;
    }
    watermarkMs = timeMs;
    while (!timers.isEmpty() && timers.peek().atMs <= timeMs) {
      fire(timers.poll());
    }
  }

  private void fire(Timer timer) {
    Slot slot = slots.get(timer.id);
    if (slot == null) {
      return;
    }
    try {
      slot.matcher.onTime(watermarkMs);
      after(timer.id, slot);
    } catch (IOException e) {
      throw new UncheckedIOException("State in memory cannot fail", e);
    }
  }

  private Slot open(KeyId id) {
    HeapMatchStateStore store = new HeapMatchStateStore();
    return new Slot(store, matcher.openNew(id.kind, id.key, store));
  }

  private void after(KeyId id, Slot slot) {
    if (slot.matcher.isEmpty()) {
      slots.remove(id);
      return;
    }
    long timer = slot.matcher.timerToSet();
    if (timer != Long.MAX_VALUE) {
      timers.add(new Timer(timer, id));
    }
  }

  /** Counters. */
  public MatchCounts counts() {
    return matcher.counts();
  }

  /** True when the key had something under way at the newest watermark. */
  public boolean isUnderWay(KeyKind keyKind, String key) {
    Slot slot = slots.get(new KeyId(keyKind, key));
    return slot != null && slot.matcher.isUnderWay();
  }

  /** Keys with something under way. */
  public int keys() {
    return slots.size();
  }

  /** Bytes of state of all keys. */
  public long stateBytes() {
    long bytes = 0;
    for (Slot slot : slots.values()) {
      bytes += slot.store.bytes();
    }
    return bytes;
  }
}
