package dev.zhifu.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.network.NetworkShapes;
import dev.zhifu.jobs.network.NetworkStep;
import dev.zhifu.jobs.settings.BankChannels;
import dev.zhifu.jobs.trace.AccountRecord;
import dev.zhifu.jobs.trace.Examiner;
import dev.zhifu.jobs.trace.LedgerTrace;
import dev.zhifu.jobs.trace.TraceListing;
import dev.zhifu.rules.money.LedgerDay;
import dev.zhifu.rules.money.Movement;
import dev.zhifu.rules.money.Party;
import dev.zhifu.rules.money.network.NetworkSettings;
import dev.zhifu.rules.money.network.TrailMessage;
import dev.zhifu.rules.money.trace.TraceSettings;
import dev.zhifu.wire.LifeTransition;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.OrderState;
import dev.zhifu.wire.RecoveryAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: no clock of the recovery job is lost or doubled when it fails and comes back with another
 * number of subtasks. Method: for each operator that sets timers, one seeded run over many keys; at
 * random points it fails, goes from two subtasks to one and back, and reads again from its last
 * snapshot. What it says, and how many clocks run after each step of time, equals one undisturbed
 * run. {@code -Dclock.seed=N -Dclock.seeds=1} plays one seed again.
 */
public class ClockRescaleTest {
  /** Uids of the operators covered; {@code RecoveryStateTest} holds them against the job. */
  public static final Set<String> COVERED =
      Set.of(RecoveryFunction.UID, StopWatchFunction.UID, LedgerTrace.UID, NetworkShapes.UID);

  private static final int GROUPS = 128;
  private static final int[] SUBTASKS = {2, 1, 2};
  private static final long SEED = Long.getLong("clock.seed", 1);
  private static final int SEEDS = Integer.getInteger("clock.seeds", 5);
  private static final Instant T0 = Instant.parse("2026-06-01T02:00:00Z");
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  static Stream<Clocked<?, ?, ?>> operators() {
    return Stream.of(new Lives(), new Watch(), new Ledger(), new Shapes());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void noClockIsLostOrDoubledWhenTheJobFailsAndIsRescaled(Clocked<?, ?, ?> clocked)
      throws Exception {
    assertThat(COVERED).contains(clocked.uid());
    for (long seed = SEED; seed < SEED + SEEDS; seed++) {
      // Entries can be counted on the heap alone; in production state lies in RocksDB.
      compare(clocked, seed, seed % 2 == 0);
    }
  }

  private static <I, B, O> void compare(Clocked<I, B, O> clocked, long seed, boolean rocks)
      throws Exception {
    List<Step<I>> story = clocked.story(new Random(seed));
    Run<I, B, O> straight = new Run<>(clocked, rocks);
    straight.open(1, null);
    straight.feed(story);
    straight.close();
    assertThat(straight.clocks).as("seed %d of %s: clocks ran", seed, clocked).isPositive();
    assertThat(straight.clocksNow)
        .as("seed %d of %s: and rang", seed, clocked)
        .isLessThan(straight.clocks);

    Random random = new Random(seed);
    Run<I, B, O> run = new Run<>(clocked, rocks);
    run.open(SUBTASKS[0], null);
    List<String> said = new ArrayList<>();
    int next = 0;
    for (int i = 1; i < SUBTASKS.length; i++) {
      int saveAt = next + random.nextInt(Math.max(1, (story.size() - next) * 2 / 3));
      int failAt = saveAt + random.nextInt(story.size() - saveAt);
      run.feed(story.subList(next, saveAt));
      said.addAll(run.said());
      Saved saved = run.snapshot(i);
      run.feed(story.subList(saveAt, failAt));
      run.said(); // what is said after the snapshot is never committed
      run.close();
      run.open(SUBTASKS[i], saved);
      next = saveAt;
    }
    run.feed(story.subList(next, story.size()));
    said.addAll(run.said());
    run.close();
    List<String> expected = straight.said();
    expected.sort(null);
    said.sort(null);
    assertThat(said).as("seed %d of %s", seed, clocked).isEqualTo(expected);
  }

  /** One thing that happens: an input, or event time that has passed when there is none. */
  private record Step<I>(I input, long at) {}

  /** A snapshot of all subtasks, and the time it was taken at; 0 for none. */
  private record Saved(OperatorSubtaskState whole, int subtasks, long now) {}

  /** Keys' own stories in their order, dealt into one, with time passing between. */
  private static <I> List<Step<I>> dealt(
      List<List<I>> stories, long stepMs, Random random, List<Long> then) {
    List<Deque<I>> left = new ArrayList<>();
    stories.forEach(story -> left.add(new ArrayDeque<>(story)));
    List<Step<I>> steps = new ArrayList<>();
    long now = T0.toEpochMilli();
    steps.add(new Step<>(null, now));
    while (!left.isEmpty()) {
      Deque<I> one = left.get(random.nextInt(left.size()));
      steps.add(new Step<>(one.poll(), 0));
      if (one.isEmpty()) {
        left.remove(one);
      }
      if (random.nextInt(3) == 0) {
        now += random.nextLong(stepMs);
        steps.add(new Step<>(null, now));
      }
    }
    for (long at : then) {
      steps.add(new Step<>(null, Math.max(now, T0.toEpochMilli() + at)));
    }
    return steps;
  }

  /** The broadcast of an operator that hears of the lists, by its name in the state. */
  private static MapStateDescriptor<String, ListEntry> lists(String name) {
    return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(ListEntry.class));
  }

