package dev.zhifu.rules.matching;

import dev.zhifu.wire.KeyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
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

  /** The change of the rules that was seen last. */
  private int seen;

  /** True when the tail may hold more than first events of matches of rules that have no run. */
  private boolean reopened;

  KeyMatcher(
      Matcher matcher, KeyKind keyKind, String key, MatchStateStore store, KeyRecord record) {
    this.matcher = matcher;
    this.keyKind = keyKind;
    this.key = key;
    this.store = store;
    this.record = record;
    this.stored = !record.isEmpty();
    this.reopened = !record.tail.isEmpty();
    this.seen = matcher.rules().changes();
    dropEnded();
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
    catchUp();
    if (reopened) {
      runWhatTheTailBegan();
    }
    record.tail.add(-at - 1, event);
    BitSet concerned = concerned(-at - 1, arrival.takers(), true);
    for (int place = next(concerned, 0); place >= 0; place = next(concerned, place + 1)) {
      run(matcher.rules().placed().get(place)).accept(event, record.tail);
    }
    save();
  }

  /** Later events, which alone would say nothing, go on where this key stood before it was read. */
  private void runWhatTheTailBegan() {
    reopened = false;
    for (int i = 0; i < record.tail.size(); i++) {
      BitSet concerned = concerned(i, takers(record.tail.get(i)), false);
      for (int place = next(concerned, 0); place >= 0; place = next(concerned, place + 1)) {
        run(matcher.rules().placed().get(place));
      }
    }
  }

  private static int next(BitSet places, int from) {
    return places.nextSetBit(from);
  }

  /**
   * The rule versions, by place, whose NFA an event of the tail must be fed to now: those that have
   * a base or a fork, those that let nothing wait, and those for which it or the events around it
   * are more than first events of matches. For the others it changes nothing but that it may wait.
   * The set is good until the next call.
   *
   * @param at place of the event in the tail
   * @param behind true when what comes behind it in the tail counts too
   */
  private BitSet concerned(int at, Takers takers, boolean behind) {
    BitSet concerned = matcher.scratch();
    if (takers.starts().intersects(matcher.rules().eager())) {
      concerned.or(takers.starts());
      concerned.and(matcher.rules().eager());
    }
    underWay(takers, concerned);
    if (!takers.seconds().isEmpty()) {
      MatchEvent event = record.tail.get(at);
      for (Waiting start : record.waiting) {
        meet(start.event(), start.places(matcher.rules()), event, takers.seconds(), concerned);
      }
      for (int i = 0; i < at; i++) {
        MatchEvent before = record.tail.get(i);
        meet(before, takers(before).starts(), event, takers.seconds(), concerned);
      }
    }
    if (behind && !takers.starts().isEmpty()) {
      MatchEvent event = record.tail.get(at);
      for (int i = at + 1; i < record.tail.size(); i++) {
        MatchEvent after = record.tail.get(i);
        meet(event, takers.starts(), after, takers(after).seconds(), concerned);
      }
    }
    return concerned;
  }

  private Takers takers(MatchEvent event) {
    return matcher.takers(keyKind, event);
  }

  private void underWay(Takers takers, BitSet concerned) {
    for (int number : runs.keySet()) {
      addTaker(number, takers, concerned);
    }
    for (int number : record.dueByRule.keySet()) {
      addTaker(number, takers, concerned);
    }
  }

  private void addTaker(int number, Takers takers, BitSet concerned) {
    RuleSpan span = matcher.rules().span(number);
    if (span != null && takers.has(span)) {
      concerned.set(span.place);
    }
  }

  private Meeting meeting(int place, MatchEvent start, MatchEvent event) {
    return matcher.rules().placed().get(place).rule.meeting(start, event);
  }

  /** Adds the versions that the first event begins and the second may follow. */
  private void meet(
      MatchEvent start, BitSet starts, MatchEvent event, BitSet seconds, BitSet concerned) {
    if (!starts.intersects(seconds)) {
      return;
    }
    for (int place = next(starts, 0); place >= 0; place = next(starts, place + 1)) {
      if (seconds.get(place)
          && !concerned.get(place)
          && meeting(place, start, event) == Meeting.FOLLOWS) {
        concerned.set(place);
      }
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
    catchUp();
    int passed = passed(watermarkMs);
    List<MatchEvent> decided = record.tail.subList(0, passed);
    List<MatchEvent> rest = record.tail.subList(passed, record.tail.size());
    BitSet fed = decide(watermarkMs, decided, rest);
    if (!record.open().isEmpty()) {
      retractOrphans();
    }
    for (MatchEvent event : decided) {
      endWaiting(event);
      letWait(event, fed);
      // Nobody asks again who takes what is decided.
      event.noteTakers(null, 0);
    }
    decided.clear();
    record.decidedTo = watermarkMs;
    record.timerAt = Partials.NEVER;
    record.forgetSaid(watermarkMs);
    record.overflowedUntil.values().removeIf(until -> until <= watermarkMs);
    record.waiting.removeIf(start -> start.untilMs() <= watermarkMs || start.isOver());
    save();
  }

  private int passed(long watermarkMs) {
    int passed = 0;
    while (passed < record.tail.size() && record.tail.get(passed).timeMs() <= watermarkMs) {
      passed++;
    }
    return passed;
  }

  /**
   * Decides for every rule version that has anything under way.
   *
   * @return the versions that were fed, by place
   */
  private BitSet decide(long watermarkMs, List<MatchEvent> decided, List<MatchEvent> rest)
      throws IOException {
    BitSet fed = new BitSet();
    Set<Integer> numbers = toLookAt(watermarkMs, decided);
    for (int number : numbers) {
      RuleSpan span = matcher.rules().span(number);
      if (span == null) {
        drop(number);
        continue;
      }
      RuleRun run = run(span);
      run.decide(watermarkMs, decided, rest);
      record.waiting.forEach(start -> start.release(number));
      if (run.isIdle()) {
        runs.remove(number);
      }
      fed.set(span.place);
    }
    return fed;
  }

  private Set<Integer> toLookAt(long watermarkMs, List<MatchEvent> decided) {
    BitSet concerned = new BitSet();
    for (int i = 0; i < decided.size(); i++) {
      concerned.or(concerned(i, takers(decided.get(i)), false));
    }
    if (record.waiting.size() + decided.size() > matcher.mostWaiting()) {
      addFull(decided, concerned);
    }
    if (concerned.isEmpty() && record.dueByRule.isEmpty()) {
      return Set.of();
    }
    Set<Integer> numbers = new TreeSet<>();
    for (Map.Entry<Integer, Long> due : record.dueByRule.entrySet()) {
      if (due.getValue() <= watermarkMs) {
        numbers.add(due.getKey());
      }
    }
    for (int place = next(concerned, 0); place >= 0; place = next(concerned, place + 1)) {
      numbers.add(matcher.rules().placed().get(place).rule.number());
    }
    return numbers;
  }

  /** Adds the versions for which more would wait than may: their matches are capped in a base. */
  private void addFull(List<MatchEvent> decided, BitSet concerned) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Waiting start : record.waiting) {
      start.places(matcher.rules()).stream().forEach(place -> counts.merge(place, 1, Integer::sum));
    }
    BitSet begun = new BitSet();
    for (MatchEvent event : decided) {
      BitSet starts = takers(event).starts();
      begun.or(starts);
      starts.stream().forEach(place -> counts.merge(place, 1, Integer::sum));
    }
    counts.forEach(
        (place, count) -> {
          if (count > matcher.mostWaiting() && begun.get(place)) {
            concerned.set(place);
          }
        });
  }

  /** What a decided event ends waits no longer. */
  private void endWaiting(MatchEvent event) {
    BitSet seconds = takers(event).seconds();
    if (seconds.isEmpty()) {
      return;
    }
    for (Waiting start : record.waiting) {
      BitSet places = start.places(matcher.rules());
      for (int place = next(seconds, 0); place >= 0; place = next(seconds, place + 1)) {
        if (places.get(place) && meeting(place, start.event(), event) == Meeting.ENDS) {
          start.release(matcher.rules().placed().get(place).rule.number());
        }
      }
    }
  }

  /** Keeps a decided event for the versions of which it begins a match and that were not fed it. */
  private void letWait(MatchEvent event, BitSet fed) {
    BitSet starts = takers(event).starts();
    if (starts.isEmpty()) {
      return;
    }
    BitSet waits = starts;
    if (!fed.isEmpty() || !record.overflowedUntil.isEmpty()) {
      waits = (BitSet) starts.clone();
      waits.andNot(fed);
      leaveOutOverflowed(event, waits);
    }
    if (!waits.isEmpty()) {
      record.waiting.add(Waiting.of(event, waits, matcher.rules()));
    }
  }

  private void leaveOutOverflowed(MatchEvent event, BitSet waits) {
    record.overflowedUntil.forEach(
        (number, until) -> {
          RuleSpan span = matcher.rules().span(number);
          if (span != null && event.timeMs() <= until) {
            waits.clear(span.place);
          }
        });
  }

  /** Hits whose publication was annulled: nothing will ever settle them. */
  private void retractOrphans() throws IOException {
    List<String> orphans = new ArrayList<>();
    record
        .open()
        .forEach(
            (hitId, hit) -> {
              if (matcher.rules().span(hit.ruleNumber()) == null) {
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
   * Rules may have been published, withdrawn or annulled since this key was touched last: forks of
   * versions whose time of force is another now are dropped and made again when they are needed;
   * the others live on. A key looks when it is touched, so that a change costs nothing at the keys
   * that nothing happens to.
   */
  private void catchUp() throws IOException {
    RuleSet rules = matcher.rules();
    if (seen == rules.changes()) {
      return;
    }
    if (!record.tail.isEmpty()
        && record.tail.get(record.tail.size() - 1).timeMs() >= rules.touchedSince(seen)) {
      reopened = true;
    }
    seen = rules.changes();
    for (RuleRun run : List.copyOf(runs.values())) {
      int number = run.span().rule.number();
      if (run.span() != rules.span(number)) {
        run.saveBase();
        runs.remove(number);
        reopened |= !record.tail.isEmpty();
      }
    }
    dropEnded();
  }

  /**
   * What is under way of a version that is in force no longer is looked at when this key has
   * decided past its end, not when its window would have been over.
   */
  private void dropEnded() {
    for (Map.Entry<Integer, Long> due : record.dueByRule.entrySet()) {
      RuleSpan span = matcher.rules().span(due.getKey());
      if (span == null) {
        due.setValue(Math.min(due.getValue(), record.decidedTo));
      } else if (span.untilMs != Long.MAX_VALUE) {
        due.setValue(Math.min(due.getValue(), span.untilMs - 1));
      }
    }
    for (Waiting start : record.waiting) {
      start.releaseEnded(matcher.rules(), record.decidedTo);
    }
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
    for (RuleRun run : runs.values()) {
      run.saveBase();
    }
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
    return !record.dueByRule.isEmpty() || !record.waiting.isEmpty();
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
