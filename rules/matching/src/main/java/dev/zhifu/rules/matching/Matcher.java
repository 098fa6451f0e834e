package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What all keys of one task share: the rules, the library's NFAs, the codecs, the counters. Not
 * thread-safe.
 */
public final class Matcher {
  /**
   * Most events of one key that wait for one rule version. An engineering default: far more than a
   * phone rings in a day, and feeding them all at once stays below a millisecond.
   */
  private static final int MOST_WAITING = 50;

  private final RuleSet rules;
  private final HitListener listener;
  private final MatchCounts counts = new MatchCounts();
  private final AvroCodec<EnrichedEvent> events = new AvroCodec<>(EnrichedEvent.class);
  private final AvroCodec<RuleHit> hits = new AvroCodec<>(RuleHit.class);
  private final MatchEventSerializer serializer = new MatchEventSerializer(events);
  private final PartialsCodec partialsCodec = new PartialsCodec(serializer);
  private final KeyRecordCodec recordCodec =
      // Chance on purpose: no two matchers ever write under one name, and no result depends on it.
      new KeyRecordCodec(serializer, UUID.randomUUID().getMostSignificantBits());
  private final Set<Integer> quarantined = new HashSet<>();
  private final NfaHost host;
  private final HitDesk desk;
  private final int mostWaiting;
  private final int markEvery;
  private final BitSet scratch = new BitSet();

  /**
   * A matcher over a rule set that may go on changing.
   *
   * @param rules rule versions and their times
   * @param settings bounds
   * @param listener told of every hit, in order
   */
  public Matcher(RuleSet rules, MatchSettings settings, HitListener listener) {
    this(rules, settings, listener, ForkMarks.EVERY);
  }

  /** With so many events fed between two marks of a fork. */
  Matcher(RuleSet rules, MatchSettings settings, HitListener listener, int markEvery) {
    this.markEvery = markEvery;
    this.rules = rules;
    this.listener = listener;
    this.mostWaiting = Math.min(MOST_WAITING, settings.maxPartials());
    this.host = new NfaHost(serializer, settings.maxPartials());
    this.desk = new HitDesk(hits, settings.revisionFloor(), listener, counts);
  }

  /**
   * The event as matching takes it.
   *
   * @return null when no rule in force at the event's time takes it: the key need not be touched
   */
  public Arrival arrival(KeyKind keyKind, EventView view) {
    long timeMs = view.event().getOccurredAt().toEpochMilli();
    Takers takers = rules.seeing(keyKind, EventKind.of(view)).takers(view, timeMs);
    if (takers.isEmpty() || !quarantined.isEmpty() && isLeftToQuarantined(takers)) {
      return null;
    }
    MatchEvent event = MatchEvent.of(view, events);
    event.noteTakers(takers, rules.changes());
    return new Arrival(event, takers);
  }

  private boolean isLeftToQuarantined(Takers takers) {
    return takers.all().stream().allMatch(place -> isQuarantined(rules.placed().get(place)));
  }

  /** Rule versions in force at the event's time that take it; asked of the rules once. */
  Takers takers(KeyKind keyKind, MatchEvent event) {
    Takers takers = event.takers(rules.changes());
    if (takers == null) {
      takers = judgedAnew(keyKind, event);
      event.noteTakers(takers, rules.changes());
    }
    return takers;
  }

  private Takers judgedAnew(KeyKind keyKind, MatchEvent event) {
    Takers before = event.takersBefore();
    if (before != null && before.kind() != null) {
      Takers placed =
          rules.seeing(keyKind, before.kind()).placedAnew(before, rules, event.timeMs());
      if (placed != null) {
        return placed;
      }
    }
    EventView view = event.view();
    return rules.seeing(keyKind, EventKind.of(view)).takers(view, event.timeMs());
  }

  /** The matches under way of one key, read from its store. */
  public KeyMatcher open(KeyKind keyKind, String key, MatchStateStore store) throws IOException {
    byte[] bytes = store.record();
    return new KeyMatcher(
        this, keyKind, key, store, bytes == null ? new KeyRecord() : recordCodec.decode(bytes));
  }

  /** The matches under way of a key that is known to have no state. */
  public KeyMatcher openNew(KeyKind keyKind, String key, MatchStateStore store) {
    return new KeyMatcher(this, keyKind, key, store, new KeyRecord());
  }

  /** Sources that are silent now: hits that rest on an absence name them. */
  public void idleSources(List<String> sources) {
    desk.idleSources(sources);
  }

  /** Counters since the start of this task. */
  public MatchCounts counts() {
    return counts;
  }

  /** The rules. */
  public RuleSet rules() {
    return rules;
  }

  /** JSON of every schema that may have written bytes in state; a snapshot keeps them. */
  public List<String> knownSchemas() {
    List<String> known = new ArrayList<>(events.knownSchemas());
    known.addAll(hits.knownSchemas());
    return known;
  }

  /**
   * Makes bytes readable that an older schema wrote, as {@link #knownSchemas} gave it to a
   * snapshot.
   */
  public void rememberSchema(String json) {
    Schema schema = new Schema.Parser().parse(json);
    if (schema.getFullName().equals(RuleHit.getClassSchema().getFullName())) {
      hits.remember(schema);
    } else {
      events.remember(schema);
    }
  }

  /** Bytes of an event for another place in state, readable by {@link #stored}. */
  public byte[] store(EventView view) throws IOException {
    DataOutputSerializer output = new DataOutputSerializer(512);
    serializer.serialize(MatchEvent.of(view, events), output);
    return output.getCopyOfBuffer();
  }

  /** The event whose bytes {@link #store} gave. */
  public EventView stored(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes)).view();
  }

  /** An empty set to work with, the same one each time. */
  BitSet scratch() {
    scratch.clear();
    return scratch;
  }

  /** Most events of one key that may wait for one rule version. */
  int mostWaiting() {
    return mostWaiting;
  }

  /** Events fed between two marks of a fork. */
  int markEvery() {
    return markEvery;
  }

  NfaHost host() {
    return host;
  }

  HitDesk desk() {
    return desk;
  }

  PartialsCodec partialsCodec() {
    return partialsCodec;
  }

  KeyRecordCodec recordCodec() {
    return recordCodec;
  }

  HitListener listener() {
    return listener;
  }

  boolean isQuarantined(RuleSpan span) {
    return !quarantined.isEmpty() && quarantined.contains(span.rule.number());
  }

  void quarantine(RuleSpan span, Exception failure) {
    if (quarantined.add(span.rule.number())) {
      counts.quarantined++;
      listener.onQuarantine(span.rule.rule(), failure);
    }
  }
}
