package dev.zhifu.jobs.backtest;

import dev.zhifu.jobs.score.ScoreSettings;
import dev.zhifu.wire.FraudCase;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RuleStatus;
import dev.zhifu.wire.RuleStatusKind;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What comes out of one run. Its job runs in this JVM: sinks find their run by its id. */
final class Gathered implements AutoCloseable {
  private static final Map<String, Gathered> RUNS = new ConcurrentHashMap<>();
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final int STEPS = 20;

  private final String id = "run-" + COUNTER.incrementAndGet();
  private final long expected;
  private final Consumer<String> progress;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
  private final CaseBook cases = new CaseBook(ScoreSettings.defaults());
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  private Gathered(long expected, Consumer<String> progress) {
    this.expected = expected;
    this.progress = progress;
  }

  /**
   * A new run.
   *
   * @param expected events that will be read
   * @param progress is told how far it has come, about twenty times
   */
  static Gathered start(long expected, Consumer<String> progress) {
    Gathered gathered = new Gathered(expected, progress);
    RUNS.put(gathered.id, gathered);
    return gathered;
  }

  /**
   * The run of that id.
   *
   * @throws IllegalStateException when the job does not run in the JVM that started it
   */
  static Gathered of(String id) {
    Gathered gathered = RUNS.get(id);
    if (gathered == null) {
      throw new IllegalStateException(
          "no back-test " + id + " runs in this JVM; its job cannot be sent to a cluster");
    }
    return gathered;
  }

  String id() {
    return id;
  }

  void eventRead() {
    long now = read.incrementAndGet();
    if (now * STEPS / expected != (now - 1) * STEPS / expected) {
      progress.accept(
          String.format(
              Locale.ROOT,
              "  read %3d %%: %,d of %,d events; %,d final hits so far",
              now * 100 / expected,
              now,
              expected,
              alerts.size()));
    }
  }

  void hit(RuleHit hit) {
    alerts.put(hit.getHitId(), Alert.of(hit));
  }

  void changed(FraudCase change) {
    cases.changed(change);
  }

  void status(RuleStatus status) {
    if (status.getStatus() != RuleStatusKind.IN_FORCE) {
      troubles.add(status.getRuleId() + " " + status.getStatus() + ": " + status.getReason());
    }
  }

  void turnedAway() {
    turnedAway.incrementAndGet();
  }

  Map<String, Alert> alerts() {
    return alerts;
  }

  CaseBook cases() {
    return cases;
  }

  /** Records that the job turned away: the same id with other content. */
  long contradictions() {
    return turnedAway.get();
  }

  /** Rules that were refused, came late or failed. */
  Set<String> troubles() {
    return new TreeSet<>(troubles);
  }

  @Override
  public void close() {
    RUNS.remove(id);
  }
}
