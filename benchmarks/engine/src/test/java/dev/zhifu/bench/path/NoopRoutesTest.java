package dev.zhifu.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DecisionKind;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TransactionKind;
import dev.zhifu.wire.TransactionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class NoopRoutesTest {
  private static final Instant AT = Instant.parse("2026-03-02T03:00:00Z");

  private static EnrichedEvent transfer(int number, boolean asks) {
    TransactionPhase phase = asks ? TransactionPhase.AWAITING : TransactionPhase.COMPLETED;
    BankTransaction.Builder builder =
        BankTransaction.newBuilder()
            .setEventId("B01:t" + number + ":" + phase)
            .setSource("B01")
            .setTransactionId("t" + number)
            .setKind(TransactionKind.TRANSFER)
            .setPhase(phase)
            .setOccurredAt(AT)
            .setReceivedAt(AT)
            .setAmountFen(100)
            .setCurrency("CNY")
            .setPayer(account("payer"))
            .setPayee(account("payee"));
    return EnrichedEvents.of((asks ? builder.setAnswerBy(AT.plusMillis(800)) : builder).build());
  }

  private static AccountRef account(String token) {
    return AccountRef.newBuilder().setAccountToken(token).setBank("B02").build();
  }

  private static List<Routed> routes(EnrichedEvent event) {
    List<Routed> routes = new ArrayList<>();
    new NoopRoutes().flatMap(event, new ListCollector<>(routes));
    return routes;
  }

  @Test
  void everyAwaitingTransferPassesAndAStatedShareOfTheOthers() {
    int passed = 0;
    int requests = 0;
    for (int i = 0; i < 50_000; i++) {
      assertThat(routes(transfer(i, true))).hasSize(1);
      EnrichedEvent other = transfer(i, false);
      passed += routes(other).size();
      requests += NoopRoutes.requests(other) ? 1 : 0;
    }
    assertThat(passed).isBetween(2_900, 3_500);
    assertThat(requests).isBetween(70, 130);
  }

  @Test
  void theAnswerNamesWhatItAnswersAndWhatCausedIt() {
    BankTransaction event = (BankTransaction) transfer(1, true).getEvent();
    NoopAnswer answer = NoopAnswer.of(event, true, true);

    assertThat(answer.decision().getEventId()).isEqualTo(event.getEventId());
    assertThat(answer.decision().getDecision()).isEqualTo(DecisionKind.PASS);
    assertThat(answer.decision().getAnswerBy()).isEqualTo(event.getAnswerBy());
    assertThat(answer.request().getCause()).isEqualTo(event.getEventId());
    assertThat(answer.request().getTarget().getAccountToken()).isEqualTo("payee");
  }
}
