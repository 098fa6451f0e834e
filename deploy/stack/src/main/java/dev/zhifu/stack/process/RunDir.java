package dev.zhifu.stack.process;

import dev.zhifu.stack.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folder of one run, locked while its supervisor lives. Runs lie in {@code STATE/runs}, named by
 * kind and starting time; the folders of the last runs that ended are kept to be looked at.
 */
public final class RunDir implements AutoCloseable {
  private static final int KEPT = 3;
  private static final String LOCK = "run.lock";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path root;
  private final FileChannel lock;

  private RunDir(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the folder of a new run and sweeps away folders of runs that ended long ago.
   *
   * @param state folder of all runs' state
   * @param kind demo, stack, cluster or test
   * @throws StackException when {@code state} cannot be written
   */
  public static RunDir create(Path state, String kind) {
    Path runs = state.toAbsolutePath().normalize().resolve("runs");
    String name = kind + "-" + STAMP.format(Instant.now()) + "-" + ProcessHandle.current().pid();
    try {
      Files.createDirectories(runs);
      sweep(runs, kind);
      Path root = unused(runs, name);
      return new RunDir(root, hold(root));
    } catch (IOException e) {
      throw new StackException("state cannot be written to " + runs + ": " + e.getMessage(), e);
    }
  }

  /** Folders of runs of {@code kind} whose supervisor lives, the newest first. */
  public static List<Path> living(Path state, String kind) {
    Path runs = state.toAbsolutePath().normalize().resolve("runs");
    return ofKind(runs, kind).stream().filter(RunDir::isHeld).toList();
  }

  private static Path unused(Path runs, String name) throws IOException {
    Path root = runs.resolve(name);
    for (int i = 2; Files.exists(root); i++) {
      root = runs.resolve(name + "-" + i);
    }
    return Files.createDirectory(root);
  }

  private static FileChannel hold(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  private static boolean isHeld(Path root) {
    Path file = root.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void sweep(Path runs, String kind) throws IOException {
    List<Path> ended = ofKind(runs, kind).stream().filter(run -> !isHeld(run)).toList();
    for (Path run : ended.subList(Math.min(KEPT, ended.size()), ended.size())) {
      delete(run);
    }
  }

  private static List<Path> ofKind(Path runs, String kind) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(run -> run.getFileName().toString().startsWith(kind + "-"))
          .sorted(Comparator.comparing((Path run) -> run.getFileName().toString()).reversed())
          .toList();
    } catch (IOException e) {
      throw new StackException("state cannot be read from " + runs + ": " + e.getMessage(), e);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** A folder in it, made when missing. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new StackException(
          "folder " + root.resolve(name) + " cannot be made: " + e.getMessage(), e);
    }
  }

  /** Writes a text file in it that only this user may read. */
  public Path writePrivate(String name, String text) {
    Path file = root.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file,
          java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
              java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new StackException("file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // the kernel drops the lock with this JVM
    }
  }
}