  // ---- the operators

  private abstract static class Clocked<I, B, O> {
    abstract String uid();

    abstract CoBroadcastWithKeyedOperator<String, I, B, O> operator();

    /** Captures nothing: the harness serializes it. */
    abstract KeySelector<I, String> keys();

    abstract TypeInformation<O> out();

    abstract List<Step<I>> story(Random random);

    abstract void opened(KeyedBroadcastOperatorTestHarness<String, I, B, O> subtask)
        throws Exception;

    abstract void time(KeyedBroadcastOperatorTestHarness<String, I, B, O> subtask, long at)
        throws Exception;

    abstract String words(O said);

    List<OutputTag<?>> sides() {
      return List.of();
    }

    /** What comes back as an input; null for what does not. */
    I back(O said) {
      return null;
    }

    @Override
    public String toString() {
      return uid();
    }
  }

  /** Those whose time is the ticks'. */
  private abstract static class Ticked<I, O> extends Clocked<I, RecoveryControl, O> {
    @Override
    void opened(KeyedBroadcastOperatorTestHarness<String, I, RecoveryControl, O> subtask)
        throws Exception {
      subtask.processWatermark(Watermark.MAX_WATERMARK);
      subtask.processBroadcastElement(RecoveryControl.readBack(Map.of()), 0);
    }

    @Override
    void time(KeyedBroadcastOperatorTestHarness<String, I, RecoveryControl, O> subtask, long at)
        throws Exception {
      subtask.processBroadcastElement(RecoveryControl.tick(at), 0);
      subtask.processBroadcastWatermark(new Watermark(at));
    }
  }

  /** Those whose time is the transactions'. */
  private abstract static class Booked<I, O> extends Clocked<I, TraceListing, O> {
    @Override
    void opened(KeyedBroadcastOperatorTestHarness<String, I, TraceListing, O> subtask)
        throws Exception {
      subtask.processBroadcastElement(new StreamRecord<>(TraceListing.read()));
    }

    @Override
    void time(KeyedBroadcastOperatorTestHarness<String, I, TraceListing, O> subtask, long at)
        throws Exception {
      subtask.processWatermark(new Watermark(at));
      subtask.processBroadcastWatermark(new Watermark(at));
    }
  }

