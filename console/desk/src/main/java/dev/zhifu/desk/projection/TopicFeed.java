package dev.zhifu.desk.projection;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where records come from. Used by one thread. */
public interface TopicFeed extends AutoCloseable {
  /**
   * Stands before the given offsets; before the first record of every partition that is not named.
   */
  void seek(Map<Place, Long> nextOffsets);

  /** What has come, waiting at most {@code wait} for something. */
  List<TopicRecord> poll(Duration wait);

  @Override
  void close();

  /** One partition of one topic. */
  record Place(String topic, int partition) {}
}
