package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PathFaultsTest {
  private static final String RUN =
      """
      {"config": "engine", "round": 1, "rates": [{"name": "1000",
        "request": {"count": %d}, "decision": {"count": 9}, "order": {"count": %d}}],
       "ledger": {"unanswered": %d, "unasked": 0, "contradicted": 0}}""";

  private static java.util.List<String> faults(int requests, int orders, int unanswered)
      throws Exception {
    return PathFaults.of(new ObjectMapper().readTree(RUN.formatted(requests, orders, unanswered)));
  }

  @Test
  void aRunWithRequestsAndOrdersIsGood() throws Exception {
    assertThat(faults(3, 1, 0)).isEmpty();
  }

  @Test
  void aRunWithoutRequestsOrOrdersOrWithAMissingAnswerFails() throws Exception {
    assertThat(faults(0, 1, 0)).singleElement().asString().contains("no request at 1000/s");
    assertThat(faults(3, 0, 0)).singleElement().asString().contains("no order");
    assertThat(faults(3, 1, 2))
        .singleElement()
        .asString()
        .contains("2 decisions or orders unanswered");
  }

  @Test
  void whatLeavesExactlyOnceMayNotComeTwice() throws Exception {
    String run =
        RUN.formatted(3, 1, 0)
            .replace(
                "\"name\"",
                "\"exactlyOnce\": {\"risk.hits.final\": 9, \"risk.hits.final.doubled\": 2}, \"name\"");

    assertThat(PathFaults.of(new ObjectMapper().readTree(run)))
        .singleElement()
        .asString()
        .contains("2 ids risk.hits.final.doubled");
  }

  @Test
  void onlyARestartMayAnswerOtherwise() throws Exception {
    String run =
        RUN.formatted(3, 1, 0).replace("\"unasked\"", "\"answeredOtherwise\": 1, \"unasked\"");
    ObjectMapper json = new ObjectMapper();

    assertThat(PathFaults.of(json.readTree(run))).hasSize(1);
    assertThat(PathFaults.of(json.readTree(run.replace("\"engine\"", "\"engine+kill\""))))
        .isEmpty();
  }
}
