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
  private final long decidedToMs;
  private final Consumer<String> progress;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
  private final CaseBook cases = new CaseBook(ScoreSettings.defaults());
  private final Set<String> shadows = ConcurrentHashMap.newKeySet();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();

  private Gathered(long expected, long decidedToMs, Consumer<String> progress) {
    this.expected = expected;
    this.decidedToMs = decidedToMs;
    this.progress = progress;
  }

  /**
   * A new run.
   *
   * @param expected events that will be read
   * @param progress is told how far it has come, about twenty times
   */
  static Gathered start(long expected, Consumer<String> progress) {
    return start(expected, Long.MAX_VALUE, progress);
  }

  /**
   * A new run over stored history.
   *
   * @param decidedToMs event time up to which the job had decided; what follows only from later
   *     time does not count
   */
  static Gathered start(long expected, long decidedToMs, Consumer<String> progress) {
    Gathered gathered = new Gathered(expected, decidedToMs, progress);
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

  long decidedToMs() {
    return decidedToMs;
  }

  /**
   * Takes a final hit.
   *
   * @param watermarkMs what had passed before it became final
   */
  void hit(RuleHit hit, long watermarkMs) {
    if (watermarkMs >= decidedToMs) {
      open.add(hit.getHitId());
    } else if (hit.getShadow()) {
      shadows.add(hit.getHitId());
    } else {
      alerts.put(hit.getHitId(), Alert.of(hit));
    }
  }

  /** Final hits of rules in shadow, by id: they count in no figure. */
  Set<String> shadows() {
    return shadows;
  }

  /** Hits that become final only behind what the job had decided, by id. */
  Set<String> open() {
    return open;
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
