package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.child.PipeGuard;
import dev.zhifu.stack.process.Supervisor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main over files, in a JVM of its own that has Flink's class path and shares this terminal. */
final class FlinkFiles {
  private FlinkFiles() {}

  /**
   * Runs it to its end; Ctrl-C ends both.
   *
   * @param main class to run
   * @param heap its limit, such as -Xmx1500m
   * @param first jars before the job's
   * @param arguments of the main
   * @return its exit code
   */
  static int run(
      Layout layout, String main, String heap, List<Path> first, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.addAll(
        FlinkJvm.options(
            layout.flinkConf().resolve("log4j2-client.properties"),
            heap,
            "-XX:+UseG1GC",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8"));
    List<String> classPath = new ArrayList<>();
    classPath.add(guard());
    first.forEach(jar -> classPath.add(jar.toString()));
    classPath.add(layout.jobJar().toString());
    classPath.add(FlinkJvm.all(layout.flinkLib()));
    command.addAll(
        List.of(
            "-cp", String.join(File.pathSeparator, classPath), PipeGuard.class.getName(), main));
    command.addAll(arguments);
    try {
      // Standard input stays a pipe: it ends the child when this process is gone.
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.INHERIT)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackException(main + " cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while " + main + " ran", e);
    }
  }

  /** Where our own classes lie; they need no other jar. */
  private static String guard() {
    try {
      return Path.of(PipeGuard.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
  }
}
