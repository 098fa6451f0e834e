package dev.zhifu.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class ClassPathTest {

  @Test
  void thereIsOneRegistryClient() throws IOException {
    assertThat(places("io/confluent/kafka/schemaregistry/client/SchemaRegistryClient.class"))
        .hasSize(1)
        .allMatch(url -> url.getPath().contains("registry-client"));
  }

  @Test
  void thereIsOneAvro() throws IOException {
    assertThat(places("org/apache/avro/Schema.class")).hasSize(1);
  }

  @Test
  void noShadedCopyIsVisible() throws IOException {
    List<String> shaded = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.endsWith(".jar")) {
        continue;
      }
      try (ZipFile jar = new ZipFile(entry)) {
        jar.stream()
            .map(file -> file.getName())
            .filter(name -> name.contains("flink/avro/shaded") || name.contains("confluent/shaded"))
            .forEach(name -> shaded.add(entry + "!" + name));
      }
    }

    assertThat(shaded).isEmpty();
  }

  private static List<URL> places(String resource) throws IOException {
    return Collections.list(ClassPathTest.class.getClassLoader().getResources(resource));
  }
}
