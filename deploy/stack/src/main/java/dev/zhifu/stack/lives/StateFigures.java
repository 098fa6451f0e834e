package dev.zhifu.stack.lives;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.FlinkRest;
import dev.zhifu.stack.flink.RocksFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a running job keeps.
 *
 * @param checkpointBytes size of the newest checkpoint
 * @param tableBytes of RocksDB's table files at work
 * @param columnFamilies of all RocksDB instances, as their newest OPTIONS files list them
 */
record StateFigures(long checkpointBytes, long tableBytes, long columnFamilies) {

  static StateFigures of(String webUrl, Path working) {
    FlinkRest rest = new FlinkRest(webUrl);
    long bytes =
        rest.jobs().stream()
            .filter(FlinkRest.Job::isUnderWay)
            .findFirst()
            .flatMap(job -> rest.checkpoints(job.id()))
            .map(FlinkRest.Checkpoints::stateBytes)
            .orElseThrow(() -> new StackException("the job at " + webUrl + " does not run"));
    return new StateFigures(
        bytes, RocksFiles.tableBytes(working), RocksFiles.columnFamilies(working));
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("checkpointBytes", checkpointBytes);
    row.put("tableBytes", tableBytes);
    row.put("columnFamilies", columnFamilies);
    return row;
  }
}
