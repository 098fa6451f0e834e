package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The job jar and Flink's own lib, as they meet in a TaskManager. */
class JobJarIT {
  /**
   * What libraries in the jar can do and the job never asks of them, by package, with the reason.
   */
  private static final Map<String, String> NEVER_USED =
      Map.of(
          "org.apache.flink.table.", "formats of SQL; the job has no tables",
          "org.apache.flink.connector.file.", "bulk formats for files; the job reads Kafka",
          "io.grpc.", "a network service of the CEL library's test suite",
          "com.google.api.expr.v1alpha1.", "messages of that service",
          "org.apache.kafka.common.security.oauthbearer.internals.secured.",
              "login to the registry by OAuth, written against an older Kafka client",
          "org.jose4j.", "login to Kafka by OAuth; the job uses SCRAM",
          "org.joda.", "annotations and old time types",
          "io.swagger.", "annotations of the registry client",
          "java.lang.foreign.", "code for Java 22 and newer");

  private final Layout layout = Layout.find();

  @Test
  void theJobJarSharesNoClassWithFlinksOwnLib() {
    Set<String> lib = new TreeSet<>();
    jars(layout.flinkLib()).forEach(jar -> lib.addAll(classes(jar)));
    Set<String> job = classes(layout.jobJar());

    assertThat(lib).hasSizeGreaterThan(10_000).contains("org/apache/flink/cep/nfa/NFA.class");
    assertThat(job).contains("dev/zhifu/jobs/DetectionJob.class");
    job.retainAll(lib);
    assertThat(job).isEmpty();
  }

  @Test
  void theJobJarMissesNoClassThatItUses() {
    List<String> missing = missing();

    assertThat(missing).isNotEmpty();
    assertThat(missing.stream().filter(line -> line.startsWith("dev.zhifu.")).toList()).isEmpty();
    assertThat(missing.stream().filter(line -> !isNeverUsed(line)).toList()).isEmpty();
  }

  @Test
  void eachClassPathHasOneAvroAndOneRegistryClient() {
    Set<Path> job = new TreeSet<>(jars(layout.flinkLib()));
    job.add(layout.jobJar());

    assertOneOfEach(job);
    assertOneOfEach(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> path.toString().endsWith(".jar"))
            .collect(Collectors.toSet()));
  }

  private static void assertOneOfEach(Set<Path> classPath) {
    Map<String, Integer> found = new TreeMap<>();
    for (Path jar : classPath) {
      for (String name : classes(jar)) {
        if (name.endsWith("/SchemaRegistryClient.class")
            || name.endsWith("org/apache/avro/Schema.class")) {
          found.merge(name, 1, Integer::sum);
        }
        assertThat(name).as(jar.toString()).doesNotStartWith("org/apache/flink/avro/shaded/");
      }
    }
    assertThat(found)
        .isEqualTo(
            Map.of(
                "io/confluent/kafka/schemaregistry/client/SchemaRegistryClient.class", 1,
                "org/apache/avro/Schema.class", 1));
  }

  /** Lines "class -&gt; missing class" as jdeps finds them. */
  private List<String> missing() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String lib =
        jars(layout.flinkLib()).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow(() -> new AssertionError("no jdeps: run the tests on a JDK, not a JRE"))
            .run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                "--multi-release",
                "17",
                "--missing-deps",
                "-cp",
                lib,
                layout.jobJar().toString());
    assertThat(code).isZero();
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(String::trim)
        .filter(line -> line.matches("\\S+ +-> \\S+ +not found"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  private static boolean isNeverUsed(String line) {
    String target = line.substring(line.indexOf("-> ") + 3);
    return NEVER_USED.keySet().stream().anyMatch(target::startsWith);
  }

  private static List<Path> jars(Path lib) {
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> classes(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
