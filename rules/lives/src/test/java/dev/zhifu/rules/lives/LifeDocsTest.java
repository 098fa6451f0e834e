package dev.zhifu.rules.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The docs say what the tables decide. With {@code -Dzhifu.docs.write=true} written anew. */
class LifeDocsTest {

  private static final Path DOCS = Path.of("..", "..", "docs");

  @Test
  void theLivesInTheDocsAreTheTablesInTheCode() throws IOException {
    Path file = DOCS.resolve("lives.md");
    String text = LifeDocs.lives();
    if (Boolean.getBoolean("zhifu.docs.write")) {
      Files.writeString(file, text);
    }
    assertThat(file)
        .as(
            "docs/lives.md is stale; run mvn -Pfast -pl rules/lives -am package -Dtest=LifeDocsTest -Dzhifu.docs.write=true")
        .hasContent(text);
  }
}
