package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.PublicationStatus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All published rules with the event times from which they are in force. An event uses the rules in
 * force at its own event time, whenever it arrives. Not thread-safe.
 */
public final class RuleSet {
  private static final KeyKind[] KEYS = KeyKind.values();
  private static final EventKind[] KINDS = EventKind.values();
  private static final int EVENT_KINDS = KINDS.length;
  private static final NavigableMap<Long, Entry> NONE = new TreeMap<>();

  private final Map<String, NavigableMap<Long, Entry>> timelines = new TreeMap<>();
  private final Map<Integer, CompiledRule> compiled = new HashMap<>();
  private final Map<String, List<RuleSpan>> spansByRule = new TreeMap<>();
  private final Map<Integer, RuleSpan> spans = new HashMap<>();

  /** Who sees what; null until somebody asks. */
  private final RuleSeers[] byKinds = new RuleSeers[KEYS.length * EVENT_KINDS];

  private final ChangeLog log = new ChangeLog();
  private final BitSet eager = new BitSet();
  private List<RuleSpan> placed;
  private int changes = 1;

  private record Entry(CompiledRule rule, PublicationStatus status) {
    boolean active() {
      return rule != null
          && (status == PublicationStatus.LIVE || status == PublicationStatus.SHADOW);
    }
  }

  /** An empty set. */
  public RuleSet() {}

  /** A set in which the given rules have always been live. */
  public static RuleSet of(Collection<Rule> rules) {
    RuleSet set = new RuleSet();
    for (Rule rule : rules) {
      set.publish(rule, PublicationStatus.LIVE, Long.MIN_VALUE);
    }
    return set;
  }

  /**
   * Adds a publication: from {@code effectiveFromMs} on the rule's version has that status, until
   * the rule's next publication.
   *
   * @return false when it was known already
   * @throws RuleCompilationException when it cannot be matched, or contradicts what was published
   *     before; nothing changes
   */
  public boolean publish(Rule rule, PublicationStatus status, long effectiveFromMs) {
    NavigableMap<Long, Entry> timeline = timelines.getOrDefault(rule.id(), new TreeMap<>());
    Entry known = timeline.get(effectiveFromMs);
    if (known != null
        && known.rule() != null
        && known.status() == status
        && known.rule().rule().version() == rule.version()
        && known.rule().rule().textSha256().equals(rule.textSha256())) {
      return false;
    }
    CompiledRule version = version(rule);
    NavigableMap<Long, Entry> changed = new TreeMap<>(timeline);
    changed.put(effectiveFromMs, new Entry(version, status));
    spansOf(changed); // refuses a version that would come back
    compiled.put(version.number(), version);
    timelines.put(rule.id(), changed);
    index(rule.id(), Long.MIN_VALUE);
    return true;
  }

  /** Ends whatever version of the rule is in force, from an event time on. */
  public void withdraw(String ruleId, long effectiveFromMs) {
    NavigableMap<Long, Entry> changed =
        new TreeMap<>(timelines.getOrDefault(ruleId, new TreeMap<>()));
    changed.put(effectiveFromMs, new Entry(null, PublicationStatus.WITHDRAWN));
    timelines.put(ruleId, changed);
    index(ruleId, Long.MIN_VALUE);
  }

  /**
   * Takes a publication back as if it had never been made: what was in force before goes on.
   *
   * @return false when there is no publication of that rule from that time on
   */
  public boolean annul(String ruleId, long effectiveFromMs) {
    NavigableMap<Long, Entry> changed =
        new TreeMap<>(timelines.getOrDefault(ruleId, new TreeMap<>()));
    if (changed.remove(effectiveFromMs) == null) {
      return false;
    }
    replace(ruleId, changed);
    index(ruleId, Long.MIN_VALUE);
    return true;
  }

  /**
   * Forgets versions that ended at or before an event time, so that a rule that is changed for ever
   * takes no more room. No event at or before that time may come any more, and every key must have
   * decided up to it.
   *
   * @return true when anything was forgotten
   */
  public boolean forgetEnded(long untilMs) {
    boolean forgot = false;
    for (String ruleId : List.copyOf(timelines.keySet())) {
      NavigableMap<Long, Entry> rest = new TreeMap<>(timelines.get(ruleId));
      while (rest.size() > 1 && rest.higherKey(rest.firstKey()) <= untilMs) {
        rest.pollFirstEntry();
      }
      if (rest.size() == 1
          && !rest.firstEntry().getValue().active()
          && rest.firstKey() <= untilMs) {
        rest.clear();
      }
      if (rest.size() < timelines.get(ruleId).size()) {
        replace(ruleId, rest);
        index(ruleId, untilMs);
        forgot = true;
      }
    }
    return forgot;
  }

