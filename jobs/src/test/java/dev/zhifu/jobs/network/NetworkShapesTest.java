package dev.zhifu.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.rules.money.network.NetworkHit;
import dev.zhifu.rules.money.network.NetworkNode;
import dev.zhifu.rules.money.network.NetworkRule;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.NetworkState;
import dev.zhifu.rules.money.network.PaidBefore;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.ListKind;
import dev.zhifu.wire.ListSubject;
import dev.zhifu.wire.NetworkShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The operator says what the plain class says, whatever the order in which messages come back, with
 * copies, across restores and at another parallelism. 60 random graphs by default; {@code
 * -Dnetwork.cases=10000} runs more, {@code -Dmoney.seed=N -Dnetwork.cases=1} plays one again.
 */
public class NetworkShapesTest {
  private static final int CASES = Integer.getInteger("network.cases", 60);
  private static final long SEED = Long.getLong("money.seed", 20_261_128L);
  private static final int GROUPS = 128;
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final Duration NOTHING_TO_LEARN = Duration.ZERO;

  /** So many trails that no bound is met: what is cut depends on what has come. */
  private static final NetworkSettings WIDE =
      new NetworkSettings(7 * DAY, 10, 256, 512, 64, 40, 3, DAY, 3, 3, 4, DAY, 0.8);

  @Test
  void theOperatorFindsWhatThePlainClassFindsWhateverTheOrderAcrossRestoresAndRescale()
      throws Exception {
    long shapes = 0;
    for (int i = 0; i < CASES; i++) {
      shapes += compare(SEED + i);
    }
    System.out.printf(
        "shapes in the job against the plain class: %d graphs from seed %d, %d shapes, 0 differences%n",
        CASES, SEED, shapes);
    assertThat(shapes).isPositive();
  }

  /** Shapes compared. */
  public static long compare(long seed) throws Exception {
    Random random = new Random(seed);
    List<TrailMessage> payments = graph(random);
    List<NetworkShape> wanted = plain(payments);
    Set<String> plain = facts(wanted);

    Run run = new Run(WIDE, NOTHING_TO_LEARN, random);
    run.open(1 + random.nextInt(3), null);
    run.readLists();
    int at = 0;
    for (int restores = 0; restores < 3; restores++) {
      int saveAt = at + random.nextInt(payments.size() - at + 1);
      run.take(payments.subList(at, saveAt));
      Saved saved = run.snapshot();
      // Heard and said after the snapshot, and then forgotten by the operator alone.
      run.take(payments.subList(saveAt, saveAt + random.nextInt(payments.size() - saveAt + 1)));
      run.close();
      run.open(1 + random.nextInt(3), saved);
      run.readLists();
      at = saveAt;
    }
    run.take(payments.subList(at, payments.size()));
    run.take(List.of(payments.get(random.nextInt(payments.size()))));
    run.drain();
    run.close();
    assertThat(facts(run.shapes)).as("seed %d", seed).isEqualTo(plain);
    assertThat(gathered(run.shapes)).as("seed %d", seed).containsAll(gathered(wanted));
    return plain.size() + gathered(wanted).size();
  }

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

  private static TrailMessage payment(String id, long at, long fen, String payer, String payee) {
    return new TrailMessage(id, at, fen, payer, payee, List.of());
  }

  private static List<NetworkShape> plain(List<TrailMessage> payments) {
    NetworkNode node = new NetworkNode(WIDE, 0);
    Map<String, NetworkState> states = new HashMap<>();
    Map<String, PaidBefore> paid = new HashMap<>();
    List<NetworkShape> shapes = new ArrayList<>();
    for (TrailMessage payment : payments) {
      PaidBefore before = paid.computeIfAbsent(payment.payer(), any -> new PaidBefore(512));
      if (before.isFirst(payment.payee())) {
        List<NetworkHit> hits = new ArrayList<>();
        NetworkState payer = states.computeIfAbsent(payment.payer(), any -> new NetworkState());
        payer.remembers(before.size());
        TrailMessage told = node.pays(payer, payment, hits::add);
        if (told != null) {
          NetworkState payee = states.computeIfAbsent(payment.payee(), any -> new NetworkState());
          node.isPaid(payee, told, hits::add, more -> {});
        }
        hits.forEach(hit -> shapes.add(NetworkRecords.record(hit)));
      }
    }
    return shapes;
  }

