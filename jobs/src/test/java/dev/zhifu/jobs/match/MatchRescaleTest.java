package dev.zhifu.jobs.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.TelecomKind;
import dev.zhifu.wire.TransactionPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no hit is lost or doubled when the operator fails and comes back with another number of
 * subtasks. Method: one stream over many holders, on RocksDB; at random points it fails, goes from
 * two subtasks to one and back, and reads again from its last snapshot; its final hits equal those
 * of one undisturbed run in memory.
 */
class MatchRescaleTest {
  private static final List<String> RULES =
      List.of("T02 1 call-transfer", "T03 1 call-no-end-transfer");
  private static final int[] SUBTASKS = {2, 1, 2};
  private static final long START_MS = 1_000_000;
  private static final int HOLDERS_AT_ONCE = 50_000;

  @TempDir private Path folder;

  @Test
  void rescalingAtRandomPointsLosesNoHit() throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      rescale(seed, 60, 900);
    }
  }

  @Test
  @Tag("slow")
  void rescalingWithAMillionActiveKeysLosesNoHit() throws Exception {
    int holders = Integer.getInteger("holders", 1_000_000);
    rescale(5, holders, 22 * (holders / 10));
  }

  private void rescale(long seed, int holders, int events) throws Exception {
    Stream stream = new Stream(seed, holders, events);
    Random random = new Random(seed);
    TreeSet<String> finals = new TreeSet<>();
    Subtasks subtasks = new Subtasks(SUBTASKS[0], null, RULES);
    int next = 0;
    for (int i = 1; i < SUBTASKS.length; i++) {
      int snapshotAt = events * i / SUBTASKS.length - random.nextInt(events / 10);
      int failureAt = snapshotAt + random.nextInt(Math.min(5_000, events / 10));
      feed(subtasks, stream, next, snapshotAt);
      subtasks.store(new FileSystemCheckpointStorage(folder.toUri()));
      Subtasks.Snapshot snapshot = subtasks.snapshot(i);
      subtasks.commit(finals);
      feed(subtasks, stream, snapshotAt, failureAt); // what it says from here on is never committed
      subtasks.close();
      subtasks = new Subtasks(SUBTASKS[i], snapshot, List.of());
      report(seed, subtasks);
      next = snapshotAt;
    }
    feed(subtasks, stream, next, events);
    subtasks.watermark(stream.timeOf(events) + 2 * MatchFixture.WINDOW_MS);
    subtasks.commit(finals);
    assertThat(subtasks.keysUnderWay()).as("seed %d: keys when all is quiet", seed).isZero();
    assertThat(subtasks.timers()).isZero();
    subtasks.close();
    assertThat(finals).as("seed %d", seed).isEqualTo(undisturbed(stream, events));
    assertThat(finals).hasSizeGreaterThan(events / 20);
  }

  private static void feed(Subtasks subtasks, Stream stream, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      subtasks.send(stream.event(i));
      if (i % 50 == 0) {
        subtasks.watermark(stream.timeOf(i) - Stream.LATENESS_MS - 1);
      }
    }
  }

  private static void report(long seed, Subtasks subtasks) {
    System.out.printf(
        "Rescale, seed %d: %d subtasks, %,d keys under way, filter rebuilt in %s ms%n",
        seed,
        subtasks.operators().size(),
        subtasks.keysUnderWay(),
        subtasks.operators().stream().map(MatchOperator::filterRebuildMs).toList());
  }

  /** One run in memory for every {@link #HOLDERS_AT_ONCE} holders. */
  private static TreeSet<String> undisturbed(Stream stream, int events) {
    TreeSet<String> hits = new TreeSet<>();
    List<Rule> rules = RULES.stream().map(text -> MatchFixture.READING.read("rule", text)).toList();
    for (int from = 0; from < stream.holders(); from += HOLDERS_AT_ONCE) {
      StreamMatcher matcher =
          new StreamMatcher(RuleSet.of(rules), MatchSettings.DEFAULT, new Finals(hits));
      for (int i = 0; i < events; i++) {
        if (stream.holder(i) / HOLDERS_AT_ONCE * HOLDERS_AT_ONCE == from) {
          Routed routed = stream.event(i);
          matcher.accept(routed.keyKind(), routed.id(), routed.side(), routed.event());
        }
      }
      matcher.advanceTo(Long.MAX_VALUE);
    }
    return hits;
  }

  /**
   * Events by number, each made when it is asked for: a call of every holder within one window, so
   * that all are active at once, then transfers and ends of calls.
   */
  private record Stream(long seed, int holders, int events) {
    static final long LATENESS_MS = 2_000;

    Routed event(int i) {
      Random random = new Random(seed * 31 + i);
      random.nextInt();
      long time = timeOf(i) - random.nextInt((int) LATENESS_MS);
      String name = "h" + holder(i);
      int turn = i / holders % 2;
      if (turn == 0) {
        return MatchFixture.call(name, "c" + i, TelecomKind.CALL_START, time);
      }
      return random.nextInt(4) == 0
          ? MatchFixture.call(name, "c" + i, TelecomKind.CALL_END, time)
          : MatchFixture.transfer(name, "x" + i, TransactionPhase.COMPLETED, time);
    }

    int holder(int i) {
      return (int) (i * 7919L % holders);
    }

    /** Two turns of all holders fit into one window. */
    long timeOf(int i) {
      return START_MS + (long) i * (MatchFixture.WINDOW_MS - 60_000) / (2L * holders);
    }
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
      throw new AssertionError("nothing is late before the first watermark: " + event);
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
