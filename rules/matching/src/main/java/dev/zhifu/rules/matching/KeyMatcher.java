package dev.zhifu.rules.matching;

import dev.zhifu.wire.KeyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The matches under way of one key: its tail, and per rule version a base in the store and a fork
 * in memory. A key matcher may be dropped and opened again at any time; nothing is lost but the
 * forks. Each call writes the key's record at most once, or not at all after {@link #writeLater}.
 */
public final class KeyMatcher {
  private static final String ANNULLED = "the publication of the rule was annulled";

  private final Matcher matcher;
  private final KeyKind keyKind;
  private final String key;
  private final MatchStateStore store;
  private final KeyRecord record;
  private final Map<Integer, RuleRun> runs = new TreeMap<>();
  private boolean stored;
  private boolean later;
  private boolean changed;
  private long newTimer = Partials.NEVER;

  /**
   * False while nothing is under way here and no event of the tail can begin a match of any rule:
   * then no rule need look at it, now or when it is decided. Most events of most keys are such.
   */
  private boolean begun;

  /** What {@link #begun} was judged by. */
  private int rulesSeen;

  KeyMatcher(
      Matcher matcher, KeyKind keyKind, String key, MatchStateStore store, KeyRecord record) {
    this.matcher = matcher;
    this.keyKind = keyKind;
    this.key = key;
    this.store = store;
    this.record = record;
    this.stored = !record.isEmpty();
    this.begun = stored;
    this.rulesSeen = matcher.rules().changes();
  }

  /**
   * Takes an event at once: provisional hits and retractions follow from it.
   *
   * @param arrival the event, as {@link Matcher#arrival} gave it
   * @param watermarkMs the task's watermark: an event not after it, or not after what this key has
   *     decided, is late
   */
  public void onEvent(Arrival arrival, long watermarkMs) throws IOException {
    MatchEvent event = arrival.event();
    if (event.timeMs() <= Math.max(watermarkMs, record.decidedTo)) {
      matcher.counts().late++;
      matcher.listener().onLate(keyKind, key, event);
      return;
    }
    int at = Collections.binarySearch(record.tail, event);
    if (at >= 0) {
      matcher.counts().duplicates++;
      return;
    }
    record.tail.add(-at - 1, event);
    if (begins(arrival)) {
      for (RuleSpan span : arrival.takers()) {
        run(span).accept(event, record.tail);
      }
    }
    save();
  }

  /** True when anything is under way or can begin, with this event too. */
  private boolean begins(Arrival arrival) {
    judgeAnewWhenRulesChanged();
    for (int i = 0; !begun && i < arrival.takers().size(); i++) {
      begun = arrival.takers().get(i).rule.canStart(arrival.event().view());
    }
    return begun;
  }

  /** What could begin nothing may begin a match of a rule that has come since. */
  private void judgeAnewWhenRulesChanged() {
    if (rulesSeen != matcher.rules().changes()) {
      rulesSeen = matcher.rules().changes();
      begun = true;
    }
  }

  /**
   * Decides everything up to the watermark: hits become final, absences are decided, deadlines are
   * served.
   *
   * @param watermarkMs no event at or before this time will be taken any more
   */
  public void onTime(long watermarkMs) throws IOException {
    if (watermarkMs < record.decidedTo) {
      return;
    }
    int passed = passed(watermarkMs);
    List<MatchEvent> decided = record.tail.subList(0, passed);
    List<MatchEvent> rest = record.tail.subList(passed, record.tail.size());
    judgeAnewWhenRulesChanged();
    if (begun) {
      for (int number : toLookAt(watermarkMs, decided)) {
        RuleSpan span = matcher.rules().span(number);
        if (span == null) {
          drop(number);
        } else {
          run(span).decide(watermarkMs, decided, rest);
        }
      }
      retractOrphans();
    }
    decided.clear();
    record.decidedTo = watermarkMs;
    record.timerAt = Partials.NEVER;
    record.announced.values().removeIf(hit -> hit.forgetAtMs() <= watermarkMs);
    record.overflowedUntil.values().removeIf(until -> until <= watermarkMs);
    save();
  }

