package dev.zhifu.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that ship parse, check and compile. */
class CatalogueTest {
  static final Path CATALOGUE = Path.of("..", "catalogue");

  static List<Path> files() {
    try (Stream<Path> paths = Files.walk(CATALOGUE)) {
      return paths.filter(path -> path.endsWith("rule.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void rule_compiles(Path file) throws IOException {
    RuleResult result = RuleParser.parse(file.toString(), Files.readString(file));

    assertThat(result.problems()).isEmpty();
    assertThat(result.warnings()).isEmpty();
    assertThat(result.rule().id()).isEqualTo(file.getParent().getFileName().toString());
  }
}
