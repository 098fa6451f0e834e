package dev.zhifu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU seconds of this process by what its threads do, as the kernel counts them: the job's own
 * threads, compiling, collecting garbage, RocksDB's background work.
 *
 * @param seconds by kind of thread
 * @param byName by the thread's name as the kernel cuts it, subtasks of one task together
 */
record ThreadCpu(Map<String, Double> seconds, Map<String, Double> byName) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** What the kernel says now; empty where it does not say. */
  static ThreadCpu now() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    Map<String, Double> byName = new LinkedHashMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      threads.forEach(thread -> add(thread, seconds, byName));
    } catch (IOException e) {
      // Another kernel: no split, the process's own CPU time stands.
    }
    return new ThreadCpu(seconds, byName);
  }

  private static void add(Path thread, Map<String, Double> seconds, Map<String, Double> byName) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
      seconds.merge(kind(name), ticks / TICKS_PER_SECOND, Double::sum);
      byName.merge(name, ticks / TICKS_PER_SECOND, Double::sum);
    } catch (IOException e) {
      // The thread ended meanwhile.
    }
  }

  private static String kind(String name) {
    if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp") || name.startsWith("Sweeper")) {
      return "compiling";
    }
    if (name.startsWith("GC Thread") || name.startsWith("G1 ") || name.startsWith("VM Thread")) {
      return "garbage";
    }
    return name.startsWith("rocksdb") ? "rocksdb" : "job";
  }

  /** Seconds since. */
  Map<String, Double> since(ThreadCpu before) {
    Map<String, Double> more = new LinkedHashMap<>();
    seconds.forEach(
        (kind, now) ->
            more.put(
                kind, Math.round(100 * (now - before.seconds.getOrDefault(kind, 0.0))) / 100.0));
    return more;
  }

  /** Threads that took the most since, most first. */
  Map<String, Double> busiestSince(ThreadCpu before, int most) {
    Map<String, Double> more = new LinkedHashMap<>();
    byName.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.byName.getOrDefault(e.getKey(), 0.0)))
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(most)
        .forEach(e -> more.put(e.getKey(), Math.round(100 * e.getValue()) / 100.0));
    return more;
  }

  double compiling() {
    return seconds.getOrDefault("compiling", 0.0);
  }
}