  /**
   * What must be the same: a circle or a chain by the transfer that closed it, a scatter and gather
   * by its ends with all that it grew to. A gather and scatter takes the newest day of payers, so
   * that one said while a payer's message was on its way may be another one ({@link #gathered}).
   */
  private static Set<String> facts(List<NetworkShape> shapes) {
    Set<String> facts = new TreeSet<>();
    Map<String, Set<String>> grown = new HashMap<>();
    for (NetworkShape shape : shapes) {
      String at = shape.getRuleId() + " " + shape.getAccount();
      switch (NetworkRule.of(shape.getRuleId()).orElseThrow()) {
        case CYCLE, LAYERED_CHAIN ->
            facts.add(
                at
                    + " "
                    + shape.getEvidence().stream()
                        .max(Comparator.comparing(Evidence::getOccurredAt))
                        .orElseThrow()
                        .getEventId());
        case SCATTER_GATHER -> {
          Set<String> all =
              grown.computeIfAbsent(at + " " + shape.getOther(), any -> new TreeSet<>());
          shape.getEvidence().forEach(one -> all.add(one.getEventId()));
        }
        case GATHER_SCATTER -> {
          // Compared by itself.
        }
      }
    }
    grown.forEach((ends, all) -> facts.add(ends + " " + all));
    return facts;
  }

  /** Accounts that gathered and scattered. */
  private static Set<String> gathered(List<NetworkShape> shapes) {
    Set<String> accounts = new TreeSet<>();
    for (NetworkShape shape : shapes) {
      if (shape.getRuleId().equals(NetworkRule.GATHER_SCATTER.id())) {
        accounts.add(shape.getAccount());
      }
    }
    return accounts;
  }

  @Test
  void anAccountIsForgottenByEventTime() throws Exception {
    Run run = new Run(NetworkSettings.defaults(), NOTHING_TO_LEARN, new Random(1));
    run.open(1, null);
    run.readLists();
    run.take(List.of(payment("t", HOUR, 5, "a", "b")));
    run.drain();
    assertThat(run.keyedEntries()).as("steps of two, and whom one has paid").isEqualTo(3);
    run.watermark(HOUR + 8 * DAY);
    assertThat(run.keyedEntries()).as("whom it has paid").isEqualTo(2);
    run.take(List.of(payment("u", HOUR + 9 * DAY, 5, "a", "c")));
    run.drain();
    run.watermark(HOUR + 24 * DAY);
    assertThat(run.keyedEntries()).as("whom it has paid, two by now").isEqualTo(2);
    assertThat(run.timers()).isEqualTo(1);
    run.watermark(HOUR + 200 * DAY);
    assertThat(run.keyedEntries()).isZero();
    run.close();
  }

  @Test
  void whatIsListedTakesNoPart() throws Exception {
    Run run = new Run(NetworkSettings.defaults(), NOTHING_TO_LEARN, new Random(2));
    run.open(1, null);
    run.list("b", ListKind.POOLED, 0, null);
    run.list("y", ListKind.HUB, 0, HOUR);
    run.readLists();
    run.circle("a", "b", "c", 2 * HOUR);
    run.circle("x", "y", "z", 6 * HOUR);
    assertThat(run.shapes)
        .as("b is listed; y was, before it paid")
        .extracting(NetworkShape::getAccount)
        .containsExactly("x");
    run.close();
  }

  @Test
  void firstPaymentsCountOnceTheListsAreReadAndADayHasTaught() throws Exception {
    Run run = new Run(NetworkSettings.defaults(), Duration.ofHours(24), new Random(3));
    run.open(1, null);
    run.circle("a", "b", "c", HOUR);
    run.readLists();
    run.circle("d", "e", "f", 10 * HOUR);
    assertThat(run.shapes).as("nobody can say yet who pays whom for the first time").isEmpty();
    Saved saved = run.snapshot();
    run.close();
    run.open(2, saved);
    run.readLists();
    run.circle("a", "b", "c", 30 * HOUR);
    assertThat(run.shapes).as("these go where they went before").isEmpty();
    run.circle("g", "h", "i", 30 * HOUR);
    assertThat(run.shapes).extracting(NetworkShape::getRuleId).containsExactly("G01");
    run.close();
  }

  /** A snapshot of all subtasks, and how far the topic had been read. */
  private record Saved(OperatorSubtaskState whole, int subtasks, int topicAt) {}

