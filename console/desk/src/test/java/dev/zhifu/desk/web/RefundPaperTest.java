package dev.zhifu.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.desk.DrawnRecords;
import dev.zhifu.desk.acts.RefundSheet;
import dev.zhifu.wire.LifeKind;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.RefundDetail;
import dev.zhifu.wire.RefundPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefundPaperTest {
  private static final Instant T0 = Instant.parse("2026-03-02T02:00:00Z");

  private final DrawnRecords drawn = new DrawnRecords(7);

  private List<String> offered(String state, String... events) {
    List<LifeTransition> history = new ArrayList<>();
    for (String event : events) {
      history.add(
          LifeTransition.newBuilder()
              .setObjectId("R-1")
              .setKind(LifeKind.REFUND)
              .setCaseId("case-1")
              .setSequence(history.size() + 1L)
              .setState(state)
              .setEvent(event)
              .setRole("CASE_OFFICER")
              .setCause("cause-" + history.size())
              .setTickAt(T0.plusSeconds(history.size()))
              .setDetail(drawn.draw(RefundDetail.class))
              .build());
    }
    return RefundPaper.offered(
        new RefundSheet(
            history.get(0),
            "R-1",
            history.get(history.size() - 1),
            drawn.draw(RefundPlan.class),
            0,
            0,
            Map.of(),
            List.of(),
            List.of(),
            history,
            List.of(),
            List.of()));
  }

  @Test
  void theWordToTheRegulatorIsThereWhileTheBankIsLateAndNotOtherwise() {
    assertThat(offered("ISSUED", "SERVED")).contains("notice").doesNotContain("regulator");
    assertThat(offered("EXECUTING", "SERVED", "BANK_ACCEPTS", "EXECUTION_LATE"))
        .contains("regulator");
    assertThat(offered("BANK_CHECK", "SERVED", "EXECUTION_LATE", "SUPPLEMENTED"))
        .as("its papers were asked for: the term begins anew")
        .doesNotContain("regulator");
    assertThat(offered("EXECUTED", "SERVED", "EXECUTION_LATE", "BANK_PAID"))
        .as("late and paid")
        .doesNotContain("regulator");
  }
}
