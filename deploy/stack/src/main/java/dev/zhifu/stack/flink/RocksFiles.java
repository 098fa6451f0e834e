package dev.zhifu.stack.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What RocksDB's working folders on this machine hold, read from their files. */
public final class RocksFiles {
  private static final int LOOKS = 50;

  private RocksFiles() {}

  /**
   * Bytes of the table files at work of all instances, those of checkpoints left out. What is in
   * memory and not yet flushed is not in it.
   *
   * @param working folder that RocksDB works in
   * @return 0 when a file went while we looked
   */
  public static long tableBytes(Path working) {
    try (Stream<Path> files = Files.walk(working)) {
      return files
          .filter(file -> file.toString().endsWith(".sst") && !file.toString().contains("chk-"))
          .mapToLong(RocksFiles::size)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // the next look sees them again
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Column families of all instances, as their newest OPTIONS files list them.
   *
   * @param working folder that RocksDB works in
   */
  public static long columnFamilies(Path working) {
    for (int look = 1; ; look++) {
      try {
        return counted(working);
      } catch (UncheckedIOException e) {
        // RocksDB writes a new OPTIONS file and removes the old one whenever it likes.
        if (look == LOOKS) {
          throw e;
        }
      }
    }
  }

  private static long counted(Path working) {
    Map<Path, Path> newest = new HashMap<>();
    try (Stream<Path> files = Files.walk(working)) {
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
}
