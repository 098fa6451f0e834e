package dev.zhifu.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.network.NetworkShapes.Payment;
import dev.zhifu.jobs.network.NetworkShapes.Shape;
import dev.zhifu.jobs.network.NetworkShapes.Told;
import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkNode;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.NetworkState;
import dev.zhifu.rules.money.network.TrailMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator says what the plain class says, across a restore and with copies of messages. */
class NetworkShapesTest {
  private static final NetworkSettings SETTINGS = NetworkSettings.defaults();

  private final List<Shape> found = new ArrayList<>();
  private KeyedTwoInputStreamOperatorTestHarness<String, Payment, Told, Told> operator;

  @Test
  void theOperatorFindsWhatThePlainClassFinds() throws Exception {
    Random random = new Random(11);
    Map<String, NetworkState> states = new HashMap<>();
    NetworkNode node = new NetworkNode(SETTINGS, 0);
    List<NetworkHit> plain = new ArrayList<>();
    open(null);
    for (int i = 0; i < 1_500; i++) {
      if (i == 700) {
        OperatorSubtaskState saved = operator.snapshot(1, 1);
        operator.close();
        open(saved);
      }
      Payment payment =
          new Payment(
              "t" + i,
              i * 300_000L,
              1 + random.nextInt(900),
              "a" + random.nextInt(35),
              "a" + random.nextInt(35));
      TrailMessage message =
          node.pays(
              states.computeIfAbsent(payment.payer(), any -> new NetworkState()),
              payment.id(),
              payment.atMs(),
              payment.fen(),
              payment.payer(),
              payment.payee(),
              plain::add);
      if (message != null) {
        node.isPaid(
            states.computeIfAbsent(payment.payee(), any -> new NetworkState()),
            message,
            plain::add);
      }
      take(payment, i % 3 == 0);
    }
    assertThat(plain).isNotEmpty();
    assertThat(found)
        .isEqualTo(
            plain.stream()
                .map(h -> new Shape(h.kind().rule(), h.account(), h.other(), h.at(), h.ids()))
                .toList());
    operator.close();
  }

  @Test
  void anAccountThatIsSilentForHalfAYearIsForgotten() throws Exception {
    open(null);
    take(new Payment("t", 0, 5, "a", "b"), false);
    assertThat(operator.numKeyedStateEntries()).isEqualTo(2);
    operator.processBothWatermarks(new Watermark(200L * 86_400_000L));
    assertThat(operator.numKeyedStateEntries()).isZero();
    operator.close();
  }

  private void take(Payment payment, boolean twice) throws Exception {
    operator.processElement1(new StreamRecord<>(payment));
    Queue<Told> messages = new ArrayDeque<>(operator.extractOutputValues());
    operator.getOutput().clear();
    for (Told told : messages) {
      operator.processElement2(new StreamRecord<>(told));
      if (twice) {
        operator.processElement2(new StreamRecord<>(told));
      }
    }
    var hits = operator.getSideOutput(NetworkShapes.HITS);
    while (hits != null && !hits.isEmpty()) {
      found.add(hits.poll().getValue());
    }
  }

  private void open(OperatorSubtaskState state) throws Exception {
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new NetworkShapes(SETTINGS, 0)),
            Payment::payer,
            Told::payee,
            Types.STRING);
    operator.setup(TypeInformation.of(Told.class).createSerializer(new SerializerConfigImpl()));
    if (state != null) {
      operator.initializeState(state);
    }
    operator.open();
  }
}
