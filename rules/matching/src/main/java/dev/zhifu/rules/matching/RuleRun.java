package dev.zhifu.rules.matching;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One rule version at one key. The base lies in the store; the fork, base plus tail, lives in
 * memory and is built again when an event comes out of order or the fork was dropped.
 */
final class RuleRun {
  private static final String LATE = "an event that arrived late changed the sequence";
  private static final String OVERFLOWED =
      "the key reached the cap of partial matches of this rule";
  private static final String SKIPPED = "a match that began earlier took its place";

  private final Matcher matcher;
  private final KeyMatcher key;
  private final RuleSpan span;
  private final CompiledRule rule;
  private final Map<String, Match> forkHits = new LinkedHashMap<>();
  private Partials fork;
  private boolean forkOverflowed;

  /** Of a fork that had to be built again for a late event; else null. */
  private ForkMarks marks;

  /**
   * True while the fork is the base itself, with nothing of the tail, and the store does not have
   * its bytes: most bases end before anybody asks for them.
   */
  private boolean unsaved;

  RuleRun(Matcher matcher, KeyMatcher key, RuleSpan span) {
    this.matcher = matcher;
    this.key = key;
    this.span = span;
    this.rule = span.rule;
  }

  /** The rule version that it runs, as it was in force when the run began. */
  RuleSpan span() {
    return span;
  }

  /** Takes an event of the tail into the fork and says what changed. */
  void accept(MatchEvent event, List<MatchEvent> tail) throws IOException {
    if (rule.rule().endsWithAbsence() || matcher.isQuarantined(span)) {
      return; // absence is decided by the base alone
    }
    boolean late = !isNewest(event, tail);
    try {
      if (late || fork == null && !forkOverflowed) {
        rebuild(tail, late ? event : null);
      } else {
        saveBase();
        feedFork(event);
      }
      publish(fork, event.id(), late);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      fail(e);
    }
  }