  /** Freezes with their warnings and ends, risk holds with their ends and their forgetting. */
  private static final class Lives extends Ticked<RecoveryInput, LifeTransition> {
    @Override
    String uid() {
      return RecoveryFunction.UID;
    }

    @Override
    CoBroadcastWithKeyedOperator<String, RecoveryInput, RecoveryControl, LifeTransition>
        operator() {
      return new CoBroadcastWithKeyedOperator<>(
          new RecoveryFunction(RecoveryKeys.ofDemo(), new BankChannels(List.of("B01"), List.of())),
          List.of(RecoveryFunction.BROADCAST));
    }

    @Override
    KeySelector<RecoveryInput, String> keys() {
      return RecoveryInput::caseId;
    }

    @Override
    TypeInformation<LifeTransition> out() {
      return TypeInformation.of(LifeTransition.class);
    }

    @Override
    List<Step<RecoveryInput>> story(Random random) {
      List<List<RecoveryInput>> stories = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        stories.add(RecoveryFunctionTest.story("case-" + i));
        stories.add(RiskHoldStoryTest.unlifted("hold-" + i, random.nextBoolean()));
      }
      return dealt(
          stories,
          20 * MINUTE,
          random,
          List.of(DAY, DAY + 30 * MINUTE, 2 * DAY, 177 * DAY, 182 * DAY, 184 * DAY, 200 * DAY));
    }

    @Override
    String words(LifeTransition said) {
      return said.toString();
    }

