package dev.zhifu.desk.projection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements gathered by their text, so that a poll of records costs few round trips. */
final class Batch {
  private final Handle handle;
  private final Map<String, PreparedBatch> batches = new LinkedHashMap<>();

  Batch(Handle handle) {
    this.handle = handle;
  }

  void add(String sql, Object... values) {
    PreparedBatch batch = batches.computeIfAbsent(sql, handle::prepareBatch);
    for (int i = 0; i < values.length; i++) {
      batch.bind(i, values[i]);
    }
    batch.add();
  }

  /** Runs all, in the order in which each statement was first used. */
  void run() {
    batches.values().forEach(PreparedBatch::execute);
    batches.clear();
  }
}
