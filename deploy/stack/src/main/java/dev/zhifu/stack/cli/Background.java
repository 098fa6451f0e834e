package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a supervisor that outlives this command: its own session, its output in a file, ended by
 * signal.
 */
final class Background {
  /** What the supervisor prints before its folder once all is up. */
  static final String READY = "ready ";

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(240);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Layout layout;
  private final Path state;
  private final String kind;

  Background(Layout layout, Path state, String kind) {
    this.layout = layout;
    this.state = state;
    this.kind = kind;
  }

  /**
   * Starts it, repeats its progress, and waits until it is ready.
   *
   * @throws StackException with its last lines when it ends first or takes too long
   */
  RunningStack start(List<String> arguments, PrintWriter out) {
    try {
      Files.createDirectories(state);
      Path log = Files.createTempFile(state, kind + "-", ".log");
      Process process = launch(arguments, log);
      return await(process, log, out);
    } catch (IOException e) {
      throw new StackException("the " + kind + " cannot be started: " + e.getMessage(), e);
    }
  }

  private Process launch(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(
        List.of(
            Supervisor.java(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dzhifu.home=" + layout.home(),
            "-Dzhifu.log=" + state.resolve(kind + ".log"),
            "-cp",
            System.getProperty("java.class.path"),
            Zhifu.class.getName(),
            kind,
            "keep",
            "--state",
            state.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(log.toFile())
        .start();
  }

  private RunningStack await(Process process, Path log, PrintWriter out) throws IOException {
    long end = System.nanoTime() + LIMIT_NANOS;
    int shown = 0;
    while (true) {
      boolean ended = ended(process);
      List<String> lines = whole(Files.readString(log), ended);
      for (; shown < lines.size(); shown++) {
        String line = lines.get(shown);
        if (line.startsWith(READY)) {
          Path root = Path.of(line.substring(READY.length()));
          return new RunningStack(root, StackInfo.read(root));
        }
        out.println(line);
        out.flush();
      }
      if (ended) {
        throw new StackException(
            "the " + kind + " did not start; its lines are above and in " + log);
      }
      if (System.nanoTime() > end) {
        process.destroy();
        throw new StackException("the " + kind + " was not ready within 240 s; see " + log);
      }
    }
  }

  /**
   * The lines of {@code text}; the last one may be half written while the process runs, and waits
   * for its end.
   */
  private static List<String> whole(String text, boolean ended) {
    return (ended ? text : text.substring(0, text.lastIndexOf('\n') + 1)).lines().toList();
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for a start", e);
    }
  }
}
