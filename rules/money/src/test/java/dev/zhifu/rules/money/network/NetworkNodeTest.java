package dev.zhifu.rules.money.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkNodeTest {
  private static final long HOUR = 3_600_000L;
  private static final NetworkSettings SETTINGS = NetworkSettings.defaults();

  private final Map<String, NetworkState> states = new HashMap<>();
  private final Map<String, PaidBefore> paid = new HashMap<>();
  private final List<NetworkHit> hits = new ArrayList<>();
  private final NetworkNode node = new NetworkNode(SETTINGS, 0);
  private int number;
  private int most;

  private String pay(long at, String payer, String payee, long fen) {
    String id = "t" + number++;
    tell(pays(at, id, payer, payee, fen));
    return id;
  }

  private TrailMessage pays(long at, String id, String payer, String payee, long fen) {
    if (!paid.computeIfAbsent(payer, any -> new PaidBefore(SETTINGS.partners())).isFirst(payee)) {
      return null;
    }
    state(payer).remembers(paid.get(payer).size());
    return node.pays(state(payer), payment(id, at, fen, payer, payee), hits::add);
  }

  private static TrailMessage payment(String id, long at, long fen, String payer, String payee) {
    return new TrailMessage(id, at, fen, payer, payee, List.of());
  }

  private void tell(TrailMessage message) {
    if (message != null) {
      most = Math.max(most, message.trails().size());
      node.isPaid(state(message.payee()), message, hits::add, this::tell);
    }
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
      int before = hits.size();
      TrailMessage told = pays(at, "t" + i, payer, payee, fen);
      tell(told);
      if (told != null || hits.size() > before) {
        NetworkState from = read(stored.get(payer));
        from.remembers(paid.get(payer).size());
        TrailMessage message =
            other.pays(from, payment("t" + i, at, fen, payer, payee), again::add);
        stored.put(payer, from.toBytes());
        assertThat(message).isEqualTo(told);
        NetworkState to = read(stored.get(payee));
        other.isPaid(to, TrailMessage.of(message.toBytes()), again::add, more -> {});
        stored.put(payee, to.toBytes());
      }
    }
    assertThat(hits).isNotEmpty();
    assertThat(again).isEqualTo(hits);
  }

  private static NetworkState read(byte[] bytes) {
    return bytes == null ? new NetworkState() : NetworkState.of(bytes);
  }

  private List<NetworkHit> of(NetworkRule kind) {
    return hits.stream().filter(hit -> hit.kind() == kind).toList();
  }

  @Test
  void moneyThatComesBackToWhereItBeganIsACycle() {
    String one = pay(HOUR, "a", "b", 500);
    String two = pay(2 * HOUR, "b", "c", 90);
    String three = pay(3 * HOUR, "c", "a", 700);

    assertThat(of(NetworkRule.CYCLE))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.account()).isEqualTo("a");
              assertThat(hit.ids()).containsExactly(one, two, three);
              assertThat(hit.kind().id()).isEqualTo("G01");
            });
  }

  @Test
  void aCycleAgainstTheOrderOfTimeIsNone() {
    pay(3 * HOUR, "a", "b", 500);
    pay(2 * HOUR, "b", "c", 500);
    pay(4 * HOUR, "c", "a", 500);
    assertThat(of(NetworkRule.CYCLE)).isEmpty();
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
    assertThat(of(NetworkRule.CYCLE)).isEmpty();
  }

  @Test
  void onlyFirstPaymentsMakeAShape() {
    pay(HOUR, "b", "c", 10);
    pay(SETTINGS.windowMs() + 2 * HOUR, "a", "b", 500);
    pay(SETTINGS.windowMs() + 3 * HOUR, "b", "c", 500);
    pay(SETTINGS.windowMs() + 4 * HOUR, "c", "a", 500);
    assertThat(of(NetworkRule.CYCLE)).as("b has paid c before").isEmpty();
  }

  @Test
  void threeBetweenTwoEndsScatterAndGather() {
    for (int i = 0; i < 3; i++) {
      pay(HOUR + i, "source", "between" + i, 500);
    }
    pay(2 * HOUR, "between0", "sink", 400);
    pay(2 * HOUR + 1, "between1", "sink", 400);
    assertThat(of(NetworkRule.SCATTER_GATHER)).isEmpty();
    pay(2 * HOUR + 2, "between2", "sink", 400);

    assertThat(of(NetworkRule.SCATTER_GATHER))
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
    assertThat(of(NetworkRule.GATHER_SCATTER)).isEmpty();
    pay(2 * HOUR + 3, "mule", "payee3", 500);
    assertThat(of(NetworkRule.GATHER_SCATTER))
        .singleElement()
        .satisfies(hit -> assertThat(hit.ids()).hasSize(8));
  }

  @ParameterizedTest
  @CsvSource({
    // hours from the first payer to the last, from there to the first payee, from the first to the
    // last
    "11, 13, 11, true",
    "12, 13, 11, false",
    "11, 13, 12, false",
    "11, 30, 11, true",
  })
  void aFanTakesLessThanTwelveHours(long in, long rest, long out, boolean found) {
    for (int i = 0; i < 4; i++) {
      pay(HOUR + (i == 3 ? in * HOUR : i), "payer" + i, "mule", 500);
    }
    long from = (1 + in + rest) * HOUR;
    for (int i = 0; i < 4; i++) {
      pay(from + (i == 3 ? out * HOUR : i), "mule", "payee" + i, 500);
    }
    assertThat(of(NetworkRule.GATHER_SCATTER)).hasSize(found ? 1 : 0);
  }

  @Test
  void fourOutAndThenFourInDoNot() {
    for (int i = 0; i < 4; i++) {
      pay(HOUR + i, "mule", "payee" + i, 500);
    }
    for (int i = 0; i < 4; i++) {
      pay(2 * HOUR + i, "payer" + i, "mule", 500);
    }
    assertThat(of(NetworkRule.GATHER_SCATTER)).isEmpty();
  }

  @Test
  void accountAfterAccountHandsOnMostOfItSoon() {
    pay(HOUR, "a", "b", 1000);
    pay(2 * HOUR, "b", "c", 950);
    pay(3 * HOUR, "c", "d", 900);
    pay(4 * HOUR, "d", "e", 100);
    assertThat(of(NetworkRule.LAYERED_CHAIN)).as("d kept most of it").isEmpty();
    pay(5 * HOUR, "d", "f", 800);
    assertThat(of(NetworkRule.LAYERED_CHAIN))
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

  /** Prints what docs/network.md states: tokens and ids of usual length. */
  @Test
  void theBytesOfAnAccount() {
    int[] usual = bytes(20_000, 80_000, 1);
    int[] dense = bytes(400, 16_000, 3);
    System.out.printf(
        "bytes of an account's steps: %d on average and %d at most with four first payments in a week"
            + " among many accounts; %d on average and %d at most with forty among few%n",
        usual[0], usual[1], dense[0], dense[1]);
    assertThat(usual[0]).isBetween(100, 20_000);
    assertThat(dense[1]).isLessThan(100_000);
  }

  /** Average and largest, after a week of first payments; some accounts are paid more often. */
  private int[] bytes(int accounts, int payments, double skew) {
    Map<String, NetworkState> all = new HashMap<>();
    Map<String, PaidBefore> before = new HashMap<>();
    Random random = new Random(5);
    for (int i = 0; i < payments; i++) {
      String payer = token(random.nextInt(accounts));
      String payee = token((int) (accounts * Math.pow(random.nextDouble(), skew)));
      if (before.computeIfAbsent(payer, any -> new PaidBefore(512)).isFirst(payee)) {
        NetworkState from = all.computeIfAbsent(payer, any -> new NetworkState());
        from.remembers(before.get(payer).size());
        TrailMessage told =
            node.pays(
                from,
                payment(
                    String.format("B%02d:T%010d:COMPLETED", i % 12, i * 7919L),
                    i * (SETTINGS.windowMs() / payments),
                    random.nextInt(1_000_000),
                    payer,
                    payee),
                hit -> {});
        if (told != null) {
          NetworkState to = all.computeIfAbsent(payee, any -> new NetworkState());
          node.isPaid(to, told, hit -> {}, more -> {});
        }
      }
    }
    return new int[] {
      (int) all.values().stream().mapToInt(one -> one.toBytes().length).average().orElseThrow(),
      all.values().stream().mapToInt(one -> one.toBytes().length).max().orElseThrow()
    };
  }

  private static String token(int account) {
    return String.format("%016x%016x", account * 0x9E3779B97F4A7C15L, (long) account);
  }

  @Test
  void whileItLearnsNothingIsAFirstPayment() {
    NetworkNode learning = new NetworkNode(SETTINGS, 10 * HOUR);
    NetworkState payer = new NetworkState();
    assertThat(learning.pays(payer, payment("t", HOUR, 5, "a", "b"), hits::add)).isNull();
    assertThat(payer.newestMs()).isEqualTo(Long.MIN_VALUE);
    assertThat(learning.pays(payer, payment("v", 11 * HOUR, 5, "a", "c"), hits::add)).isNotNull();
  }

  /**
   * Messages wait, come doubled and in any order; what is found in the end is the same. A gather
   * and scatter takes the newest day of payers: one that is said while a message is on its way may
   * be said of the day before.
   */
  @Test
  void theOrderOfMessagesChangesNothing() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<TrailMessage> payments = graph(random);
      Set<List<String>> orderly = new HashSet<>();
      Set<List<String>> late = new HashSet<>();
      Network inTurn = new Network(WIDE, orderly);
      payments.forEach(inTurn::pay);
      inTurn.deliver(random, 1.0);
      Network waiting = new Network(WIDE, late);
      for (TrailMessage payment : payments) {
        waiting.pay(payment);
        waiting.deliver(random, 0.2);
      }
      waiting.deliver(random, 1.0);
      Network atOnce = new Network(WIDE, new HashSet<>());
      for (TrailMessage payment : payments) {
        atOnce.pay(payment);
        atOnce.deliver(random, 1.0);
      }
      Set<List<String>> wanted = largest(atOnce.found);
      assertThat(without(NetworkRule.GATHER_SCATTER, late))
          .as("seed " + seed)
          .isEqualTo(without(NetworkRule.GATHER_SCATTER, wanted));
      assertThat(without(NetworkRule.GATHER_SCATTER, orderly))
          .as("seed " + seed)
          .isEqualTo(without(NetworkRule.GATHER_SCATTER, wanted));
      assertThat(late).as("seed " + seed).containsAll(wanted);
      assertThat(waiting.trails()).as("seed " + seed).isEqualTo(atOnce.trails());
    }
  }

  /** So many trails that no bound is met. */
  private static final NetworkSettings WIDE =
      new NetworkSettings(
          7 * 24 * HOUR, 10, 256, 512, 64, 40, 3, 24 * HOUR, 3, 3, 4, 24 * HOUR, 0.8);

  private static List<TrailMessage> graph(Random random) {
    List<TrailMessage> payments = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < 60; i++) {
      at += random.nextInt(4) * HOUR;
      payments.add(
          payment(
              "t" + i,
              at,
              random.nextInt(3) == 0 ? 900 : 1000,
              "a" + random.nextInt(16),
              "a" + random.nextInt(16)));
    }
    return payments;
  }

  /** Of a shape that grew what was said last: nothing said is part of another of its ends. */
  private static Set<List<String>> largest(Set<List<String>> found) {
    Set<List<String>> largest = new HashSet<>();
    for (List<String> one : found) {
      boolean grew =
          found.stream()
              .anyMatch(
                  other ->
                      other.size() > one.size()
                          && other.subList(0, 3).equals(one.subList(0, 3))
                          && other.containsAll(one));
      if (!grew) {
        largest.add(one);
      }
    }
    return largest;
  }

  private static Set<List<String>> without(NetworkRule rule, Set<List<String>> found) {
    return largest(found).stream()
        .filter(one -> !one.get(0).equals(rule.id()))
        .collect(Collectors.toSet());
  }

  /** Accounts between which messages lie about. */
  private static final class Network {
    private final NetworkNode node;
    private final Map<String, NetworkState> states = new HashMap<>();
    private final Map<String, PaidBefore> paid = new HashMap<>();
    private final List<TrailMessage> onTheWay = new ArrayList<>();
    private final Set<List<String>> found;

    Network(NetworkSettings settings, Set<List<String>> found) {
      this.node = new NetworkNode(settings, 0);
      this.found = found;
    }

    void pay(TrailMessage payment) {
      PaidBefore before = paid.computeIfAbsent(payment.payer(), any -> new PaidBefore(512));
      if (before.isFirst(payment.payee())) {
        NetworkState payer = state(payment.payer());
        payer.remembers(before.size());
        TrailMessage told = node.pays(payer, payment, this::found);
        if (told != null) {
          onTheWay.add(told);
        }
      }
    }

    /** Delivers some of what is on the way, in any order, some of it twice. */
    void deliver(Random random, double share) {
      List<TrailMessage> kept = new ArrayList<>();
      while (!onTheWay.isEmpty()) {
        TrailMessage message = onTheWay.remove(random.nextInt(onTheWay.size()));
        if (random.nextDouble() < share) {
          hear(message);
          if (random.nextInt(3) == 0) {
            hear(message);
          }
        } else {
          kept.add(message);
        }
      }
      onTheWay.addAll(kept);
    }

    private void hear(TrailMessage message) {
      node.isPaid(state(message.payee()), message, this::found, onTheWay::add);
    }

    private void found(NetworkHit hit) {
      List<String> said = new ArrayList<>(List.of(hit.kind().id(), hit.account(), hit.other()));
      hit.ids().stream().sorted().forEach(said::add);
      found.add(said);
    }

    Map<String, List<Trail>> trails() {
      Map<String, List<Trail>> all = new TreeMap<>();
      states.forEach(
          (account, state) -> state.in.forEach(step -> all.put(step.id(), step.trails())));
      return all;
    }

    private NetworkState state(String account) {
      return states.computeIfAbsent(account, any -> new NetworkState());
    }
  }

  /** After a stop a job reads payments faster than what accounts tell each other comes back. */
  @Test
  void whatIsToldAgainStaysWithinBounds() {
    Random random = new Random(11);
    Network network = new Network(SETTINGS, new HashSet<>());
    int payments = 4_000;
    for (int i = 0; i < payments; i++) {
      network.pay(
          payment(
              "t" + i,
              i * (SETTINGS.windowMs() / payments),
              1000,
              "a" + random.nextInt(1_000),
              "a" + random.nextInt(1_000)));
    }
    int first = network.onTheWay.size();
    int told = 0;
    while (!network.onTheWay.isEmpty()) {
      network.hear(network.onTheWay.remove(0));
      told++;
    }
    double again = (told - first) / (double) first;
    System.out.printf(
        "told again with a week's payments before the first message: %.1f for each of %d%n",
        again, first);
    assertThat(again).isBetween(0.1, 20.0);
  }

  @Test
  void ofSeveralShapesOfOneMovementTheClearestSpeaks() {
    pay(HOUR, "a", "b", 500);
    pay(2 * HOUR, "b", "c", 500);
    pay(2 * HOUR, "b", "d", 500);
    pay(3 * HOUR, "d", "c", 500);
    hits.clear();
    pay(4 * HOUR, "c", "a", 500);
    assertThat(of(NetworkRule.CYCLE)).hasSize(2);
    assertThat(NetworkHit.clearest(hits))
        .filteredOn(hit -> hit.kind() == NetworkRule.CYCLE)
        .singleElement()
        .satisfies(hit -> assertThat(hit.ids()).hasSize(3));
  }

  @Test
  void noShapeAloneNorAllTogetherReachTheScoreOfAHold() {
    double rest = 1;
    for (NetworkRule rule : NetworkRule.values()) {
      rest *= 1 - rule.weight();
      assertThat(NetworkRule.of(rule.id())).contains(rule);
    }
    assertThat(1 - rest).isLessThan(0.6);
    assertThat(NetworkRule.of("M01")).isEmpty();
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(
            () -> new NetworkSettings(HOUR, 10, 0, 512, 64, 40, 4, HOUR, 3, 3, 4, HOUR, 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trails is 0");
  }
}
