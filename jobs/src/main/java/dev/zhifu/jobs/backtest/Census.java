package dev.zhifu.jobs.backtest;

import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.language.EventKind;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.schemas.events.Events;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.Side;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * One look through all files before the job starts: every line is checked, sizes and truth are
 * gathered, and which kinds of events and which features the data can give at all.
 *
 * @param events events that the job will read
 * @param bankEvents transactions among them
 * @param from event time of the first; null without events
 * @param to event time of the last
 * @param turnedAway records that broke their contract
 * @param firstTurnedAway the first of those, in words
 * @param kinds kinds of events seen
 * @param features features that had a value on at least one event
 * @param truth what really happened
 */
record Census(
    long events,
    long bankEvents,
    Instant from,
    Instant to,
    long turnedAway,
    List<String> firstTurnedAway,
    Set<EventKind> kinds,
    Set<String> features,
    Truth truth) {

  /** Filled from lists by the router, not from the stream. */
  private static final Set<String> FROM_LISTS = Set.of("payeeListed", "payerListed");

  static Census take(BacktestFiles files, Labels labels) {
    TurnedAway turnedAway = new TurnedAway();
    MergedRows rows = files.read(turnedAway);
    Truth.Builder truth = new Truth.Builder(labels);
    Sight sight = new Sight(!files.isStored());
    Instant from = null;
    Instant to = null;
    long events = 0;
    while (rows.hasNext()) {
      EnrichedEvent event = rows.next();
      events++;
      from = from == null ? event.getOccurredAt() : from;
      to = event.getOccurredAt();
      truth.add(event);
      sight.look(event);
    }
    Truth built = truth.build();
    return new Census(
        events,
        built.transactions(),
        from,
        to,
        turnedAway.count(),
        turnedAway.first(),
        sight.kinds,
        sight.names(),
        built);
  }

  /** Features that no event of these data has. */
  Set<String> missingFeatures() {
    Set<String> missing = new TreeSet<>();
    for (Schema.Field field : Features.getClassSchema().getFields()) {
      if (!features.contains(field.name())) {
        missing.add(field.name());
      }
    }
    return missing;
  }

  /** What the data turn out to hold. */
  private static final class Sight {
    private final FeaturePipeline pipeline = new FeaturePipeline(limit -> {});
    private final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    private final Set<Integer> filled = new HashSet<>();
    private final boolean enriches;

    /** Features of stored history are what the job knew then; nothing is computed anew. */
    Sight(boolean enriches) {
      this.enriches = enriches;
    }

    void look(EnrichedEvent event) {
      if (Events.transaction(event) == null) {
        add(new EventView(event, Side.SUBJECT));
      } else {
        add(Events.payerToken(event) == null ? null : new EventView(event, Side.DEBIT));
        add(Events.payeeToken(event) == null ? null : new EventView(event, Side.CREDIT));
      }
      if (enriches) {
        pipeline.enrich(event);
      }
      Features features = event.getFeatures();
      int fields = Features.getClassSchema().getFields().size();
      for (int i = 0; i < fields; i++) {
        if (features.get(i) != null) {
          filled.add(i);
        }
      }
    }

    private void add(EventView view) {
      EventKind kind = view == null ? null : EventKind.of(view);
      if (kind != null) {
        kinds.add(kind);
      }
    }

    Set<String> names() {
      Set<String> names = new TreeSet<>(FROM_LISTS);
      filled.forEach(i -> names.add(Features.getClassSchema().getFields().get(i).name()));
      return names;
    }
  }
}
