package dev.zhifu.stack.process;

import dev.zhifu.stack.StackException;
import dev.zhifu.stack.child.PipeGuard;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Starts every process of a stack and ends them all. Each child reads a pipe whose other end only
 * this JVM holds ({@link PipeGuard}), so that the children end whenever this JVM does, in whatever
 * way.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final RunDir dir;
  private final Path guard;
  private final List<Child> children = new CopyOnWriteArrayList<>();
  private final MemoryWatch memory = new MemoryWatch(this::pids);
  private final Thread hook = new Thread(this::stopChildren, "supervisor-shutdown");

  /** Supervises in {@code dir}. */
  public Supervisor(RunDir dir) {
    this.dir = dir;
    this.guard = unpackGuard(dir.folder("guard"));
    Runtime.getRuntime().addShutdownHook(hook);
    memory.start();
  }

  /**
   * Starts a JVM. Its output goes to {@code logs/NAME.log}.
   *
   * @throws StackException when the operating system refuses
   */
  public Child start(ChildSpec spec) {
    Path log = dir.folder("logs").resolve(spec.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command(spec))
            .directory(dir.folder("work/" + spec.name()).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(spec.environment());
    try {
      Child child = new Child(spec.name(), builder.start(), log);
      children.add(child);
      return child;
    } catch (IOException e) {
      throw new StackException(
          "process " + spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> command(ChildSpec spec) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(spec.jvmOptions());
    command.add("-Duser.timezone=UTC");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-cp");
    command.add(spec.joinedClassPath(guard));
    command.add(PipeGuard.class.getName());
    command.add(spec.mainClass());
    command.addAll(spec.arguments());
    return command;
  }

  /** The Java that runs us, so that all processes share one version. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** First child that ended without being asked to. */
  public Optional<Child> failed() {
    return children.stream().filter(Child::hasFailed).findFirst();
  }

  /**
   * Looks whether all is well.
   *
   * @throws StackException with the last log lines of a child that ended on its own
   */
  public void requireAllAlive() {
    failed()
        .ifPresent(
            child -> {
              throw child.failure("ended unexpectedly");
            });
  }

  /** Children in starting order. */
  public List<Child> children() {
    return List.copyOf(children);
  }

  /** Resident memory of this JVM and its children, now and at its highest. */
  public MemoryWatch memory() {
    return memory;
  }

  private List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    pids.add(ProcessHandle.current().pid());
    children.stream().filter(Child::isAlive).map(Child::pid).forEach(pids::add);
    return pids;
  }

  /** Ends all children, the newest first, and waits for them. */
  @Override
  public void close() {
    memory.close();
    stopChildren();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is shutting down already and runs the hook itself
    }
  }

  private void stopChildren() {
    List<Child> newestFirst = new ArrayList<>(children);
    java.util.Collections.reverse(newestFirst);
    newestFirst.forEach(Child::askToEnd);
    newestFirst.forEach(child -> child.stop(GRACE));
  }

  private static Path unpackGuard(Path folder) {
    String resource = PipeGuard.class.getName().replace('.', '/') + ".class";
    Path target = folder.resolve(resource.replace('/', File.separatorChar));
    try (InputStream in = PipeGuard.class.getClassLoader().getResourceAsStream(resource)) {
      Files.createDirectories(target.getParent());
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return folder;
    } catch (IOException e) {
      throw new StackException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }
}
