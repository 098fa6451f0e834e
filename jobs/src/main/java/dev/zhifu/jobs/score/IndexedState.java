package dev.zhifu.jobs.score;

import java.util.ArrayList;
import java.util.HashMap;
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
 * <p>{@link #begin} must be called whenever the current key may have changed.
 */
final class IndexedState<V> {
  private final MapState<String, V> values;
  private final ValueState<StateIndex> index;
  private final ToLongFunction<V> at;
  private final Map<String, V> read = new HashMap<>();
  private StateIndex known;
  private long reads;
  private long scans;

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

  /** Forgets what is known of the key before. */
  void begin() {
    known = null;
    read.clear();
  }

  /** The entry of that id; null when there is none. */
  V get(String id) throws Exception {
    V value = read.get(id);
    if (value == null) {
      value = values.get(id);
      reads++;
      if (value != null) {
        read.put(id, value);
      }
    }
    return value;
  }

  boolean contains(String id) throws Exception {
    return get(id) != null;
  }

  void put(String id, V value) throws Exception {
    StateIndex now = index().with(id, at.applyAsLong(value));
    values.put(id, value);
    read.put(id, value);
    update(now);
  }

  void remove(String id) throws Exception {
    StateIndex now = index().without(id);
    if (now != known) {
      values.remove(id);
      read.remove(id);
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
    read.clear();
    known = null;
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
    known = now;
  }

  private StateIndex index() throws Exception {
    if (known == null) {
      known = index.value();
    }
    if (known == null) {
      // The key is new, or its entries are from before there was an index.
      known = StateIndex.EMPTY;
      scans++;
      for (Map.Entry<String, V> entry : values.entries()) {
        read.put(entry.getKey(), entry.getValue());
        known = known.with(entry.getKey(), at.applyAsLong(entry.getValue()));
      }
      if (!known.ids().isEmpty()) {
        index.update(known);
      }
    }
    return known;
  }
}
