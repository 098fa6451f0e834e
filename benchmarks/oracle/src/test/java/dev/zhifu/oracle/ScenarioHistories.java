package dev.zhifu.oracle;

import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.scenario.Arrival;
import dev.zhifu.rules.scenario.Scenario;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Histories near one rule of the catalogue: some of its scenarios, as one key sees them with their
 * features, laid over each other, moved, thinned out. Whole seconds.
 */
final class ScenarioHistories {
  private static final long SECOND = 1_000;
  private static final long BEGIN = 1_780_000_000_000L;
  private static final int MOST_LAID_OVER = 4;

  private final Rule rule;
  private final Random random;
  private final List<List<EventView>> told = new ArrayList<>();
  private final List<List<EventView>> firing = new ArrayList<>();
  private int serial;

  ScenarioHistories(Rule rule, List<Scenario> scenarios, Random random) {
    this.rule = rule;
    this.random = random;
    for (Scenario scenario : scenarios) {
      Collection<List<EventView>> keys = tell(scenario).values();
      told.addAll(keys);
      if (!scenario.expected().isEmpty()) {
        firing.addAll(keys);
      }
    }
  }

  /** One key's events, in no order. */
  List<EventView> draw() {
    List<EventView> history = new ArrayList<>();
    int laidOver = 1 + random.nextInt(MOST_LAID_OVER);
    for (int i = 0; i < laidOver; i++) {
      // As many of the scenarios that fire as of all: most are there to stay quiet.
      List<List<EventView>> from = random.nextBoolean() ? firing : told;
      List<EventView> one = from.get(random.nextInt(from.size()));
      long first = one.stream().mapToLong(ScenarioHistories::timeOf).min().orElseThrow();
      long moved = BEGIN - first + SECOND * random.nextInt((int) (rule.withinMs() / SECOND));
      Map<String, EnrichedEvent> copies = new LinkedHashMap<>();
      for (EventView view : one) {
        if (random.nextInt(12) == 0) {
          continue;
        }
        EnrichedEvent copy =
            copies.computeIfAbsent(
                view.event().getEventId(),
                id -> copy(view.event(), timeOf(view) + moved + nudge()));
        history.add(new EventView(copy, view.side()));
      }
    }
    return history;
  }

  /** Mostly as it was, else a little earlier or later. */
  private long nudge() {
    return random.nextInt(3) == 0 ? SECOND * (random.nextInt(121) - 60) : 0;
  }

  private EnrichedEvent copy(EnrichedEvent event, long atMs) {
    EnrichedEvent copy = EnrichedEvent.newBuilder(event).build();
    Instant at = Instant.ofEpochMilli(atMs / SECOND * SECOND);
    String id = event.getEventId() + "-" + serial++;
    copy.setEventId(id);
    copy.setOccurredAt(at);
    if (copy.getEvent() instanceof BankTransaction transaction) {
      transaction.setEventId(id);
      transaction.setOccurredAt(at);
    } else if (copy.getEvent() instanceof BankAccessEvent access) {
      access.setEventId(id);
      access.setOccurredAt(at);
    } else {
      ((TelecomEvent) copy.getEvent()).setEventId(id);
      ((TelecomEvent) copy.getEvent()).setOccurredAt(at);
    }
    return copy;
  }

  private static long timeOf(EventView view) {
    return view.event().getOccurredAt().toEpochMilli();
  }

  /** What each key of the rule's kind sees of a scenario: all that {@code over:} names. */
  private Map<String, List<EventView>> tell(Scenario scenario) {
    FeaturePipeline features = new FeaturePipeline(Limits.UNHEARD);
    Listings listings = new Listings();
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    timeline.start(RuleCopy.unfiltered(rule), Long.MIN_VALUE);
    Router router = new Router(timeline, listings);
    Map<String, List<EventView>> byKey = new LinkedHashMap<>();
    for (Arrival arrival : scenario.arrivals()) {
      if (arrival.listed() != null) {
        listings.put(arrival.listed());
      } else if (arrival.event() != null) {
        EnrichedEvent event = EnrichedEvent.newBuilder(arrival.event()).build();
        if (features.enrich(event) == Dedupe.Verdict.NEW) {
          for (Router.Route route : router.route(event)) {
            if (route.kind() == rule.keyKind()) {
              byKey
                  .computeIfAbsent(route.id(), key -> new ArrayList<>())
                  .add(new EventView(event, route.side()));
            }
          }
        }
      }
    }
    return byKey;
  }
}