  private void replace(String ruleId, NavigableMap<Long, Entry> timeline) {
    for (Entry before : timelines.get(ruleId).values()) {
      if (before.rule() != null
          && timeline.values().stream().noneMatch(entry -> entry.rule() == before.rule())) {
        compiled.remove(before.rule().number());
      }
    }
    if (timeline.isEmpty()) {
      timelines.remove(ruleId);
    } else {
      timelines.put(ruleId, timeline);
    }
  }

  private CompiledRule version(Rule rule) {
    CompiledRule known = compiled.get(RuleNumbers.of(rule.id(), rule.version()));
    if (known == null) {
      return PatternCompiler.compile(rule);
    }
    Rule before = known.rule();
    if (!before.id().equals(rule.id()) || before.version() != rule.version()) {
      throw new RuleCompilationException(
          "%s version %d has the same number in match state as %s: publish it under the next version"
              .formatted(rule.id(), rule.version(), known));
    }
    if (!before.textSha256().equals(rule.textSha256())) {
      throw new RuleCompilationException(
          "%s version %d was published before with another text (SHA-256 %s, now %s): publish the change as version %d"
              .formatted(
                  rule.id(),
                  rule.version(),
                  before.textSha256(),
                  rule.textSha256(),
                  rule.version() + 1));
    }
    return known;
  }

  /**
   * Notes what a change made of one rule. What has not changed stays the same object: whoever holds
   * it need not look again. Who sees what is asked anew where and when this rule has a part in it,
   * and only when an event comes: a thousand rules published in a row cost a thousand times one.
   *
   * @param forgottenTo when nothing changed but that versions which ended at or before that time
   *     are forgotten; else {@link Long#MIN_VALUE}
   */
  private void index(String ruleId, long forgottenTo) {
    changes++;
    placed = null;
    List<RuleSpan> before = spansByRule.getOrDefault(ruleId, List.of());
    List<RuleSpan> now = new ArrayList<>();
    for (RuleSpan span : spansOf(timelines.getOrDefault(ruleId, NONE))) {
      RuleSpan known = spans.get(span.rule.number());
      now.add(known != null && known.isSame(span) ? known : span);
    }
    now.sort(Comparator.comparing(span -> span.rule.rule().version()));
    before.forEach(span -> take(span, null));
    now.forEach(span -> take(span, span));
    if (now.isEmpty()) {
      spansByRule.remove(ruleId);
    } else {
      spansByRule.put(ruleId, now);
    }
    List<long[]> differences = forgottenTo == Long.MIN_VALUE ? differences(before, now) : List.of();
    differences.forEach(difference -> log.add(changes, difference[0]));
    Set<Integer> slots = new TreeSet<>();
    before.forEach(span -> slots.addAll(slots(span)));
    now.forEach(span -> slots.addAll(slots(span)));
    for (int slot : slots) {
      RuleSeers seers = byKinds[slot];
      if (seers != null && forgottenTo == Long.MIN_VALUE) {
        seers.changed(spansSeeing(slot), differences);
      } else if (seers != null) {
        seers.forget(spansSeeing(slot), forgottenTo);
      }
    }
  }

  private void take(RuleSpan span, RuleSpan inForce) {
    span.rule.span(inForce);
    if (inForce == null) {
      spans.remove(span.rule.number());
    } else {
      spans.put(span.rule.number(), inForce);
    }
  }

  /** Event times, from and until, in which another version is in force than was, or none. */
  private static List<long[]> differences(List<RuleSpan> before, List<RuleSpan> now) {
    Map<Integer, RuleSpan> old = new HashMap<>();
    before.forEach(span -> old.put(span.rule.number(), span));
    List<long[]> differences = new ArrayList<>();
    for (RuleSpan span : now) {
      RuleSpan known = old.remove(span.rule.number());
      if (known == null) {
        differences.add(new long[] {span.fromMs, span.untilMs});
      } else {
        differ(known.fromMs, span.fromMs, differences);
        differ(known.untilMs, span.untilMs, differences);
      }
    }
    old.values().forEach(gone -> differences.add(new long[] {gone.fromMs, gone.untilMs}));
    return differences;
  }

