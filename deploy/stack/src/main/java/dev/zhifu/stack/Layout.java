package dev.zhifu.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the clone keeps what the build made.
 *
 * @param home root of the clone
 */
public record Layout(Path home) {

  /**
   * The clone that this process runs from: system property {@code zhifu.home}, else the nearest
   * parent of the working folder that holds the launcher and {@code deploy/}.
   *
   * @throws StackException when there is none
   */
  public static Layout find() {
    String given = System.getProperty("zhifu.home");
    if (given != null) {
      return new Layout(Path.of(given).toAbsolutePath().normalize());
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("deploy/stack/pom.xml"))) {
        return new Layout(at);
      }
    }
    throw new StackException(
        "no clone of Zhifu at or above "
            + Path.of("").toAbsolutePath()
            + "; start by its launcher ./zhifu");
  }

  /** Class path of the Kafka broker. */
  public List<Path> brokerClassPath() {
    return classPathFile(home.resolve("deploy/broker/target/classpath.txt"));
  }

  /** The published vectors. */
  public Path vectors() {
    return built(home.resolve("schemas/vectors"));
  }

  /** Class path of the console: desk and gateway. */
  public List<Path> consoleClassPath() {
    return module(home.resolve("console/desk/target"));
  }

  /** Class path of the oracles, their own classes first. */
  public List<Path> oracleClassPath() {
    Path target = home.resolve("benchmarks/oracle/target");
    List<Path> all = new ArrayList<>();
    all.add(built(target.resolve("classes")));
    all.addAll(classPathFile(target.resolve("classpath.txt")));
    return all;
  }

  /**
   * Class path of a module's seeded simulations, which are its tests: they run as a process of
   * their own and nothing is built on them.
   *
   * @param module folder of the module
   */
  public List<Path> simulationClassPath(String module) {
    Path target = home.resolve(module).resolve("target");
    List<Path> all = new ArrayList<>();
    all.add(built(target.resolve("test-classes")));
    all.add(built(target.resolve("classes")));
    all.addAll(classPathFile(target.resolve("simulation-classpath.txt")));
    return all;
  }

  /** Folder of the unpacked registry server. */
  public Path registryApp() {
    return built(home.resolve("deploy/registry/target/app"));
  }

  /** Flink's own {@code lib}. */
  public Path flinkLib() {
    return built(home.resolve("deploy/flink/target/lib"));
  }

  /** Templates of Flink's configuration. */
  public Path flinkConf() {
    return home.resolve("deploy/flink/conf");
  }

  /** The job as it is submitted. */
  public Path jobJar() {
    Path target = home.resolve("jobs/target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(file -> file.getFileName().toString().matches("jobs-.*-job\\.jar"))
            .findFirst()
            .orElseThrow(() -> missing(target.resolve("jobs-VERSION-job.jar")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw missing(target);
  }

  /** Class path of processes that run this module's own classes, wherever these lie now. */
  public List<Path> ownClassPath() {
    List<Path> all = new ArrayList<>();
    try {
      all.add(Path.of(Layout.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new StackException("the place of our own classes is not a file: " + e.getMessage(), e);
    }
    all.addAll(classPathFile(home.resolve("deploy/stack/target/classpath.txt")));
    return all;
  }

  /** What benchmarks need beside the job jar and Flink's lib. */
  public List<Path> benchClassPath() {
    return module(home.resolve("benchmarks/engine/target"));
  }

  /** Class path of the micro-benchmarks. */
  public List<Path> microClassPath() {
    return module(home.resolve("benchmarks/micro/target"));
  }

  /** What the benchmark of Esper has beside what the others have: test classes, in no jar. */
  public List<Path> esperClassPath() {
    Path target = home.resolve("benchmarks/esper/target");
    return Stream.concat(
            Stream.of(built(target.resolve("test-classes"))),
            classPathFile(target.resolve("classpath.txt")).stream())
        .toList();
  }

  /** Results that are kept with the sources. */
  public Path benchResults() {
    return home.resolve("benchmarks/results");
  }

  private static List<Path> module(Path target) {
    return Stream.concat(
            Stream.of(built(target.resolve("classes"))),
            classPathFile(target.resolve("classpath.txt")).stream())
        .toList();
  }

  /** What the bootstrap has beside the job's jar and Flink's {@code lib}. */
  public List<Path> bootstrapClassPath() {
    Path target = built(home.resolve("jobs/bootstrap/target"));
    try (Stream<Path> files =
        Stream.concat(Files.list(target), Files.list(built(target.resolve("lib"))))) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches("bootstrap-.*\\.jar|flink-state-processor-api-.*\\.jar"))
          .filter(file -> !file.getFileName().toString().matches(".*-(sources|tests)\\.jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rule files. */
  public Path catalogue() {
    return home.resolve("rules/catalogue");
  }

  /** Default folder for the state of stacks. */
  public Path defaultState() {
    return home.resolve(".zhifu");
  }

  private static List<Path> classPathFile(Path file) {
    try {
      return Stream.of(Files.readString(built(file)).trim().split(java.io.File.pathSeparator))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path built(Path path) {
    if (!Files.exists(path)) {
      throw missing(path);
    }
    return path;
  }

  private static StackException missing(Path path) {
    return new StackException(path + " is missing; build it with: mvn -DskipTests package");
  }
}