    @Override
    List<OutputTag<?>> sides() {
      return List.of(
          RecoveryFunction.ALARMS,
          RecoveryFunction.NOTICES,
          RecoveryFunction.REQUESTS,
          RecoveryFunction.STATES,
          RecoveryFunction.AUDIT);
    }
  }

  /** Orders whose banks answer late or in time, and banks' own stops that an order must follow. */
  private static final class Watch extends Ticked<StopWatchInput, RecoveryAlarm> {
    @Override
    String uid() {
      return StopWatchFunction.UID;
    }

    @Override
    CoBroadcastWithKeyedOperator<String, StopWatchInput, RecoveryControl, RecoveryAlarm>
        operator() {
      return new CoBroadcastWithKeyedOperator<>(
          new StopWatchFunction(Duration.ofHours(24), new BankChannels(List.of("B01"), List.of())),
          List.of(StopWatchFunction.BROADCAST));
    }

    @Override
    KeySelector<StopWatchInput, String> keys() {
      return StopWatchInput::key;
    }

    @Override
    TypeInformation<RecoveryAlarm> out() {
      return TypeInformation.of(RecoveryAlarm.class);
    }

    @Override
    List<Step<StopWatchInput>> story(Random random) {
      List<List<StopWatchInput>> stories = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String order = "order-" + i;
        String account = "mule-" + i;
        var sent = StopWatchFunctionTest.order(order, account, OrderState.SENT, 3);
        var active = StopWatchFunctionTest.order(order, account, OrderState.ACTIVE, 4);
        List<StopWatchInput> story = new ArrayList<>();
        story.add(StopWatchInput.of(sent));
        if (i % 4 != 0) {
          story.add(StopWatchInput.of(StopWatchFunctionTest.stopped(order, account, T0)));
          story.add(StopWatchInput.of(active));
        }
        story.add(StopWatchInput.of(sent));
        stories.add(story);
        List<StopWatchInput> own =
            new ArrayList<>(
                StopWatchInput.ownStops(
                    StopWatchFunctionTest.ownStop("report-" + i, "own-" + account, T0)));
        own.add(
            StopWatchInput.onAccount(
                StopWatchFunctionTest.order(
                    "own-" + order,
                    "own-" + account,
                    i % 2 == 0 ? OrderState.SENT : OrderState.DRAFT,
                    2)));
        stories.add(own);
      }
      return dealt(
          stories,
          2 * MINUTE,
          random,
          List.of(DAY - 240 * MINUTE, DAY, DAY + 60 * MINUTE, 36 * 60 * MINUTE, 2 * DAY, 5 * DAY));
    }

    @Override
    String words(RecoveryAlarm said) {
      return said.toString();
    }
  }

  /** Days of ledgers that are forgotten, and a freeze that keeps one. */
  private static final class Ledger extends Booked<AccountRecord, AccountRecord> {
    @Override
    String uid() {
      return LedgerTrace.UID;
    }

    @Override
    CoBroadcastWithKeyedOperator<String, AccountRecord, TraceListing, AccountRecord> operator() {
      return new CoBroadcastWithKeyedOperator<>(
          new LedgerTrace(TraceSettings.everything(), 30, () -> 0),
          List.of(lists("ledger.lists.v1")));
    }

    @Override
    KeySelector<AccountRecord, String> keys() {
      return AccountRecord::key;
    }

    @Override
    TypeInformation<AccountRecord> out() {
      return TypeInformation.of(AccountRecord.class);
    }

    @Override
    List<Step<AccountRecord>> story(Random random) {
      List<List<AccountRecord>> stories = new ArrayList<>();
      List<AccountRecord> letGo = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String account = "a" + i;
        List<AccountRecord> story = new ArrayList<>();
        for (int entry = 0; entry < 6; entry++) {
          long at = T0.toEpochMilli() + random.nextInt(5) * DAY;
          LedgerDay day = new LedgerDay();
          day.add(
              Movement.credit(
                  "B:" + i + "." + entry, at, 1 + entry, Party.personal("payer", "B01")));
          story.add(new AccountRecord(account, LedgerDay.dayOf(at), day.toBytes()));
        }
        if (i % 3 == 0) {
          story.add(Examiner.ask(account, "freeze-" + i, "case-" + i, T0));
          letGo.add(Examiner.letGo(account, "freeze-" + i, "case-" + i, T0));
        }
        stories.add(story);
      }
      List<Step<AccountRecord>> steps =
          dealt(stories, MINUTE, random, List.of(31 * DAY, 33 * DAY, 34 * DAY, 40 * DAY));
      letGo.forEach(one -> steps.add(new Step<>(one, 0)));
      for (int day = 41; day < 44; day++) {
        steps.add(new Step<>(null, T0.toEpochMilli() + day * DAY));
      }
      return steps;
    }

    @Override
    String words(AccountRecord said) {
      throw new AssertionError("nothing is traced here: " + said);
    }

    @Override
    List<OutputTag<?>> sides() {
      return List.of(LedgerTrace.EXAMINED);
    }
  }

  /** Steps that are forgotten after a window, partners after half a year. */
  private static final class Shapes extends Booked<NetworkStep, NetworkStep> {
    @Override
    String uid() {
      return NetworkShapes.UID;
    }

    @Override
    CoBroadcastWithKeyedOperator<String, NetworkStep, TraceListing, NetworkStep> operator() {
      return new CoBroadcastWithKeyedOperator<>(
          new NetworkShapes(NetworkSettings.defaults(), Duration.ZERO),
          List.of(lists("network.lists.v1")));
    }

    @Override
    KeySelector<NetworkStep, String> keys() {
      return NetworkStep::account;
    }

    @Override
    TypeInformation<NetworkStep> out() {
      return TypeInformation.of(NetworkStep.class);
    }

    @Override
    List<Step<NetworkStep>> story(Random random) {
      List<List<NetworkStep>> stories = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        List<NetworkStep> story = new ArrayList<>();
        for (int payment = 0; payment < 5; payment++) {
          story.add(
              NetworkStep.pays(
                  new TrailMessage(
                      "t" + i + "." + payment,
                      T0.toEpochMilli() + payment * DAY,
                      1_000,
                      "a" + i,
                      "a" + (i + 1 + random.nextInt(7)) % 8,
                      List.of())));
        }
        stories.add(story);
      }
      return dealt(
          stories,
          60 * MINUTE,
          random,
          List.of(6 * DAY, 8 * DAY, 15 * DAY, 22 * DAY, 180 * DAY, 186 * DAY, 200 * DAY));
    }

    @Override
    String words(NetworkStep said) {
      return said.account() + " " + said.told() + " " + Arrays.toString(said.body());
    }

    @Override
    List<OutputTag<?>> sides() {
      return List.of(NetworkShapes.SHAPES);
    }

    @Override
    NetworkStep back(NetworkStep said) {
      return said;
    }
  }

  // ---- the subtasks

  private static final class Run<I, B, O> {
    private final Clocked<I, B, O> clocked;
    private final boolean rocks;
    private final List<KeyedBroadcastOperatorTestHarness<String, I, B, O>> subtasks =
        new ArrayList<>();
    private List<String> said = new ArrayList<>();
    private long now;
    private int clocks;
    private int clocksNow;

    private Run(Clocked<I, B, O> clocked, boolean rocks) {
      this.clocked = clocked;
      this.rocks = rocks;
    }

    private void open(int parallelism, Saved saved) throws Exception {
      subtasks.clear();
      for (int i = 0; i < parallelism; i++) {
        var one =
            new KeyedBroadcastOperatorTestHarness<String, I, B, O>(
                clocked.operator(), clocked.keys(), Types.STRING, GROUPS, parallelism, i);
        one.setStateBackend(rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        one.setup(clocked.out().createSerializer(new SerializerConfigImpl()));
        if (saved != null) {
          one.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  saved.whole, GROUPS, saved.subtasks, parallelism, i));
        }
        one.open();
        clocked.opened(one);
        subtasks.add(one);
      }
      now = saved == null ? 0 : saved.now;
      if (now > 0) {
        // The clock is read again from where it stood: what rings now had rung before.
        pass(now);
      }
    }

    private void feed(List<Step<I>> steps) throws Exception {
      for (Step<I> step : steps) {
        if (step.input() == null) {
          now = step.at();
          pass(now);
          clocksNow = 0;
          int entries = 0;
          for (var one : subtasks) {
            clocksNow += one.numEventTimeTimers();
            entries += rocks ? 0 : entries(one.getOperator());
          }
          clocks = Math.max(clocks, clocksNow);
          said.add("at " + now + ": " + clocksNow + " clocks, " + entries + " entries");
        } else {
          send(step.input());
        }
      }
    }

    private static int entries(Object operator) {
      AbstractStreamOperator<?> of = (AbstractStreamOperator<?>) operator;
      return ((HeapKeyedStateBackend<?>) of.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private void send(I input) throws Exception {
      int index =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              clocked.keys().getKey(input), GROUPS, subtasks.size());
      subtasks.get(index).processElement(new StreamRecord<>(input));
      take(subtasks.get(index));
    }

    private void pass(long at) throws Exception {
      for (var one : subtasks) {
        clocked.time(one, at);
        take(one);
      }
    }

    private void take(KeyedBroadcastOperatorTestHarness<String, I, B, O> one) throws Exception {
      List<O> out = new ArrayList<>(one.extractOutputValues());
      one.getOutput().clear();
      for (OutputTag<?> tag : clocked.sides()) {
        var side = one.getSideOutput(tag);
        while (side != null && !side.isEmpty()) {
          said.add(tag.getId() + " " + side.poll().getValue());
        }
      }
      for (O each : out) {
        said.add(clocked.words(each));
        I back = clocked.back(each);
        if (back != null) {
          send(back);
        }
      }
    }

    private List<String> said() {
      List<String> all = said;
      said = new ArrayList<>();
      return all;
    }

    private Saved snapshot(long id) throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
      for (int i = 0; i < states.length; i++) {
        states[i] = subtasks.get(i).snapshot(id, id);
      }
      return new Saved(
          AbstractStreamOperatorTestHarness.repackageState(states), states.length, now);
    }

    private void close() throws Exception {
      for (var one : subtasks) {
        one.close();
      }
    }
  }
}
