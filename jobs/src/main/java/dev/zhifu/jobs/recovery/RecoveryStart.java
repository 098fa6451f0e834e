package dev.zhifu.jobs.recovery;

import dev.zhifu.jobs.io.TopicHolds;
import dev.zhifu.jobs.settings.JobSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a recovery job goes on. Its lives could be read back from their topic; its audit's chains
 * stand in its state alone, so that a start without that state would begin them anew.
 */
public final class RecoveryStart {
  private static final String METADATA = "_metadata";
  private static final String AUDIT = "audit.entries";

  private RecoveryStart() {}

  /**
   * The newest completed checkpoint or savepoint in a job's folder, of whichever run.
   *
   * @param stateDir setting {@code state.dir}
   * @return a path as Flink takes it; empty when there is none
   */
  public static Optional<String> newest(Path stateDir) {
    if (!Files.isDirectory(stateDir)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(stateDir)) {
      return files
          .filter(file -> file.getFileName().toString().equals(METADATA))
          .max(Comparator.comparing(RecoveryStart::written))
          .map(file -> file.getParent().toUri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Why a job may not start so.
   *
   * @param from checkpoint or savepoint that it goes on from; empty for none
   * @return a sentence with the way out; empty when it may
   */
  public static Optional<String> refusal(JobSettings settings, Optional<String> from) {
    if (from.isPresent()) {
      return Optional.empty();
    }
    return TopicHolds.committed(settings.kafka(), AUDIT)
        ? Optional.of(
            "recovery starts without checkpoint or savepoint, and "
                + AUDIT
                + " holds entries of an earlier run: its chains would begin anew, which every audit"
                + " finds as a fork (ADR-0082); start it from its newest checkpoint: -s PATH of"
                + " Flink's client, --from PATH with --local")
        : Optional.empty();
  }
}