  /** The operator with its topic of messages, which come back late, and some of them twice. */
  private static final class Run {
    private final NetworkSettings settings;
    private final Duration learning;
    private final Random random;
    private final List<NetworkStep> topic = new ArrayList<>();
    private final List<NetworkShape> shapes = new ArrayList<>();
    private final List<
            KeyedBroadcastOperatorTestHarness<String, NetworkStep, TraceListing, NetworkStep>>
        subtasks = new ArrayList<>();
    private int topicAt;

    private Run(NetworkSettings settings, Duration learning, Random random) {
      this.settings = settings;
      this.learning = learning;
      this.random = random;
    }

    private void open(int parallelism, Saved saved) throws Exception {
      subtasks.clear();
      for (int i = 0; i < parallelism; i++) {
        var one =
            new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                    new NetworkShapes(settings, learning), List.of(NetworkShapes.LISTS)),
                NetworkStep::account,
                Types.STRING,
                GROUPS,
                parallelism,
                i);
        one.setup(
            TypeInformation.of(NetworkStep.class).createSerializer(new SerializerConfigImpl()));
        if (saved != null) {
          one.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  saved.whole(), GROUPS, saved.subtasks(), parallelism, i));
        }
        one.open();
        subtasks.add(one);
      }
      topicAt = saved == null ? topicAt : saved.topicAt();
    }

    private void readLists() throws Exception {
      for (var one : subtasks) {
        one.processBroadcastElement(new StreamRecord<>(TraceListing.read()));
      }
    }

    private void list(String account, ListKind kind, long from, Long to) throws Exception {
      ListEntry entry =
          new ListEntry(
              kind + ":ACCOUNT:" + account,
              kind,
              ListSubject.ACCOUNT,
              account,
              Instant.ofEpochMilli(from),
              to == null ? null : Instant.ofEpochMilli(to),
              "a list of this story",
              "centre");
      for (var one : subtasks) {
        one.processBroadcastElement(new StreamRecord<>(new TraceListing(entry)));
      }
    }

    private void circle(String one, String two, String three, long at) throws Exception {
      take(
          List.of(
              payment("1" + one + at, at, 500, one, two),
              payment("2" + one + at, at + HOUR, 500, two, three),
              payment("3" + one + at, at + 2 * HOUR, 500, three, one)));
      drain();
    }

    private void take(List<TrailMessage> payments) throws Exception {
      for (TrailMessage payment : payments) {
        send(NetworkStep.pays(payment));
        while (topicAt < topic.size() && random.nextInt(3) == 0) {
          send(topic.get(topicAt++));
        }
        if (topicAt > 0 && random.nextInt(4) == 0) {
          send(topic.get(random.nextInt(topicAt)));
        }
      }
    }

    private void drain() throws Exception {
      while (topicAt < topic.size()) {
        send(topic.get(topicAt++));
      }
    }

    private void send(NetworkStep step) throws Exception {
      int at =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              step.account(), GROUPS, subtasks.size());
      var one = subtasks.get(at);
      one.processElement(new StreamRecord<>(step));
      // Through the record of the topic, so that it carries all that counts.
      for (NetworkStep said : one.extractOutputValues()) {
        topic.add(NetworkTopology.told(NetworkRecords.record(said.message())));
      }
      one.getOutput().clear();
      var found = one.getSideOutput(NetworkShapes.SHAPES);
      while (found != null && !found.isEmpty()) {
        shapes.add(found.poll().getValue());
      }
    }

    private Saved snapshot() throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
      for (int i = 0; i < states.length; i++) {
        states[i] = subtasks.get(i).snapshot(1, 1);
      }
      return new Saved(
          AbstractStreamOperatorTestHarness.repackageState(states), states.length, topicAt);
    }

    private void watermark(long at) throws Exception {
      for (var one : subtasks) {
        one.watermark(at);
      }
    }

    private int timers() {
      return subtasks.stream()
          .mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers)
          .sum();
    }

    private int keyedEntries() {
      int entries = 0;
      for (var one : subtasks) {
        AbstractStreamOperator<?> of = (AbstractStreamOperator<?>) one.getOperator();
        entries += ((HeapKeyedStateBackend<?>) of.getKeyedStateBackend()).numKeyValueStateEntries();
      }
      return entries;
    }

    private void close() throws Exception {
      for (var one : subtasks) {
        one.close();
      }
    }
  }
}
