package dev.zhifu.stack.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** JVM options that Flink's own start scripts give to each of its processes. */
final class FlinkJvm {
  private static final List<String> EXPORTS =
      List.of(
          "java.base/sun.net.util",
          "java.rmi/sun.rmi.registry",
          "jdk.compiler/com.sun.tools.javac.api",
          "java.security.jgss/sun.security.krb5");
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private FlinkJvm() {}

  /** {@code memory} options, then module options, then the log configuration. */
  static List<String> options(Path logConfig, String... memory) {
    List<String> options = new ArrayList<>(List.of(memory));
    EXPORTS.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    options.add("-Dlog4j.configurationFile=" + logConfig.toUri());
    return options;
  }

  /** The jars of a {@code lib} folder as one class path entry. */
  static String all(Path lib) {
    return lib.resolve("*").toString();
  }

  static List<String> join(List<String> first, Stream<String> second) {
    return Stream.concat(first.stream(), second).toList();
  }
}
