package dev.zhifu.jobs.match;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The keys touched last, with their forks and with what is not written to state yet. The one
 * touched longest ago leaves when there is no room; whoever leaves is written first. Their timers
 * lie here too, on the heap: most keys are decided and gone before the next snapshot.
 */
final class LiveKeys {

  /** Writes a key's state and sets its timer there; makes the key current first. */
  interface Writer {
    void write(LiveKey key) throws IOException;
  }

  private record Due(long atMs, String name) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : name.compareTo(other.name);
    }
  }

  private final Map<String, LiveKey> keys = new LinkedHashMap<>(16, 0.75f, true);
  private final PriorityQueue<Due> timers = new PriorityQueue<>();
  private final int most;
  private final Writer writer;

  LiveKeys(int most, Writer writer) {
    this.most = most;
    this.writer = writer;
  }

  LiveKey get(String name) {
    return keys.get(name);
  }

  void put(LiveKey key) throws IOException {
    keys.put(key.name, key);
    if (keys.size() > most) {
      Iterator<LiveKey> oldest = keys.values().iterator();
      LiveKey leaving = oldest.next();
      writer.write(leaving);
      oldest.remove();
    }
  }

  void remove(String name) {
    keys.remove(name);
  }

  /** Sets a timer for a live key. */
  void timer(LiveKey key, long atMs) {
    if (atMs < key.timerAt) {
      key.timerAt = atMs;
      timers.add(new Due(atMs, key.name));
    }
  }

  /** The next live key whose timer is due; null when there is none. */
  LiveKey due(long watermarkMs) {
    while (!timers.isEmpty() && timers.peek().atMs <= watermarkMs) {
      Due due = timers.poll();
      LiveKey key = keys.get(due.name);
      if (key != null && key.timerAt == due.atMs) {
        key.timerAt = Long.MAX_VALUE;
        return key;
      }
    }
    return null;
  }

  /** Writes every key, so that the snapshot that follows has them. */
  void writeAll() throws IOException {
    for (LiveKey key : keys.values()) {
      writer.write(key);
    }
  }

  /** Shows every live key. */
  void each(Consumer<LiveKey> taker) {
    keys.values().forEach(taker);
  }

  int size() {
    return keys.size();
  }
}
