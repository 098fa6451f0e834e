package dev.zhifu.oracle;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.Arrival;
import dev.zhifu.rules.matching.HeapMatchStateStore;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.KeyMatcher;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchStateStore;
import dev.zhifu.rules.matching.Matcher;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One history through the engine, as the job's operator would lead it: event by event, timers fired
 * by watermarks, keys dropped from memory, a failure and a restore. Tests put faults in by
 * overriding the protected methods.
 */
class EngineRun implements HitListener {
  private static final int REVISIONS_BETWEEN_STARTS = 1_000;

  protected final Rule rule;
  protected final History history;
  private final Random random;
  private final Map<String, RuleHit> latest = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private Set<String> finals = new HashSet<>();
  private int retracted;
  private boolean overflowed;

  private HeapMatchStateStore store = new HeapMatchStateStore();
  private TreeSet<Long> timers = new TreeSet<>();
  private long watermark = Long.MIN_VALUE;
  private Matchers matchers = new Matchers();
  private Matcher matcher;
  private KeyMatcher key;

  private record Snapshot(
      HeapMatchStateStore store, TreeSet<Long> timers, long watermark, Set<String> finals) {}

  /**
   * A run.
   *
   * @param seed of the evictions
   */
  EngineRun(Rule rule, History history, long seed) {
    this.rule = rule;
    this.history = history;
    this.random = new Random(seed);
  }

  // -- seams for faults

  /** The rule that the engine is given. */
  protected Rule given() {
    return rule;
  }

  /** The event that the engine is given; null keeps it from the engine. */
  protected EnrichedEvent arriving(EnrichedEvent event) {
    return event;
  }

  /** True when a timer at that time is kept. */
  protected boolean keepsTimer(long atMs) {
    return true;
  }

  /** The revision that reaches whoever listens; null loses it. */
  protected RuleHit sent(RuleHit hit) {
    return hit;
  }

  /** The store that a restored engine reads. */
  protected MatchStateStore restored(HeapMatchStateStore store) {
    return store;
  }

  /** Told that a snapshot was taken. */
  protected void snapshotTaken() {
    // nothing to do
  }

  /**
   * The matches under way that decide at a watermark; if others than the key's, it is read again.
   */
  protected KeyMatcher deciding(KeyMatcher key, MatchStateStore store) throws IOException {
    return key;
  }

  // -- the run

  /** Takes matchers that earlier runs have made. */
  final EngineRun with(Matchers shared) {
    matchers = shared;
    return this;
  }

  /** Runs it to its end. */
  final Outcome run() throws IOException {
    start(0);
    key = matcher.openNew(KeyKind.HOLDER, history.key(), store);
    Snapshot snapshot = null;
    boolean failed = false;
    for (int i = 0; i < history.happenings().size(); i++) {
      if (i == history.snapshotAt() && !failed) {
        snapshot = snapshot();
      }
      if (i == history.failureAt() && !failed) {
        failed = true;
        restore(snapshot);
        i = history.snapshotAt();
      }
      if (history.disturbance() == Disturbance.EVICTION && random.nextInt(3) == 0) {
        key = matcher.open(KeyKind.HOLDER, history.key(), store);
      }
      happen(history.happenings().get(i));
    }
    return outcome();
  }

  private void start(int revisionFloor) {
    matcher = matchers.of(given(), revisionFloor, this);
  }

  private void happen(Happening happening) throws IOException {
    if (happening.event() == null) {
      advance(happening.watermarkMs());
      return;
    }
    EnrichedEvent event = arriving(happening.event());
    Arrival arrival = event == null ? null : matcher.arrival(KeyKind.HOLDER, Signals.view(event));
    if (arrival != null) {
      key.onEvent(arrival, watermark);
      keepTimer(key);
    }
  }

  private void advance(long timeMs) throws IOException {
    if (timeMs <= watermark) {
      return;
    }
    watermark = timeMs;
    while (!timers.isEmpty() && timers.first() <= watermark) {
      timers.pollFirst();
      KeyMatcher deciding = deciding(key, store);
      deciding.onTime(watermark);
      keepTimer(deciding);
      if (deciding != key) {
        key = matcher.open(KeyKind.HOLDER, history.key(), store);
      }
    }
  }

  private void keepTimer(KeyMatcher from) {
    long timer = from.timerToSet();
    if (timer != Long.MAX_VALUE && keepsTimer(timer)) {
      timers.add(timer);
    }
  }

  private Snapshot snapshot() {
    snapshotTaken();
    return new Snapshot(store.copy(), new TreeSet<>(timers), watermark, new HashSet<>(finals));
  }

  private void restore(Snapshot snapshot) throws IOException {
    store = snapshot.store();
    timers = snapshot.timers();
    watermark = snapshot.watermark();
    finals = snapshot.finals(); // what was not committed by an exactly-once sink is gone
    start(REVISIONS_BETWEEN_STARTS);
    key = matcher.open(KeyKind.HOLDER, history.key(), restored(store));
  }

  private Outcome outcome() {
    if (!overflowed) {
      if (!store.isEmpty()) {
        complaints.add("state is left after the last window");
      }
      latest.values().stream()
          .filter(hit -> hit.getHolds() && !hit.getIsFinal())
          .forEach(hit -> complaints.add("hit " + hit.getHitId() + " is never settled"));
    }
    return new Outcome(finals, latest, retracted, overflowed, complaints);
  }

  // -- what the engine says

  @Override
  public final void onHit(RuleHit said) {
    RuleHit hit = sent(said);
    if (hit == null) {
      return;
    }
    RuleHit before = latest.get(hit.getHitId());
    if (before == null || hit.getRevision() > before.getRevision()) {
      latest.put(hit.getHitId(), hit);
    }
    if (!hit.getHolds()) {
      retracted++;
    }
    if (hit.getIsFinal() && !finals.add(hit.getHitId())) {
      complaints.add("hit " + hit.getHitId() + " became final twice");
    }
  }

  @Override
  public final void onLate(KeyKind keyKind, String token, MatchEvent event) {
    // what is late is known from the history
  }

  @Override
  public final void onOverflow(KeyKind keyKind, String token, Rule overflowing) {
    overflowed = true;
  }

  @Override
  public final void onQuarantine(Rule failed, Exception failure) {
    complaints.add("the rule was quarantined: " + failure);
  }
}
