package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.schemas.wire.RegistrySettings;
import dev.zhifu.schemas.wire.Subjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real registry refuses what the build refuses. */
class SubjectsIT {
  private final RegistrySettings registry = SharedStack.get().info().registry();

  @Test
  void everySubjectIsRegisteredWithItsCompatibility() {
    assertThat(SubjectsCommand.check(registry)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theBadSchemaOfASubjectIsRefused(String subject) throws IOException {
    String bad = resource("history/" + subject + "/bad.avsc");

    assertThat(SubjectsCommand.testCompatible(registry, subject, bad)).isFalse();
    assertThat(SubjectsCommand.tryRegister(registry, subject, bad)).isEmpty();
  }

  static Set<String> subjects() {
    return Subjects.all();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Subjects.class.getClassLoader().getResourceAsStream(name)) {
      assertThat(in).as(name + " on the class path").isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
