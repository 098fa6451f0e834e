package dev.zhifu.jobs.features;

import dev.zhifu.rules.features.EntityState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The entity states used last, decoded, so that a busy account is not read and written for each
 * event. Never more than its limit; what leaves it or stands in it at a snapshot is written back
 * when it moved.
 *
 * @param <S> state of one entity
 */
final class EntityCache<S extends EntityState> {

  /** One entity's state in the cache. */
  static final class Slot<S> {
    final S state;

    /** True while the entity has neither a kept value nor a timer. */
    boolean isNew;

    /** True when the state moved since it was read or written. */
    boolean moved;

    Slot(S state, boolean isNew) {
      this.state = state;
      this.isNew = isNew;
    }
  }

  /** Writes a state under its key. */
  interface Writer<S> {
    void write(String key, S state) throws Exception;
  }

  private final Map<String, Slot<S>> slots = new LinkedHashMap<>(256, 0.75f, true);
  private final int limit;
  private final Writer<S> writer;

  EntityCache(int limit, Writer<S> writer) {
    this.limit = limit;
    this.writer = writer;
  }

  /** The slot of a key; null when it is not here. */
  Slot<S> get(String key) {
    return slots.get(key);
  }

  /** Puts a slot; the one used longest ago leaves when there is no room. */
  void put(String key, Slot<S> slot) throws Exception {
    slots.put(key, slot);
    if (slots.size() > limit) {
      Iterator<Map.Entry<String, Slot<S>>> oldest = slots.entrySet().iterator();
      Map.Entry<String, Slot<S>> leaving = oldest.next();
      writeBack(leaving);
      oldest.remove();
    }
  }

  void remove(String key) {
    slots.remove(key);
  }

  /** Writes every state that moved, so that the snapshot that follows has them. */
  void writeBackAll() throws Exception {
    for (Map.Entry<String, Slot<S>> entry : slots.entrySet()) {
      writeBack(entry);
    }
  }

  private void writeBack(Map.Entry<String, Slot<S>> entry) throws Exception {
    Slot<S> slot = entry.getValue();
    if (slot.moved) {
      writer.write(entry.getKey(), slot.state);
      slot.moved = false;
    }
  }

  int size() {
    return slots.size();
  }
}
