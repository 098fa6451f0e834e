package dev.zhifu.stack.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** When each input was meant to be sent, by its id; the newest {@value #MAX}. */
final class SentTimes {
  private static final int MAX = 300_000;

  private final Map<String, Long> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX;
        }
      };

  /** The first sending of an id counts. */
  void note(String id, OptionalLong sentMs) {
    sentMs.ifPresent(at -> times.putIfAbsent(id, at));
  }

  OptionalLong of(String id) {
    Long at = id == null ? null : times.get(id);
    return at == null ? OptionalLong.empty() : OptionalLong.of(at);
  }
}
