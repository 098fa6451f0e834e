package dev.zhifu.stack.path;

import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.RocksFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flink's pages, its working folder and its garbage collection log say of a running job. */
final class JobView {
  /** Both jobs have a vertex of this name, which every event passes once. */
  private static final String ENTRANCE = "valid events";

  private static final Pattern AFTER_GC =
      Pattern.compile("Pause (?:Young \\(Mixed\\)|Full).* \\d+M->(\\d+)M\\(");
  private static final long MIB = 1 << 20;

  private final FlinkRest rest;
  private final Path working;
  private final String gcLog;
  private String job;
  private long read;

  /**
   * @param webUrl Flink's pages
   * @param working folder that RocksDB works in
   * @param gcLog garbage collection log; empty when there is none
   */
  JobView(String webUrl, Path working, String gcLog) {
    this.rest = new FlinkRest(webUrl);
    this.working = working;
    this.gcLog = gcLog;
  }

  /** Events read so far; what was known last when the pages do not answer in time. */
  long read() {
    read = job().map(id -> rest.read(id, ENTRANCE).orElse(read)).orElse(read);
    return read;
  }

  /** A machine with much to do answers late: an empty answer is no word on the job. */
  private Optional<String> job() {
    if (job == null) {
      job =
          rest.jobs().stream()
              .filter(FlinkRest.Job::isUnderWay)
              .findFirst()
              .map(FlinkRest.Job::id)
              .orElse(null);
    }
    return Optional.ofNullable(job);
  }

  /** State, checkpoint and heap now. */
  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    job()
        .flatMap(rest::newest)
        .ifPresent(
            checkpoint -> {
              row.put("checkpoint", checkpoint.id());
              row.put("stateBytes", checkpoint.stateBytes());
              row.put("checkpointedBytes", checkpoint.checkpointedBytes());
              row.put("checkpointMs", checkpoint.durationMs());
            });
    row.put("sstBytes", RocksFiles.tableBytes(working));
    long heap = heapAfterGc();
    if (heap >= 0) {
      row.put("heapAfterGcBytes", heap);
    }
    return row;
  }

  /**
   * Heap after the newest collection that went over old objects too; -1 when there was none. After
   * any other collection most of what is counted may be dead.
   */
  private long heapAfterGc() {
    if (gcLog.isEmpty()) {
      return -1;
    }
    try {
      long newest = -1;
      for (String line : Files.readAllLines(Path.of(gcLog))) {
        Matcher matcher = AFTER_GC.matcher(line);
        if (matcher.find()) {
          newest = Long.parseLong(matcher.group(1)) * MIB;
        }
      }
      return newest;
    } catch (IOException e) {
      return -1;
    }
  }
}
