package dev.zhifu.rules.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/safety.md} names tests that exist, and every test of the safety list. */
class SafetyIndexTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern NAMED = Pattern.compile("`([a-z/]+)` (\\w+Test)#(\\w+)");
  private static final Pattern TEST =
      Pattern.compile(
          "@Test(?:Factory)?\\s+(?:void|List<DynamicTest>|Stream<DynamicTest>) (\\w+)\\(");

  @Test
  void everyTestNamedInTheSafetyListExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher matcher = NAMED.matcher(Files.readString(ROOT.resolve("docs").resolve("safety.md")));
    while (matcher.find()) {
      named++;
      if (!testsOf(matcher.group(1), matcher.group(2)).contains(matcher.group(3))) {
        missing.add(matcher.group());
      }
    }
    assertThat(missing).as("named in docs/safety.md and not found as @Test").isEmpty();
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void everyTestOfTheSafetyListIsNamed() throws IOException {
    String index = Files.readString(ROOT.resolve("docs").resolve("safety.md"));
    assertThat(testsOf("rules/lives", "SafetyTest"))
        .as("tests of SafetyTest that docs/safety.md does not name")
        .filteredOn(test -> !index.contains("SafetyTest#" + test))
        .containsExactlyInAnyOrder(
            // What may leave, and how accounts are counted.
            "aFreezeWithinTheLawLeaves",
            "aRefundWithinTheLawLeaves",
            "everySubmissionCountsInTheCase",
            "anAppealUpheldWithoutACauseLiftsNothing");
  }

  private static TreeSet<String> testsOf(String module, String test) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Path tests = ROOT.resolve(module).resolve("src/test/java");
    try (Stream<Path> files = Files.walk(tests)) {
      Optional<Path> file =
          files.filter(path -> path.getFileName().toString().equals(test + ".java")).findFirst();
      if (file.isPresent()) {
        Matcher matcher = TEST.matcher(Files.readString(file.get()));
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }
}
