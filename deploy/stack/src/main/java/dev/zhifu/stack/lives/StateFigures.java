package dev.zhifu.stack.lives;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.flink.FlinkRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much a running job keeps.
 *
 * @param checkpointBytes size of the newest checkpoint
 * @param columnFamilies of all RocksDB instances, as their newest OPTIONS files list them
 */
record StateFigures(long checkpointBytes, long columnFamilies) {

  static StateFigures of(String webUrl, Path temporary) {
    FlinkRest rest = new FlinkRest(webUrl);
    long bytes =
        rest.jobs().stream()
            .filter(FlinkRest.Job::isUnderWay)
            .findFirst()
            .flatMap(job -> rest.checkpoints(job.id()))
            .map(FlinkRest.Checkpoints::stateBytes)
            .orElseThrow(() -> new StackException("the job at " + webUrl + " does not run"));
    return new StateFigures(bytes, columnFamilies(temporary));
  }

  private static long columnFamilies(Path temporary) {
    Map<Path, Path> newest = new HashMap<>();
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().startsWith("OPTIONS-")) {
          newest.merge(
              file.getParent(),
              file,
              (one, other) -> other.getFileName().compareTo(one.getFileName()) > 0 ? other : one);
        }
      }
      long families = 0;
      for (Path options : newest.values()) {
        families += families(options);
      }
      return families;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long families(Path options) throws IOException {
    List<String> lines = Files.readAllLines(options, StandardCharsets.ISO_8859_1);
    return lines.stream().filter(line -> line.startsWith("[CFOptions ")).count();
  }

  Map<String, Object> row() {
    return Map.of("checkpointBytes", checkpointBytes, "columnFamilies", columnFamilies);
  }
}
