package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.child.PipeGuard;
import dev.zhifu.stack.process.Supervisor;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM is started that measures operators of the job jar with Flink's own libraries. */
public final class BenchProcess {
  private BenchProcess() {}

  /** The command; the process ends when its standard input does. */
  public static List<String> command(Layout layout, String main, List<String> arguments) {
    return command(layout, List.of(), main, arguments);
  }

  /** The same for Esper, whose libraries stand on this class path and on no other. */
  public static List<String> esper(Layout layout, List<String> arguments) {
    return command(layout, layout.esperClassPath(), "dev.zhifu.bench.EsperRun", arguments);
  }

  private static List<String> command(
      Layout layout, List<Path> more, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.addAll(
        FlinkJvm.options(
            layout.flinkConf().resolve("log4j2-client.properties"),
            "-Xmx3g",
            "-XX:+UseG1GC",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8"));
    List<String> classPath = new ArrayList<>();
    classPath.add(ownClasses());
    more.forEach(path -> classPath.add(path.toString()));
    layout.benchClassPath().forEach(path -> classPath.add(path.toString()));
    classPath.add(layout.jobJar().toString());
    classPath.add(FlinkJvm.all(layout.flinkLib()));
    command.addAll(
        List.of(
            "-cp", String.join(File.pathSeparator, classPath), PipeGuard.class.getName(), main));
    command.addAll(arguments);
    return command;
  }

  /** The command of JMH, with its own arguments. */
  public static List<String> micro(Layout layout, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.add("-Xmx1g");
    command.add("-Dzhifu.catalogue=" + layout.catalogue());
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator, layout.microClassPath().stream().map(Path::toString).toList()));
    command.add("org.openjdk.jmh.Main");
    command.addAll(arguments);
    return command;
  }

  private static String ownClasses() {
    try {
      return Path.of(PipeGuard.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
  }
}