  private static void differ(long oneMs, long otherMs, List<long[]> differences) {
    if (oneMs != otherMs) {
      differences.add(new long[] {Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)});
    }
  }

  private static Set<Integer> slots(RuleSpan span) {
    Rule rule = span.rule.rule();
    Set<Integer> slots = new TreeSet<>();
    rule.over().forEach(eventKind -> slots.add(slot(rule.keyKind(), eventKind)));
    return slots;
  }

  private static List<RuleSpan> spansOf(NavigableMap<Long, Entry> timeline) {
    List<RuleSpan> spans = new ArrayList<>();
    Map<Integer, Boolean> seen = new HashMap<>();
    Entry open = null;
    long from = 0;
    NavigableMap<Long, PublicationStatus> statuses = new TreeMap<>();
    for (Map.Entry<Long, Entry> step : timeline.entrySet()) {
      Entry entry = step.getValue();
      boolean goesOn = open != null && entry.active() && entry.rule() == open.rule();
      if (open != null && !goesOn) {
        spans.add(new RuleSpan(open.rule(), from, step.getKey(), statuses));
        open = null;
      }
      if (entry.active()) {
        if (open == null) {
          if (seen.put(entry.rule().number(), true) != null) {
            throw new RuleCompilationException(
                entry.rule()
                    + " was in force before and ended: publish it again under the next version");
          }
          open = entry;
          from = step.getKey();
          statuses = new TreeMap<>();
        }
        statuses.put(step.getKey(), entry.status());
      }
    }
    if (open != null) {
      spans.add(new RuleSpan(open.rule(), from, Long.MAX_VALUE, statuses));
    }
    return spans;
  }

  private static int slot(KeyKind keyKind, EventKind eventKind) {
    return keyKind.ordinal() * EVENT_KINDS + eventKind.ordinal();
  }

  /** Rule versions that see events of this kind at keys of that kind, at any time. */
  RuleSeers seeing(KeyKind keyKind, EventKind eventKind) {
    int slot = slot(keyKind, eventKind);
    RuleSeers seers = byKinds[slot];
    if (seers == null) {
      seers = new RuleSeers(eventKind, spansSeeing(slot));
      byKinds[slot] = seers;
    }
    placed();
    return seers;
  }

  private List<RuleSpan> spansSeeing(int slot) {
    KeyKind keyKind = KEYS[slot / EVENT_KINDS];
    EventKind eventKind = KINDS[slot % EVENT_KINDS];
    List<RuleSpan> seeing = new ArrayList<>();
    for (List<RuleSpan> ofRule : spansByRule.values()) {
      for (RuleSpan span : ofRule) {
        Rule rule = span.rule.rule();
        if (rule.keyKind() == keyKind && rule.over().contains(eventKind)) {
          seeing.add(span);
        }
      }
    }
    return seeing;
  }

  /**
   * All versions in order of id and version, each at its {@link RuleSpan#place}. Places hold until
   * the next change.
   */
  List<RuleSpan> placed() {
    if (placed == null) {
      List<RuleSpan> all = new ArrayList<>(spans.size());
      eager.clear();
      for (List<RuleSpan> ofRule : spansByRule.values()) {
        for (RuleSpan span : ofRule) {
          span.place = all.size();
          eager.set(span.place, !span.rule.mayWait());
          all.add(span);
        }
      }
      placed = all;
    }
    return placed;
  }

  /** Places of the versions none of whose events may wait unfed, {@link CompiledRule#mayWait}. */
  BitSet eager() {
    placed();
    return eager;
  }

  /** The version with that number; null when it is no longer or not yet published. */
  RuleSpan span(int number) {
    return spans.get(number);
  }

  /** How often anything changed: what was judged by the rules holds while this stays. */
  int changes() {
    return changes;
  }

  /**
   * The earliest event time at which other versions are in force than at an earlier count of {@link
   * #changes}; {@link Long#MAX_VALUE} when there is none.
   */
  long touchedSince(int seen) {
    return log.since(seen);
  }

  /** Number of rule versions known. */
  public int size() {
    return spans.size();
  }

  /** Compiled rule versions that are or will be in force, in order of id and version. */
  public List<CompiledRule> rules() {
    return placed().stream().map(span -> span.rule).toList();
  }
}
