package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.KeyMatcher;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys touched last, with their forks. All that is worth keeping stands in state, so the oldest
 * may go at any time.
 */
final class LiveKeys {
  private final Map<String, KeyMatcher> keys;

  LiveKeys(int most) {
    keys =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, KeyMatcher> eldest) {
            return size() > most;
          }
        };
  }

  KeyMatcher get(String key) {
    return keys.get(key);
  }

  void put(String key, KeyMatcher matcher) {
    keys.put(key, matcher);
  }

  void remove(String key) {
    keys.remove(key);
  }

  void clear() {
    keys.clear();
  }

  int size() {
    return keys.size();
  }

  long tailEvents() {
    long events = 0;
    for (KeyMatcher key : keys.values()) {
      events += key.tailSize();
    }
    return events;
  }
}
