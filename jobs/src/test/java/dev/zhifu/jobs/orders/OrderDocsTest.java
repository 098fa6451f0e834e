package dev.zhifu.jobs.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The docs say what the code decides. With {@code -Dzhifu.docs.write=true} they are written anew.
 */
class OrderDocsTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void theOrderTableInTheDocsIsTheOneInTheCode() throws IOException {
    upToDate("orders.md", OrderDocs.orders());
  }

  @Test
  void theReasonCodesInTheDocsAreThoseInTheCode() throws IOException {
    upToDate("reason-codes.md", OrderDocs.reasonCodes());
  }

  private static void upToDate(String name, String text) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("zhifu.docs.write")) {
      Files.writeString(file, text);
    }
    assertThat(file)
        .as(
            "docs/"
                + name
                + " is stale; run mvn -Pfast -pl jobs -am package -Dtest=OrderDocsTest -Dzhifu.docs.write=true")
        .hasContent(text);
  }
}
