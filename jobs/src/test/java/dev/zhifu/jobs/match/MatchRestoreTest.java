package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.MatchOutput;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Goal: a failure at any moment loses and changes no final hit. Method: one random, disordered
 * stream of 40 holders; the operator on RocksDB fails at random points, is restored from its last
 * snapshot and reads again from there; its final hits equal those of an undisturbed run in memory
 * on the sorted stream.
 */
class MatchRestoreTest {
  private static final long SEED = 11;
  private static final int EVENTS = 800;
  private static final int LATENESS_MS = 40_000;
  private static final List<String> RULES =
      List.of("T02 1 call-transfer", "T03 1 call-no-end-transfer");

  private final Random random = new Random(SEED);
  private final Map<String, RuleHit> finals = new HashMap<>();

  @Test
  void failuresChangeNoFinalHit() throws Exception {
    List<Routed> stream = stream();
    List<Routed> arrivals = disordered(stream);
    KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness =
        started(null);
    OperatorSubtaskState snapshot = null;
    int resume = 0;
    int failures = 0;
    long newest = 0;
    long newestAtSnapshot = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      harness.processElement1(new StreamRecord<>(arrivals.get(i)));
      newest = Math.max(newest, timeOf(arrivals.get(i)));
      if (random.nextInt(20) == 0) {
        watermark(harness, newest - LATENESS_MS - 1);
      }
      if (random.nextInt(150) == 0 && snapshot == null) {
        snapshot = harness.snapshot(i + 1, i + 1);
        collect(harness);
        resume = i;
        newestAtSnapshot = newest;
      } else if (snapshot != null && random.nextInt(60) == 0) {
        harness.close();
        harness = started(snapshot);
        snapshot = null;
        i = resume;
        newest = newestAtSnapshot;
        failures++;
      }
    }
    watermark(harness, newest + 2 * MatchFixture.WINDOW_MS);
    collect(harness);
    assertThat(((MatchOperator) harness.getOperator()).keysUnderWay()).isZero();
    harness.close();

    TreeSet<String> expected = undisturbed(stream);
    System.out.printf(
        "Restore, seed %d: %d events, %d failures, %d final hits%n",
        SEED, EVENTS, failures, expected.size());
    assertThat(failures).isGreaterThan(2);
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(new TreeSet<>(finals.keySet())).isEqualTo(expected);
  }

  private List<Routed> stream() {
    List<Routed> stream = new ArrayList<>();
    long time = 1_000_000;
    for (int i = 0; i < EVENTS; i++) {
      time += random.nextInt(4000);
      String holder = "h" + random.nextInt(40);
      stream.add(
          switch (random.nextInt(3)) {
            case 0 -> MatchFixture.call(holder, "c" + i, TelecomKind.CALL_START, time);
            case 1 -> MatchFixture.call(holder, "c" + i, TelecomKind.CALL_END, time);
            default -> MatchFixture.transfer(holder, "x" + i, TransactionPhase.COMPLETED, time);
          });
    }
    return stream;
  }

  private List<Routed> disordered(List<Routed> stream) {
    Map<Routed, Long> arrival = new HashMap<>();
    stream.forEach(routed -> arrival.put(routed, timeOf(routed) + random.nextInt(LATENESS_MS)));
    List<Routed> arrivals = new ArrayList<>(stream);
    arrivals.sort(Comparator.comparing(arrival::get));
    return arrivals;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput>
      started(OperatorSubtaskState snapshot) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness =
        MatchFixture.open(snapshot);
    for (String rule : RULES) {
      harness.processElement2(
          new StreamRecord<>(
              RuleInput.of(MatchFixture.publication(rule, PublicationStatus.LIVE, 0))));
    }
    harness.processElement2(new StreamRecord<>(RuleInput.readToEnd()));
    return harness;
  }

  private static void watermark(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness,
      long timeMs)
      throws Exception {
    harness.processWatermark1(new Watermark(timeMs));
    harness.processWatermark2(new Watermark(timeMs));
  }

  /** Takes what an exactly-once sink would have committed. */
  private void collect(
      KeyedTwoInputStreamOperatorTestHarness<String, Routed, RuleInput, MatchOutput> harness) {
    Queue<StreamRecord<RuleHit>> records = harness.getSideOutput(MatchOperator.FINAL_HITS);
    if (records != null) {
      for (StreamRecord<RuleHit> record = records.poll(); record != null; record = records.poll()) {
        assertThat(finals.put(record.getValue().getHitId(), record.getValue()))
            .as("final once")
            .isNull();
      }
    }
  }

  private static TreeSet<String> undisturbed(List<Routed> stream) {
    TreeSet<String> hits = new TreeSet<>();
    List<Rule> rules = RULES.stream().map(text -> MatchFixture.READING.read("rule", text)).toList();
    StreamMatcher matcher =
        new StreamMatcher(RuleSet.of(rules), MatchSettings.DEFAULT, new Finals(hits));
    for (Routed routed : stream) {
      matcher.accept(routed.keyKind(), routed.id(), routed.side(), routed.event());
    }
    matcher.advanceTo(Long.MAX_VALUE);
    return hits;
  }

  private static long timeOf(Routed routed) {
    return routed.event().getOccurredAt().toEpochMilli();
  }

  private record Finals(TreeSet<String> hits) implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal()) {
        hits.add(hit.getHitId());
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError("nothing is late in a sorted stream: " + event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new AssertionError(rule.id() + " overflowed");
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
