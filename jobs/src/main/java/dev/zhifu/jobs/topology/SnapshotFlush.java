package dev.zhifu.jobs.topology;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.Priority;

/**
 * Keeps a snapshot's pause short: the RocksDB instances of a TaskManager write at the same time,
 * and each writes once (ADR-0131).
 *
 * <p>At a checkpoint every column family that was touched is flushed, and no event passes its
 * subtask meanwhile. All instances of a process share RocksDB's pool of flushing threads, which has
 * one thread unless an instance asks for more than four background jobs: seventeen subtasks wait
 * one behind the other. So the pool is made larger; compaction keeps its one thread, which leaves
 * the cores to the tasks. And an instance flushes all its column families in one job, with one
 * write of its manifest instead of one for each.
 */
public final class SnapshotFlush implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  /** Threads of the pool: more won nothing where it was measured. */
  public static final int THREADS = 8;

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
    Env.getDefault().incBackgroundThreadsIfNeeded(THREADS, Priority.HIGH);
    return options.setAtomicFlush(true);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
    return options;
  }
}
