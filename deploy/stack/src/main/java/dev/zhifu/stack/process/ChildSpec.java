package dev.zhifu.stack.process;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One JVM to start.
 *
 * @param name short name, also of its log file
 * @param jvmOptions options of the JVM, heap first
 * @param classPath jars and folders; an entry may end in {@code /*}
 * @param mainClass program
 * @param arguments its arguments
 * @param environment variables added to ours
 */
public record ChildSpec(
    String name,
    List<String> jvmOptions,
    List<String> classPath,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment) {

  /** Copies every list. */
  public ChildSpec {
    jvmOptions = List.copyOf(jvmOptions);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  String joinedClassPath(Path guard) {
    return guard
        + File.pathSeparator
        + classPath.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
