package dev.zhifu.stack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bank.http.BankJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals();
  private final List<SentOrder> sent = new OrderMaker(List.of("B01", "B02")).make(402);

  ArrivalsTest() {
    sent.forEach(arrivals::expect);
  }

  private static ObjectNode message(SentOrder order) {
    return BankJson.view(order.envelope()).put("stream", "orders");
  }

  @Test
  void ordersGoToEachBankInTurnAndBeginAnAccountAgainAfterTheLast() {
    assertThat(sent.get(0).bank()).isZero();
    assertThat(sent.get(1).bank()).isEqualTo(1);
    assertThat(sent.get(400).account()).isEqualTo(sent.get(0).account());
    assertThat(sent.get(400).ordinal()).isEqualTo(2);
  }

  @Test
  void whatComesAsItWasSentIsNoFaultHoweverOften() throws InterruptedException {
    for (SentOrder order : sent) {
      arrivals.take(order.bank(), message(order), 7);
    }
    arrivals.take(0, message(sent.get(0)), 9);
    assertThat(arrivals.await(sent, 0)).isZero();
    assertThat(arrivals.faults()).isEmpty();
    assertThat(arrivals.repeated()).isEqualTo(1);
    assertThat(sent.get(0).arrived()).isEqualTo(7);
  }

  @Test
  void anotherBanksOrderOtherBytesAWrongTurnAndAnUnknownMessageAreFaults() {
    arrivals.take(1, message(sent.get(0)), 1);
    arrivals.take(0, message(sent.get(400)), 1);
    ObjectNode changed = message(sent.get(2));
    ((ObjectNode) changed.path("envelope"))
        .put("payload", "00" + changed.path("envelope").path("payload").asText().substring(2));
    arrivals.take(0, changed, 1);
    arrivals.take(0, message(sent.get(4)).put("stream", "holds").putObject("order"), 1);
    assertThat(arrivals.faults())
        .hasSize(4)
        .anyMatch(fault -> fault.contains("of bank 0"))
        .anyMatch(fault -> fault.contains("other bytes"))
        .anyMatch(fault -> fault.contains("came after its order 0"))
        .anyMatch(fault -> fault.contains("never sent"));
  }

  @Test
  void whatNeverComesIsCounted() throws InterruptedException {
    arrivals.take(0, message(sent.get(0)), 1);
    assertThat(arrivals.await(sent, 0)).isEqualTo(401);
  }
}
