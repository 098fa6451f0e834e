package dev.zhifu.jobs.features;

import dev.zhifu.jobs.flow.WriteAhead;
import dev.zhifu.rules.features.EntityState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Entity states used lately, decoded, so that a busy account is not read and written for each
 * event. Never more than its limit; what leaves it or stands in it at a snapshot is written back
 * when it moved.
 *
 * <p>Who leaves is found by a hand that goes round and spares once whoever was used since it last
 * came by: nearly the one used longest ago, without relinking a list at each use, which costs more
 * in the collector's barriers than the look-up itself.
 *
 * @param <S> state of one entity
 */
final class EntityCache<S extends EntityState> {

  /** One entity's state in the cache. */
  static final class Slot<S> {
    final S state;

    /** True while the entity has neither a kept value nor a timer. */
    boolean isNew;

    private boolean moved;
    private boolean waits;
    private long waitsSince;

    /** True when it moved again while it waited. */
    private boolean movedAgain;

    private String key;
    private int place;
    private boolean used;

    Slot(S state, boolean isNew) {
      this.state = state;
      this.isNew = isNew;
    }
  }

  /** Writes a state under its key. */
  interface Writer<S> {
    void write(String key, S state) throws Exception;
  }

  private final Map<String, Slot<S>> slots = new HashMap<>(256);
  private final List<Slot<S>> ring = new ArrayList<>();

  /** Whoever moved since it was written, the one that waits longest in front. */
  private final Queue<Slot<S>> unwritten = new ArrayDeque<>();

  private final int limit;
  private final Writer<S> writer;
  private final LongSupplier nanos;
  private int hand;

  /**
   * Nobody.
   *
   * @param limit entities at a time
   * @param writer writes what leaves or is written ahead
   * @param nanos as {@link System#nanoTime}
   */
  EntityCache(int limit, Writer<S> writer, LongSupplier nanos) {
    this.limit = limit;
    this.writer = writer;
    this.nanos = nanos;
  }

  /** The slot of a key; null when it is not here. */
  Slot<S> get(String key) {
    Slot<S> slot = slots.get(key);
    if (slot != null && !slot.used) {
      slot.used = true;
    }
    return slot;
  }

  /** The slot of a key without its counting as a use; null when it is not here. */
  Slot<S> peek(String key) {
    return slots.get(key);
  }

  /** Notes that the state of a slot moved: it is written before it leaves, and at a snapshot. */
  void moved(Slot<S> slot) {
    slot.moved = true;
    if (slot.waits) {
      slot.movedAgain = true;
    } else {
      slot.waits = true;
      slot.waitsSince = nanos.getAsLong();
      unwritten.add(slot);
      if (unwritten.size() > 2L * limit) {
        unwritten.removeIf(EntityCache::hasGone);
      }
    }
  }

  /** Whoever moved is here: those written when they left need not be remembered. */
  private static <S> boolean hasGone(Slot<S> slot) {
    slot.waits = slot.moved;
    return !slot.moved;
  }

  /** Puts a slot under a key that has none here; another leaves when there is no room. */
  void put(String key, Slot<S> slot) throws Exception {
    slot.key = key;
    if (ring.size() < limit) {
      slot.place = ring.size();
      ring.add(slot);
    } else {
      slot.place = makeRoom();
      ring.set(slot.place, slot);
    }
    slots.put(key, slot);
  }

  private int makeRoom() throws Exception {
    while (ring.get(hand).used) {
      ring.get(hand).used = false;
      hand = (hand + 1) % ring.size();
    }
    int place = hand;
    hand = (hand + 1) % ring.size();
    Slot<S> leaving = ring.get(place);
    writeBack(leaving);
    slots.remove(leaving.key);
    return place;
  }

  /** Forgets a key unwritten; the last one takes its place. */
  void remove(String key) {
    Slot<S> gone = slots.remove(key);
    if (gone != null) {
      gone.moved = false;
      Slot<S> last = ring.remove(ring.size() - 1);
      if (last != gone) {
        last.place = gone.place;
        ring.set(gone.place, last);
      }
      hand = ring.isEmpty() ? 0 : hand % ring.size();
    }
  }

  /** Writes every state that moved, so that the snapshot that follows has them. */
  void writeBackAll() throws Exception {
    while (!unwritten.isEmpty()) {
      writeBackNext();
    }
  }

  /**
   * Writes those that have rested, the one that waits longest in front, for as long as {@link
   * WriteAhead} allows: few are then left for the snapshot, which nothing can pass while it is
   * made.
   */
  void writeBackSome() throws Exception {
    long started = nanos.getAsLong();
    for (long now = started;
        !unwritten.isEmpty() && WriteAhead.goesOn(unwritten.peek().waitsSince, started, now);
        now = nanos.getAsLong()) {
      if (unwritten.peek().movedAgain) {
        waitOn(unwritten.remove(), now);
      } else {
        writeBackNext();
      }
    }
  }

  /** Whoever moves all the time is not written each second: the snapshot would write it anyway. */
  private void waitOn(Slot<S> slot, long now) {
    slot.movedAgain = false;
    slot.waitsSince = now;
    unwritten.add(slot);
  }

  private void writeBackNext() throws Exception {
    Slot<S> slot = unwritten.remove();
    slot.waits = false;
    slot.movedAgain = false;
    writeBack(slot);
  }

  private void writeBack(Slot<S> slot) throws Exception {
    if (slot.moved) {
      writer.write(slot.key, slot.state);
      slot.moved = false;
    }
  }

  int size() {
    return ring.size();
  }
}
