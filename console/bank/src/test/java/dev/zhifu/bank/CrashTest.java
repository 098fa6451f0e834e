package dev.zhifu.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.schemas.crypto.Envelopes;
import dev.zhifu.schemas.crypto.Sha256;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final int ORDERS = 12;
  private static final int STEPS = 120;

  @TempDir Path folder;

  @Test
  void whateverCrashesAndComesAgainEveryOrderHasOneAnswerAndOneStop() {
    long seed = 20_260_302;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Bench bench = new Bench(folder)) {
      List<OrderEnvelope> orders = envelopes();
      for (OrderEnvelope order : orders) {
        bench.transport.offer(new BankMessage.Order(order));
        disturb(bench, random, orders);
      }
      for (int step = 0; step < STEPS; step++) {
        disturb(bench, random, orders);
      }
      bench.restart();
      bench.library().step(Duration.ZERO);
      assertOneAnswerEach(bench, orders);
      assertLedgerTellsTheSame(bench, orders);
    }
  }

  @Test
  void aLedgerLineCutShortIsCutOffAndTheOrderAnsweredFromTheIntent() throws IOException {
    try (Bench bench = new Bench(folder)) {
      StopPaymentReceipt first = bench.answerTo(Bench.order("o1"));
      byte[] bytes = Files.readAllBytes(bench.ledger());
      bench.library().close();
      Files.write(bench.ledger(), java.util.Arrays.copyOf(bytes, bytes.length - 7));
      bench.transport.rewind();
      bench.later(Duration.ofHours(3));
      bench.restart();
      StopPaymentReceipt again = bench.lastReceipt();
      assertThat(again.getResult()).isEqualTo(ReceiptResult.STOPPED);
      assertThat(again.getStartTime()).isEqualTo(first.getStartTime());
    }
  }

  @Test
  void aStepThatFailsHalfwayIsTakenAgainWhole() {
    try (Bench bench = new Bench(folder)) {
      bench.restart(new DyingCore(bench.core));
      bench.transport.offer(new BankMessage.Decision(Bench.decision("e1", Bench.NOW)));
      bench.transport.offer(new BankMessage.Order(Bench.ENGINE.seal(Bench.order("o1"))));
      bench.transport.offer(new BankMessage.Order(Bench.ENGINE.seal(Bench.order("o2"))));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> bench.library().step(Duration.ZERO))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(bench.transport.answers()).isEmpty();
      bench.restart();
      bench.library().step(Duration.ZERO);
      assertThat(bench.transport.answers()).hasSize(2);
      assertThat(bench.heard).containsExactly("e1");
    }
  }

  @Test
  void twelveTwinsShareOneThreadAndOneThatFailsHindersNoOther() throws IOException {
    List<Bench> benches = new ArrayList<>();
    List<BankTwin> twins = new ArrayList<>();
    for (int bank = 0; bank < 12; bank++) {
      Bench bench = new Bench(Files.createDirectory(folder.resolve("bank" + bank)));
      benches.add(bench);
      if (bank == 0) {
        bench.restart(new DyingCore(bench.core));
      }
      bench.transport.offer(new BankMessage.Order(Bench.ENGINE.seal(Bench.order("o"))));
      twins.add(new BankTwin("bank" + bank, bench.library()));
    }
    try (BankTwins all = new BankTwins(twins)) {
      assertThat(all.step()).isEqualTo(11);
      assertThat(benches.get(0).transport.answers()).isEmpty();
      assertThat(benches.subList(1, 12)).allMatch(bench -> bench.transport.answers().size() == 1);
      assertThat(twins.get(11).counts().orders()).isEqualTo(1);
    }
  }

  private static List<OrderEnvelope> envelopes() {
    List<OrderEnvelope> orders = new ArrayList<>();
    for (int index = 0; index < ORDERS; index++) {
      orders.add(Bench.ENGINE.seal(Bench.order("o" + index)));
    }
    return orders;
  }

  private static void disturb(Bench bench, Random random, List<OrderEnvelope> orders) {
    switch (random.nextInt(5)) {
      case 0 -> bench.restart();
      case 1 -> bench.transport.rewind();
      case 2 ->
          bench.transport.offer(new BankMessage.Order(orders.get(random.nextInt(orders.size()))));
      case 3 -> bench.later(Duration.ofSeconds(random.nextInt(30)));
      default -> bench.library().step(Duration.ZERO);
    }
  }

  private static void assertOneAnswerEach(Bench bench, List<OrderEnvelope> orders) {
    Map<String, Set<StopPaymentReceipt>> answers = new HashMap<>();
    bench.transport.answers().stream()
        .map(answer -> (StopPaymentReceipt) answer.getBody())
        .forEach(
            receipt ->
                answers
                    .computeIfAbsent(receipt.getPayloadSha256(), unseen -> new HashSet<>())
                    .add(receipt));
    assertThat(answers).hasSize(orders.size());
    assertThat(answers.values()).allMatch(receipts -> receipts.size() == 1);
    assertThat(bench.transport.answers()).hasSizeGreaterThan(orders.size());
  }

  private static void assertLedgerTellsTheSame(Bench bench, List<OrderEnvelope> orders) {
    Set<String> ledger = new HashSet<>();
    try {
      for (String line : Files.readAllLines(bench.ledger())) {
        JsonNode node = new ObjectMapper().readTree(line);
        if (node.path("kind").asText().equals("ORDER")) {
          assertThat(ledger.add(node.path("id").asText() + node.path("payloadSha256").asText()))
              .as("once each: %s", line)
              .isTrue();
          assertThat(node.path("result").asText()).isNotEmpty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> record = new HashSet<>();
    orders.forEach(
        order -> record.add(Envelopes.open(order).getOrderId() + Envelopes.payloadSha256(order)));
    assertThat(ledger).isEqualTo(record).contains(Sha256.hex("o0") + shaOfFirst(orders));
  }

  private static String shaOfFirst(List<OrderEnvelope> orders) {
    return Envelopes.payloadSha256(orders.get(0));
  }
}
