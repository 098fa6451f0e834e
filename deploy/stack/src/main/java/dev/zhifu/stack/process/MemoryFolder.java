package dev.zhifu.stack.process;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in memory for files that need not outlive their process, such as RocksDB's at work
 * (ADR-0131). It goes when it is closed; what a killed process left is swept by the next one.
 */
public final class MemoryFolder implements AutoCloseable {
  /** Where Linux has a file system in memory. */
  public static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final long ROCKSDB_BYTES = 4L << 30;
  private static final String NAME = "zhifu-working-";
  private static final String IN_MEMORY = "tmpfs";

  private final Path path;
  private final Thread atExit;

  private MemoryFolder(Path path) {
    this.path = path;
    this.atExit = new Thread(() -> deleteQuietly(path), "memory-folder");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Opens one.
   *
   * @param parent a folder of a file system in memory
   * @param needed bytes that must be free there
   * @return empty where there is no such file system, or where it is too small, as in a container
   *     that was not given more
   * @throws StackException when the folder cannot be made or swept
   */
  public static Optional<MemoryFolder> open(Path parent, long needed) {
    return open(parent, needed, IN_MEMORY);
  }

  /**
   * One for RocksDB's files at work while a job is measured.
   *
   * @param wanted false for none: the files lie on the disk then
   * @return empty also where this machine has no room for it
   */
  public static Optional<MemoryFolder> forRocksDb(boolean wanted) {
    return wanted ? open(SHARED_MEMORY, ROCKSDB_BYTES) : Optional.empty();
  }

  static Optional<MemoryFolder> open(Path parent, long needed, String type) {
    try {
      if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
        return Optional.empty();
      }
      sweep(parent);
      FileStore store = Files.getFileStore(parent);
      if (!store.type().equals(type) || store.getUsableSpace() < needed) {
        return Optional.empty();
      }
      String name = NAME + ProcessHandle.current().pid() + "-";
      return Optional.of(new MemoryFolder(Files.createTempDirectory(parent, name)));
    } catch (IOException e) {
      throw new StackException("no folder can be made in " + parent + ": " + e.getMessage(), e);
    }
  }

  private static void sweep(Path parent) throws IOException {
    List<Path> left;
    try (Stream<Path> all = Files.list(parent)) {
      left = all.filter(MemoryFolder::isLeft).toList();
    }
    for (Path folder : left) {
      delete(folder);
    }
  }

  /** Whether a folder is ours and its process is gone. */
  private static boolean isLeft(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.startsWith(NAME) || !Files.isWritable(folder)) {
      return false;
    }
    String pid = name.substring(NAME.length()).replaceFirst("-.*", "");
    return pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** A child process may still write while this one is stopped: the next run sweeps the rest. */
  private static void deleteQuietly(Path root) {
    try {
      delete(root);
    } catch (IOException | UncheckedIOException e) {
      // said above
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    try {
      delete(path);
    } catch (IOException e) {
      throw new StackException("folder " + path + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