  private int passed(long watermarkMs) {
    int passed = 0;
    while (passed < record.tail.size() && record.tail.get(passed).timeMs() <= watermarkMs) {
      passed++;
    }
    return passed;
  }

  private Set<Integer> toLookAt(long watermarkMs, List<MatchEvent> decided) {
    Set<Integer> numbers = new TreeSet<>();
    for (Map.Entry<Integer, Long> due : record.dueByRule.entrySet()) {
      if (due.getValue() <= watermarkMs) {
        numbers.add(due.getKey());
      }
    }
    for (MatchEvent event : decided) {
      for (RuleSpan span : matcher.takers(keyKind, event)) {
        numbers.add(span.rule.number());
      }
    }
    return numbers;
  }

  /** Hits whose publication was annulled: nothing will ever settle them. */
  private void retractOrphans() throws IOException {
    List<String> orphans = new ArrayList<>();
    record.announced.forEach(
        (hitId, hit) -> {
          if (hit.holds() && !hit.isFinal() && matcher.rules().span(hit.ruleNumber()) == null) {
            orphans.add(hitId);
          }
        });
    for (String hitId : orphans) {
      matcher.desk().retract(this, hitId, null, ANNULLED);
    }
  }

  private void drop(int number) {
    store.putBase(number, null);
    record.dueByRule.remove(number);
    runs.remove(number);
  }

  private RuleRun run(RuleSpan span) {
    RuleRun run = runs.get(span.rule.number());
    if (run == null) {
      run = new RuleRun(matcher, this, span);
      runs.put(span.rule.number(), run);
    }
    return run;
  }

  private void save() throws IOException {
    changed = true;
    if (record.isEmpty()) {
      runs.clear();
      begun = false;
    } else {
      long next = record.nextMs();
      if (next < record.timerAt) {
        record.timerAt = next;
        newTimer = next;
      }
    }
    if (!later) {
      writeBack();
    }
  }

  /**
   * Rules have been published, withdrawn or annulled since this key was opened: forks of versions
   * whose time of force is another now are dropped and made again when they are needed; the others
   * live on.
   */
  public void rulesChanged() {
    runs.entrySet().removeIf(run -> run.getValue().span() != matcher.rules().span(run.getKey()));
  }

  /**
   * Leaves the record unwritten from now on: the caller calls {@link #writeBack} before it drops
   * this key and before each snapshot.
   */
  public void writeLater() {
    later = true;
  }

  /**
   * Writes the record when it changed since it was read or written.
   *
   * @return true when it had changed
   */
  public boolean writeBack() throws IOException {
    if (!changed) {
      return false;
    }
    changed = false;
    if (!record.isEmpty()) {
      stored = true;
      store.putRecord(matcher.recordCodec().encode(record));
    } else if (stored) {
      stored = false;
      store.putRecord(null);
    }
    return true;
  }

  /** True when something changed since the record was read or written. */
  public boolean isChanged() {
    return changed;
  }

  /** Event time at which {@link #onTime} is due; {@link Long#MAX_VALUE} when it is not. */
  public long dueAt() {
    return record.timerAt;
  }

  /**
   * The event time at which {@link #onTime} must be called, when it is earlier than every time
   * given before.
   *
   * @return {@link Long#MAX_VALUE} when no new timer is needed
   */
  public long timerToSet() {
    long timer = newTimer;
    newTimer = Partials.NEVER;
    return timer;
  }

  /** True when a match was under way when this key was decided last. */
  boolean isUnderWay() {
    return !record.dueByRule.isEmpty();
  }

  /** True when nothing is kept of this key. */
  public boolean isEmpty() {
    return record.isEmpty();
  }

  /** Number of events in the tail. */
  public int tailSize() {
    return record.tail.size();
  }

  /** Token of the key. */
  public String key() {
    return key;
  }

  KeyRecord record() {
    return record;
  }

  MatchStateStore store() {
    return store;
  }

  KeyKind keyKind() {
    return keyKind;
  }
}
