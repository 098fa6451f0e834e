package dev.zhifu.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sums the resident memory of processes as the kernel reports it ({@code VmRSS}), once a second.
 */
public final class MemoryWatch implements AutoCloseable {
  private final Supplier<List<Long>> pids;
  private final AtomicLong peakKiB = new AtomicLong();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "memory-watch");
            thread.setDaemon(true);
            return thread;
          });

  MemoryWatch(Supplier<List<Long>> pids) {
    this.pids = pids;
  }

  void start() {
    timer.scheduleAtFixedRate(this::residentMiB, 1, 1, TimeUnit.SECONDS);
  }

  /** Resident memory now, MiB; shared pages are counted in each process. */
  public long residentMiB() {
    long kib = pids.get().stream().mapToLong(MemoryWatch::residentKiB).sum();
    peakKiB.accumulateAndGet(kib, Math::max);
    return kib / 1024;
  }

  /** Highest sum seen, MiB. */
  public long peakMiB() {
    return peakKiB.get() / 1024;
  }

  /** Resident memory of one process in KiB; 0 once it is gone. */
  static long residentKiB(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
