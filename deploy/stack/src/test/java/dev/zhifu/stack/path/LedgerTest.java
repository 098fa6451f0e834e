package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.wire.DecisionKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  private void sent(String id, long plannedMs, boolean asks) {
    ledger.planned(
        new LoadFile.Entry("bank.transactions", "key", new byte[0], 0, List.of(id), asks, false),
        plannedMs);
  }

  @Test
  void latencyCountsFromThePlannedTimeInTheStretchOfItsCause() {
    Ledger.Stretch first = ledger.open(1_000);
    sent("a", 1_000, true);
    ledger.close(first, 2_000);
    Ledger.Stretch second = ledger.open(2_000);
    sent("b", 2_500, true);

    ledger.decision("b", DecisionKind.PASS, 2_530);
    ledger.decision("a", DecisionKind.PASS, 2_600); // late: it belongs to the stretch before

    assertThat(first.decisions().row()).containsEntry("max", 1_600L).containsEntry("count", 1L);
    assertThat(second.decisions().row()).containsEntry("max", 30L).containsEntry("count", 1L);
  }

  @Test
  void aRepeatedAnswerIsCountedOnceAndAnotherOneIsSaid() {
    sent("a", 1_000, true);
    sent("b", 1_000, true);
    ledger.decision("a", DecisionKind.PASS, 1_010);
    ledger.decision("a", DecisionKind.PASS, 1_020);
    ledger.decision("a", DecisionKind.HOLD, 1_030);
    ledger.decision("c", DecisionKind.PASS, 1_030);

    assertThat(ledger.row())
        .containsEntry("asked", 2)
        .containsEntry("unanswered", 1L)
        .containsEntry("unasked", 1L)
        .containsEntry("repeated", 2L)
        .containsEntry("answeredOtherwise", 1L)
        .containsEntry("contradicted", 0L);
  }

  @Test
  void anOrderCountsOnceFromWhatItWasSignedForWhicheverComesFirst() {
    Ledger.Stretch stretch = ledger.open(0);
    sent("act-1", 500, false);
    sent("act-2", 600, false);
    ledger.order("o1", "aa", 530);
    ledger.signed("o1", "act-1");
    ledger.signed("o2", "act-2");
    ledger.order("o2", "bb", 660);
    ledger.order("o2", "cc", 670);

    assertThat(stretch.orders().row()).containsEntry("count", 2L).containsEntry("max", 60L);
    assertThat(ledger.row()).containsEntry("orders", 2).containsEntry("contradicted", 1L);
  }

  @Test
  void theFirstWordOnARequestCounts() {
    Ledger.Stretch stretch = ledger.open(0);
    sent("e", 500, false);
    ledger.request("o1", "e", 540);
    ledger.request("o1", "e", 900);
    ledger.request("o2", "tick", 900);

    assertThat(stretch.requests().row()).containsEntry("count", 1L).containsEntry("max", 40L);
    assertThat(ledger.row()).containsEntry("causeUnknown", 1L);
  }
}