  private boolean isNewest(MatchEvent event, List<MatchEvent> tail) {
    for (int i = tail.size() - 1; i >= 0 && tail.get(i).compareTo(event) > 0; i--) {
      if (takes(tail.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean takes(MatchEvent event) {
    RuleSpan now = matcher.rules().span(rule.number());
    return now != null && matcher.takers(key.keyKind(), event).has(now);
  }

  /**
   * Builds the fork again.
   *
   * @param late the event that came out of order; null when there was no fork
   */
  private void rebuild(List<MatchEvent> tail, MatchEvent late) throws Exception {
    matcher.counts().rebuilds++;
    if (late != null) {
      matcher.counts().lateReruns++;
    }
    ForkMarks.Mark mark = late == null || marks == null ? null : marks.before(late);
    int from = 0;
    if (mark == null) {
      forkHits.clear();
      fork = loadBase();
      // A key at which nothing comes late needs none.
      marks = late == null ? null : new ForkMarks(matcher.partialsCodec(), matcher.markEvery());
    } else {
      forkHits.keySet().retainAll(mark.hits());
      fork = matcher.partialsCodec().copy(mark.partials());
      from = Collections.binarySearch(tail, mark.last()) + 1;
    }
    forkOverflowed = false;
    for (MatchEvent event : tail.subList(from, tail.size())) {
      if (takes(event)) {
        feedFork(event);
      }
    }
  }

  private boolean hasBase() {
    return key.record().dueByRule.containsKey(rule.number());
  }

  private void feedFork(MatchEvent event) throws Exception {
    if (forkOverflowed || overflowed(event)) {
      return;
    }
    matcher.counts().fed++;
    try {
      matcher.host().feed(rule, fork, event, this::addForkHit);
      if (marks != null) {
        marks.fed(event, fork, forkHits.keySet());
      }
    } catch (TooManyPartialsException e) {
      fork = null;
      forkOverflowed = true;
    }
  }

  private boolean overflowed(MatchEvent event) {
    Long until = key.record().overflowedUntil.get(rule.number());
    return until != null && event.timeMs() <= until;
  }

  private void addForkHit(Map<String, List<MatchEvent>> taken) {
    Match match = Match.of(rule, key.key(), taken);
    forkHits.putIfAbsent(match.hitId(), match);
  }

  /** Moves the base to the watermark, or to the rule's end if that comes first. */
  void decide(long watermarkMs, List<MatchEvent> passed, List<MatchEvent> rest) throws IOException {
    if (matcher.isQuarantined(span)) {
      forgetWhenDead(watermarkMs);
      return;
    }
    boolean more = rest.stream().anyMatch(this::takes);
    boolean ended = span.untilMs != Long.MAX_VALUE && watermarkMs >= span.untilMs - 1;
    List<Match> settled = new ArrayList<>();
    if (marks != null) {
      marks.passed(watermarkMs);
    }
    try {
      Partials decided = decided(passed, more, settled);
      if (!decided.quiet()) {
        matcher
            .host()
            .advance(
                rule,
                decided,
                Math.min(watermarkMs, span.untilMs - 1),
                taken -> settled.add(Match.of(rule, key.key(), taken)));
      }
      Partials kept = ended ? new Partials() : decided;
      keep(kept, more);
      settle(settled);
      if (fork != null || !more) {
        publish(more ? fork : kept, null, false);
      }
    } catch (IOException e) {
      throw e;
    } catch (TooManyPartialsException e) {
      settle(settled);
      overflow(e.atMs);
    } catch (Exception e) {
      fail(e);
    }
  }

  /**
   * The base with the passed events: the fork itself when it was fed exactly those, else the old
   * base fed again.
   */
  private Partials decided(List<MatchEvent> passed, boolean more, List<Match> settled)
      throws Exception {
    if (fork != null && !more) {
      matcher.counts().commits++;
      settled.addAll(forkHits.values());
      return fork;
    }
    Partials decided = loadBase();
    for (MatchEvent event : passed) {
      if (takes(event) && !overflowed(event)) {
        matcher
            .host()
            .feed(rule, decided, event, taken -> settled.add(Match.of(rule, key.key(), taken)));
      }
    }
    return decided;
  }

  private void settle(List<Match> settled) {
    for (Match match : settled) {
      matcher.desk().settle(key, span, match);
      forkHits.remove(match.hitId());
    }
  }

  private Partials loadBase() throws Exception {
    if (!hasBase()) {
      return waited();
    }
    saveBase();
    byte[] bytes = key.store().base(rule.number());
    if (bytes == null) {
      throw new IllegalStateException(
          "Key " + key.key() + " lists a base of " + rule + " that its store does not have");
    }
    return matcher.partialsCodec().decode(bytes);
  }

  /** The base that the events that wait for this rule make. */
  private Partials waited() throws Exception {
    Partials begun = new Partials();
    for (Waiting start : key.record().waiting) {
      if (start.waitsFor(rule.number()) && span.inForceAt(start.event().timeMs())) {
        matcher.host().feed(rule, begun, start.event(), this::refuse);
      }
    }
    return begun;
  }

  private void refuse(Map<String, List<MatchEvent>> taken) {
    throw new IllegalStateException(
        rule + " matches with an event that was left waiting at key " + key.key());
  }

  /** Writes the base's bytes to the store when it does not have them. */
  void saveBase() throws IOException {
    if (unsaved) {
      unsaved = false;
      key.store().putBase(rule.number(), matcher.partialsCodec().encode(fork));
    }
  }

  /** True when neither base nor fork is worth keeping. */
  boolean isIdle() {
    return fork == null && !forkOverflowed && !hasBase();
  }

  private void keep(Partials decided, boolean more) throws IOException {
    KeyRecord record = key.record();
    if (!more) {
      forkHits.clear();
      marks = null;
    }
    if (decided.quiet()) {
      if (record.dueByRule.remove(rule.number()) != null) {
        key.store().putBase(rule.number(), null);
      }
      if (!more) {
        unsaved = false;
        fork = null;
        forkOverflowed = false;
      }
      return;
    }
    long due = decided.nextDeadline(rule);
    record.dueByRule.put(
        rule.number(), due == Partials.NEVER ? decided.advancedTo + rule.windowMs() : due);
    if (more || rule.rule().endsWithAbsence()) {
      key.store().putBase(rule.number(), matcher.partialsCodec().encode(decided));
    } else {
      // With nothing behind the watermark the fork is the base.
      fork = decided;
      forkOverflowed = false;
      marks = null;
      unsaved = true;
    }
  }

  /**
   * Announces what the fork found and is not said yet, retracts what was said and the fork no
   * longer finds.
   */
  private void publish(Partials view, String causeEventId, boolean late) throws Exception {
    if (rule.rule().endsWithAbsence()) {
      return;
    }
    Map<String, Match> now = provisional(view);
    for (Match match : now.values()) {
      matcher.desk().announce(key, span, match, causeEventId);
    }
    retractMissing(now, late ? causeEventId : null, late ? LATE : SKIPPED);
  }

  private void retractMissing(Map<String, Match> now, String causeEventId, String because)
      throws IOException {
    if (key.record().open().isEmpty()) {
      return;
    }
    List<String> gone = new ArrayList<>();
    key.record()
        .open()
        .forEach(
            (hitId, hit) -> {
              if (hit.ruleNumber() == rule.number() && !now.containsKey(hitId)) {
                gone.add(hitId);
              }
            });
    for (String hitId : gone) {
      matcher.desk().retract(key, hitId, causeEventId, because);
    }
  }

  private Map<String, Match> provisional(Partials view) throws Exception {
    if (!rule.mayWithhold() || view == null) {
      return forkHits;
    }
    Map<String, Match> now = new LinkedHashMap<>(forkHits);
    for (Map<String, List<MatchEvent>> taken : matcher.host().withheld(view)) {
      Match match = Match.of(rule, key.key(), taken);
      now.putIfAbsent(match.hitId(), match);
    }
    return now;
  }

  private void overflow(long atMs) throws IOException {
    KeyRecord record = key.record();
    record.overflowedUntil.put(rule.number(), atMs + rule.windowMs());
    if (record.dueByRule.remove(rule.number()) != null) {
      key.store().putBase(rule.number(), null);
    }
    unsaved = false;
    fork = null;
    marks = null;
    forkHits.clear();
    matcher.counts().overflowed++;
    matcher.listener().onOverflow(key.keyKind(), key.key(), rule.rule());
    retractMissing(forkHits, null, OVERFLOWED);
  }

  private void fail(Exception failure) {
    if (unsaved) {
      // It failed while time was served, and no bytes of it stand.
      unsaved = false;
      key.record().dueByRule.remove(rule.number());
      key.store().putBase(rule.number(), null);
    }
    fork = null;
    marks = null;
    forkHits.clear();
    matcher.quarantine(span, failure);
  }

  /** The bytes of a failed rule stand as long as what they hold could have lived. */
  private void forgetWhenDead(long watermarkMs) {
    KeyRecord record = key.record();
    if (!record.dueByRule.containsKey(rule.number())) {
      return;
    }
    long deadAt = PartialsCodec.advancedTo(key.store().base(rule.number())) + rule.windowMs();
    if (deadAt > watermarkMs) {
      record.dueByRule.put(rule.number(), deadAt);
    } else {
      record.dueByRule.remove(rule.number());
      key.store().putBase(rule.number(), null);
    }
  }
}
