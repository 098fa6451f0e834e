package dev.zhifu.desk;

import dev.zhifu.desk.projection.Decoder;
import dev.zhifu.desk.projection.TopicFeed;
import dev.zhifu.desk.projection.TopicRecord;
import dev.zhifu.desk.projection.UnreadableException;
import dev.zhifu.desk.store.Bodies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/** Topics in memory, one partition each unless a record says otherwise. Thread-safe. */
public final class MemoryTopics implements Decoder {
  private final Map<TopicFeed.Place, List<TopicRecord>> partitions = new LinkedHashMap<>();

  /** Writes a record; wakes feeds. */
  public synchronized void write(String topic, String key, SpecificRecordBase value) {
    write(topic, 0, key, value == null ? null : Bodies.write(value));
  }

  /** Writes raw bytes. */
  public synchronized void write(String topic, int partition, String key, byte[] value) {
    List<TopicRecord> all =
        partitions.computeIfAbsent(
            new TopicFeed.Place(topic, partition), unseen -> new ArrayList<>());
    all.add(
        new TopicRecord(topic, partition, all.size(), key.getBytes(StandardCharsets.UTF_8), value));
    notifyAll();
  }

  /** Everything on a topic. */
  public synchronized List<TopicRecord> all(String topic) {
    return partitions.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Everything on all topics. */
  public synchronized List<TopicRecord> all() {
    return partitions.values().stream().flatMap(List::stream).toList();
  }

  /** A feed of some topics. */
  public TopicFeed feed(Collection<String> topics) {
    return new Feed(new HashSet<>(topics));
  }

  @Override
  public <T extends SpecificRecord> T deserialize(String topic, byte[] value, Class<T> type)
      throws UnreadableException {
    try {
      return Bodies.read(value, type);
    } catch (RuntimeException e) {
      throw new UnreadableException(e.getMessage());
    }
  }

  private final class Feed implements TopicFeed {
    private final Set<String> topics;
    private final Map<Place, Long> next = new HashMap<>();

    Feed(Set<String> topics) {
      this.topics = topics;
    }

    @Override
    public void seek(Map<Place, Long> nextOffsets) {
      next.clear();
      next.putAll(nextOffsets);
    }

    @Override
    public List<TopicRecord> poll(Duration wait) {
      synchronized (MemoryTopics.this) {
        long end = System.nanoTime() + wait.toNanos();
        List<TopicRecord> found = take();
        while (found.isEmpty() && System.nanoTime() < end) {
          try {
            TimeUnit.NANOSECONDS.timedWait(MemoryTopics.this, Math.max(1, end - System.nanoTime()));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return found;
          }
          found = take();
        }
        return found;
      }
    }

    private List<TopicRecord> take() {
      List<TopicRecord> found = new ArrayList<>();
      partitions.forEach(
          (place, records) -> {
            if (topics.contains(place.topic())) {
              int from = next.getOrDefault(place, 0L).intValue();
              found.addAll(records.subList(Math.min(from, records.size()), records.size()));
              next.put(place, (long) records.size());
            }
          });
      return found;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
