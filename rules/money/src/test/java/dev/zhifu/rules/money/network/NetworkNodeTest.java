package dev.zhifu.rules.money.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.money.network.NetworkHit.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkNodeTest {
  private static final long HOUR = 3_600_000L;
  private static final NetworkSettings SETTINGS = NetworkSettings.defaults();

  private final Map<String, NetworkState> states = new HashMap<>();
  private final List<NetworkHit> hits = new ArrayList<>();
  private final NetworkNode node = new NetworkNode(SETTINGS, 0);
  private int number;
  private int most;

  private String pay(long at, String payer, String payee, long fen) {
    String id = "t" + number++;
    TrailMessage message = node.pays(state(payer), id, at, fen, payer, payee, hits::add);
    if (message != null) {
      most = Math.max(most, message.trails().size());
      node.isPaid(state(payee), message, hits::add);
    }
    return id;
  }

  private NetworkState state(String account) {
    return states.computeIfAbsent(account, any -> new NetworkState());
  }

  @Test
  void stateAndMessagesSurviveTheirBytes() {
    Random random = new Random(3);
    NetworkNode other = new NetworkNode(SETTINGS, 0);
    Map<String, byte[]> stored = new HashMap<>();
    List<NetworkHit> again = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String payer = "a" + random.nextInt(40);
      String payee = "a" + random.nextInt(40);
      long at = i * 500_000L;
      long fen = 1 + random.nextInt(1000);
      String id = pay(at, payer, payee, fen);
      NetworkState from = of(stored.get(payer));
      TrailMessage message = other.pays(from, id, at, fen, payer, payee, again::add);
      stored.put(payer, from.toBytes());
      if (message != null) {
        NetworkState to = of(stored.get(payee));
        other.isPaid(to, TrailMessage.of(message.toBytes()), again::add);
        stored.put(payee, to.toBytes());
      }
    }
    assertThat(hits).isNotEmpty();
    assertThat(again).isEqualTo(hits);
  }

  private static NetworkState of(byte[] bytes) {
    return bytes == null ? new NetworkState() : NetworkState.of(bytes);
  }

  private List<NetworkHit> of(Kind kind) {
    return hits.stream().filter(hit -> hit.kind() == kind).toList();
  }

  @Test
  void moneyThatComesBackToWhereItBeganIsACycle() {
    String one = pay(HOUR, "a", "b", 500);
    String two = pay(2 * HOUR, "b", "c", 90);
    String three = pay(3 * HOUR, "c", "a", 700);

    assertThat(of(Kind.CYCLE))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.account()).isEqualTo("a");
              assertThat(hit.ids()).containsExactly(one, two, three);
              assertThat(hit.kind().rule()).isEqualTo("G01");
            });
  }

  @Test
  void aCycleAgainstTheOrderOfTimeIsNone() {
    pay(3 * HOUR, "a", "b", 500);
    pay(2 * HOUR, "b", "c", 500);
    pay(4 * HOUR, "c", "a", 500);
    assertThat(of(Kind.CYCLE)).isEmpty();
  }

  @Test
  void thereAndBackIsNoCycle() {
    pay(HOUR, "a", "b", 500);
    pay(2 * HOUR, "b", "a", 500);
    assertThat(hits).isEmpty();
  }

  @Test
  void aCycleLongerThanTheWindowIsNone() {
    pay(HOUR, "a", "b", 500);
    pay(2 * HOUR, "b", "c", 500);
    pay(HOUR + SETTINGS.windowMs() + 1, "c", "a", 500);
    assertThat(of(Kind.CYCLE)).isEmpty();
  }

  @Test
  void onlyFirstPaymentsMakeAShape() {
    pay(HOUR, "b", "c", 10);
    pay(SETTINGS.windowMs() + 2 * HOUR, "a", "b", 500);
    pay(SETTINGS.windowMs() + 3 * HOUR, "b", "c", 500);
    pay(SETTINGS.windowMs() + 4 * HOUR, "c", "a", 500);
    assertThat(of(Kind.CYCLE)).as("b has paid c before").isEmpty();
  }

  @Test
  void threeBetweenTwoEndsScatterAndGather() {
    for (int i = 0; i < 3; i++) {
      pay(HOUR + i, "source", "between" + i, 500);
    }
    pay(2 * HOUR, "between0", "sink", 400);
    pay(2 * HOUR + 1, "between1", "sink", 400);
    assertThat(of(Kind.SCATTER_GATHER)).isEmpty();
    pay(2 * HOUR + 2, "between2", "sink", 400);

    assertThat(of(Kind.SCATTER_GATHER))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.account()).isEqualTo("sink");
              assertThat(hit.other()).isEqualTo("source");
              assertThat(hit.ids()).hasSize(6);
            });
  }

  @Test
  void fourInAndThenFourOutGatherAndScatter() {
    for (int i = 0; i < 4; i++) {
      pay(HOUR + i, "payer" + i, "mule", 500);
    }
    for (int i = 0; i < 3; i++) {
      pay(2 * HOUR + i, "mule", "payee" + i, 500);
    }
    assertThat(of(Kind.GATHER_SCATTER)).isEmpty();
    pay(2 * HOUR + 3, "mule", "payee3", 500);
    assertThat(of(Kind.GATHER_SCATTER))
        .singleElement()
        .satisfies(hit -> assertThat(hit.ids()).hasSize(8));
  }

  @Test
  void fourOutAndThenFourInDoNot() {
    for (int i = 0; i < 4; i++) {
      pay(HOUR + i, "mule", "payee" + i, 500);
    }
    for (int i = 0; i < 4; i++) {
      pay(2 * HOUR + i, "payer" + i, "mule", 500);
    }
    assertThat(of(Kind.GATHER_SCATTER)).isEmpty();
  }

  @Test
  void accountAfterAccountHandsOnMostOfItSoon() {
    pay(HOUR, "a", "b", 1000);
    pay(2 * HOUR, "b", "c", 950);
    pay(3 * HOUR, "c", "d", 900);
    pay(4 * HOUR, "d", "e", 100);
    assertThat(of(Kind.LAYERED_CHAIN)).as("d kept most of it").isEmpty();
    pay(5 * HOUR, "d", "f", 800);
    assertThat(of(Kind.LAYERED_CHAIN))
        .singleElement()
        .satisfies(hit -> assertThat(hit.ids()).hasSize(4));
  }

  @Test
  void aHubNeitherBeginsNorHandsOnNorAlerts() {
    for (int i = 0; i < SETTINGS.hub(); i++) {
      pay(HOUR + i, "payer" + i, "hub", 500);
    }
    hits.clear();
    for (int i = 0; i < 200; i++) {
      pay(2 * HOUR + i, "hub", "payee" + i, 500);
      pay(3 * HOUR + i, "payee" + i, "payer" + i % SETTINGS.hub(), 500);
    }
    assertThat(hits).isEmpty();
  }

  @Test
  void whatAnAccountKeepsAndAMovementCarriesIsBoundedWhateverTheGraph() {
    Random random = new Random(7);
    int largest = 0;
    for (int i = 0; i < 60_000; i++) {
      String payer = "a" + random.nextInt(300);
      String payee = "a" + (int) (300 * Math.pow(random.nextDouble(), 3));
      pay(i * 20_000L, payer, payee, 1 + random.nextInt(1000));
      largest = Math.max(largest, Math.max(state(payer).size(), state(payee).size()));
    }
    assertThat(most).isLessThanOrEqualTo(SETTINGS.trails());
    assertThat(largest)
        .isLessThanOrEqualTo(SETTINGS.partners() + SETTINGS.steps() * (2 + SETTINGS.trails()));
  }

  @Test
  void whileItLearnsNothingIsAFirstPayment() {
    NetworkNode learning = new NetworkNode(SETTINGS, 10 * HOUR);
    NetworkState payer = new NetworkState();
    assertThat(learning.pays(payer, "t", HOUR, 5, "a", "b", hits::add)).isNull();
    assertThat(learning.pays(payer, "u", 11 * HOUR, 5, "a", "b", hits::add)).isNull();
    assertThat(learning.pays(payer, "v", 11 * HOUR, 5, "a", "c", hits::add)).isNotNull();
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(
            () -> new NetworkSettings(HOUR, 10, 0, 512, 64, 40, 4, HOUR, 3, 3, 4, HOUR, 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trails is 0");
  }
}
