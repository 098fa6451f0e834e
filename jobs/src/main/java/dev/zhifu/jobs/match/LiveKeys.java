package dev.zhifu.jobs.match;

import dev.zhifu.jobs.flow.WriteAhead;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * The keys touched last, with their forks and with what is not written to state yet. When there is
 * no room another leaves; whoever leaves is written first. Their timers lie here too, on the heap:
 * most keys are decided and gone before the next snapshot.
 *
 * <p>Who leaves is found by a hand that goes round and spares once whoever was touched since it
 * last came by: nearly the one touched longest ago, without relinking a list at each touch, which
 * costs more in the collector's barriers than the look-up itself.
 */
final class LiveKeys {

  /** What is done with a key. */
  interface Action {
    void on(LiveKey key) throws IOException;
  }

  private record Due(long atMs, String name) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : name.compareTo(other.name);
    }
  }

  private final Map<String, LiveKey> keys = new HashMap<>(256);
  private final List<LiveKey> ring = new ArrayList<>();

  /** Whoever was touched since it was written, the one touched first in front. */
  private final Queue<LiveKey> unwritten = new ArrayDeque<>();

  private final PriorityQueue<Due> timers = new PriorityQueue<>();
  private final int most;
  private final Action writer;
  private final LongSupplier nanos;
  private int hand;

  /**
   * No keys.
   *
   * @param most keys at a time
   * @param writer writes a key's state and sets its timer there; makes the key current first
   * @param nanos as {@link System#nanoTime}
   */
  LiveKeys(int most, Action writer, LongSupplier nanos) {
    this.most = most;
    this.writer = writer;
    this.nanos = nanos;
  }

  LiveKey get(String name) {
    return keys.get(name);
  }

  /** Notes that a key was touched; one that is not here yet comes in. */
  void put(LiveKey key) throws IOException {
    if (!key.waits) {
      key.waits = true;
      key.waitsSince = nanos.getAsLong();
      unwritten.add(key);
      if (unwritten.size() > 2L * most) {
        unwritten.removeIf(LiveKeys::hasGone);
      }
    }
    if (key.place != LiveKey.NOWHERE) {
      if (!key.touched) {
        key.touched = true;
      }
      return;
    }
    if (ring.size() < most) {
      key.place = ring.size();
      ring.add(key);
    } else {
      int place = makeRoom();
      key.place = place;
      ring.set(place, key);
    }
    keys.put(key.name, key);
  }

  private static boolean hasGone(LiveKey key) {
    key.waits = key.place != LiveKey.NOWHERE;
    return !key.waits;
  }

  private int makeRoom() throws IOException {
    while (ring.get(hand).touched) {
      ring.get(hand).touched = false;
      hand = (hand + 1) % ring.size();
    }
    int place = hand;
    hand = (hand + 1) % ring.size();
    LiveKey leaving = ring.get(place);
    writer.on(leaving);
    keys.remove(leaving.name);
    leaving.place = LiveKey.NOWHERE;
    return place;
  }

  /** Forgets a key unwritten, if it is here; the last one takes its place. */
  void remove(LiveKey key) {
    if (key.place == LiveKey.NOWHERE) {
      return;
    }
    keys.remove(key.name);
    LiveKey last = ring.remove(ring.size() - 1);
    if (last != key) {
      last.place = key.place;
      ring.set(key.place, last);
    }
    key.place = LiveKey.NOWHERE;
    hand = ring.isEmpty() ? 0 : hand % ring.size();
  }

  /** Sets a timer for a live key. */
  void timer(LiveKey key, long atMs) {
    if (atMs >= key.timerAt) {
      return;
    }
    if (atMs != key.laterAt) {
      timers.add(new Due(atMs, key.name));
    }
    if (key.timerAt != Long.MAX_VALUE) {
      key.laterAt = key.timerAt;
    }
    key.timerAt = atMs;
  }

  /** The next live key whose timer is due; null when there is none. */
  LiveKey due(long watermarkMs) {
    while (!timers.isEmpty() && timers.peek().atMs <= watermarkMs) {
      Due due = timers.poll();
      LiveKey key = keys.get(due.name);
      if (key != null && key.laterAt == due.atMs) {
        key.laterAt = Long.MAX_VALUE;
      }
      if (key != null && key.timerAt == due.atMs) {
        key.timerAt = Long.MAX_VALUE;
        return key;
      }
    }
    return null;
  }

  /** Writes every key, so that the snapshot that follows has them. */
  void writeAll() throws IOException {
    unwritten.forEach(key -> key.waits = false);
    unwritten.clear();
    each(writer);
  }

  /**
   * Writes those that have rested, the one touched first in front, for as long as {@link
   * WriteAhead} allows: few are then left for the snapshot, which nothing can pass while it is
   * made.
   */
  void writeSome() throws IOException {
    long started = nanos.getAsLong();
    while (!unwritten.isEmpty()
        && WriteAhead.goesOn(unwritten.peek().waitsSince, started, nanos.getAsLong())) {
      LiveKey key = unwritten.remove();
      key.waits = false;
      if (key.place != LiveKey.NOWHERE) {
        writer.on(key);
      }
    }
  }

  /** Shows every live key. */
  void each(Action action) throws IOException {
    for (LiveKey key : ring) {
      action.on(key);
    }
  }

  int size() {
    return ring.size();
  }
}
