package dev.zhifu.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicTableDocsTest {

  private static final Path PAGE = Path.of("../docs/topics.md");

  @Test
  void theCommittedPageIsFresh() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      TopicTableDocs.main(new String[] {PAGE.toString()});
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            "docs/topics.md is stale; write it again by:"
                + " mvn -Pfast -pl schemas -am package -Dtest=TopicTableDocsTest -Ddocs.write=true")
        .isEqualTo(TopicTableDocs.render(TopicTable.standard()));
  }
}
