package dev.zhifu.jobs.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * A map state that knows which entries it has, so that they are read one by one (ADR-0075).
 *
 * <p>RocksDB finds a map's entries by going over its key's range, and what was removed lies there
 * until a compaction: a busy key would pay for each reading with all that it ever forgot.
 *
 * <p>Entries of the keys worked on last stay decoded: what is written goes to state at once, and
 * inputs of one case come close together, each asking for all that the case keeps (ADR-0112).
 *
 * <p>{@link #begin} must be called whenever the current key may have changed.
 */
final class IndexedState<V> {
  /**
   * Entries that stay decoded, of all keys of one subtask together: some 10 MB of hits. An
   * engineering default.
   */
  static final int MOST_DECODED = 2_000;

  private final MapState<String, V> values;
  private final ValueState<StateIndex> index;
  private final ToLongFunction<V> at;
  private final Map<String, Known<V>> keys = new LinkedHashMap<>(16, 0.75f, true);
  private int decoded;
  private String key;
  private long reads;
  private long scans;

  /** What is known of one key. */
  private static final class Known<V> {
    private StateIndex index;
    private final Map<String, V> read = new HashMap<>();
  }

  /**
   * Declares both states.
   *
   * @param name of the map, such as {@code score-holder.hits}, without its version
   * @param at event time of an entry, milliseconds since the epoch
   */
  IndexedState(RuntimeContext runtime, String name, Class<V> type, ToLongFunction<V> at) {
    values =
        runtime.getMapState(
            new MapStateDescriptor<>(name + ".v1", Types.STRING, TypeInformation.of(type)));
    index =
        runtime.getState(
            new ValueStateDescriptor<>(name + "-index.v1", TypeInformation.of(StateIndex.class)));
    this.at = at;
  }

  /** Turns to the operator's current key. */
  void begin(String current) {
    key = current;
  }

  private Known<V> known() {
    Known<V> known = keys.get(key);
    if (known == null) {
      known = new Known<>();
      keys.put(key, known);
    }
    return known;
  }

  private void note(Known<V> known, String id, V value) {
    if (known.read.put(id, value) == null) {
      decoded++;
      makeRoom();
    }
  }

  private void makeRoom() {
    Iterator<Known<V>> oldest = keys.values().iterator();
    while (decoded > MOST_DECODED && keys.size() > 1) {
      decoded -= oldest.next().read.size();
      oldest.remove();
    }
  }

  /** The entry of that id; null when there is none. */
  V get(String id) throws Exception {
    Known<V> known = known();
    V value = known.read.get(id);
    if (value == null) {
      value = values.get(id);
      reads++;
      if (value != null) {
        note(known, id, value);
      }
    }
    return value;
  }

  boolean contains(String id) throws Exception {
    return get(id) != null;
  }

  void put(String id, V value) throws Exception {
    StateIndex before = index();
    StateIndex now = before.with(id, at.applyAsLong(value));
    values.put(id, value);
    note(known(), id, value);
    if (now != before) {
      update(now);
    }
  }

  void remove(String id) throws Exception {
    StateIndex before = index();
    StateIndex now = before.without(id);
    if (now != before) {
      values.remove(id);
      if (known().read.remove(id) != null) {
        decoded--;
      }
      update(now);
    }
  }

  /** All entries by event time, then id. */
  List<V> sorted() throws Exception {
    List<V> sorted = new ArrayList<>();
    for (String id : index().ids()) {
      sorted.add(get(id));
    }
    return sorted;
  }

  /** Ids of all entries, in the same order. */
  List<String> ids() throws Exception {
    return index().ids();
  }

  /** Event time of the earliest entry, milliseconds since the epoch; null without entries. */
  Long earliestMs() throws Exception {
    List<Long> times = index().atMs();
    return times.isEmpty() ? null : times.get(0);
  }

  void clear() throws Exception {
    for (String id : index().ids()) {
      values.remove(id);
    }
    decoded -= known().read.size();
    keys.remove(key);
    index.clear();
  }

  /** Entries read from state since the start. */
  long reads() {
    return reads;
  }

  /** Goings over a key's whole range since the start. */
  long scans() {
    return scans;
  }

  private void update(StateIndex now) throws Exception {
    // Kept when empty: its absence would mean a range to go over.
    index.update(now);
    known().index = now;
  }

  private StateIndex index() throws Exception {
    Known<V> known = known();
    if (known.index == null) {
      known.index = index.value();
    }
    if (known.index == null) {
      // The key is new, or its entries are from before there was an index.
      StateIndex found = StateIndex.EMPTY;
      scans++;
      for (Map.Entry<String, V> entry : values.entries()) {
        note(known, entry.getKey(), entry.getValue());
        found = found.with(entry.getKey(), at.applyAsLong(entry.getValue()));
      }
      known.index = found;
      if (!found.ids().isEmpty()) {
        index.update(found);
      }
    }
    return known.index;
  }
}
