package dev.zhifu.jobs.score;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One value of each key, of which those of the keys worked on last stay decoded; what is written
 * goes to state at once (ADR-0112). A judgement asks for each several times, and mostly learns that
 * there is none.
 *
 * <p>{@link #begin} must be called whenever the current key may have changed. Values must not be
 * changed in place.
 */
final class KeptValue<T> {
  private final ValueState<T> state;
  private final Map<String, Optional<T>> decoded =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<T>> eldest) {
          return size() > IndexedState.MOST_DECODED;
        }
      };

  private String key;

  /**
   * Declares the state.
   *
   * @param name with its version
   */
  KeptValue(RuntimeContext runtime, String name, TypeInformation<T> type) {
    state = runtime.getState(new ValueStateDescriptor<>(name, type));
  }

  /** Turns to the operator's current key. */
  void begin(String current) {
    key = current;
  }

  /** The current key's value; null when it has none. */
  T value() throws Exception {
    Optional<T> known = decoded.get(key);
    if (known == null) {
      known = Optional.ofNullable(state.value());
      decoded.put(key, known);
    }
    return known.orElse(null);
  }

  void update(T value) throws Exception {
    state.update(value);
    decoded.put(key, Optional.of(value));
  }

  void clear() {
    state.clear();
    decoded.put(key, Optional.empty());
  }
}
