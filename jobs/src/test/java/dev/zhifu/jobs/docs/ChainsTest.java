package dev.zhifu.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where every event passes, no task stands between two operators that need no exchange. */
class ChainsTest {
  @TempDir Path folder;

  @Test
  void theRouterStandsInOneTaskWithTheHolderStep() {
    assertThat(JobGraph.define(folder).graph().getJobGraph().getVertices())
        .extracting(vertex -> vertex.getName())
        .filteredOn(name -> name.contains("holder features"))
        .singleElement()
        .asString()
        .startsWith("holder features -> router");
  }
}
