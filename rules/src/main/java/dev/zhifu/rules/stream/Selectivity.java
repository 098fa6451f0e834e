package dev.zhifu.rules.stream;

import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what rules cost on a stream in order: which events satisfy each step, which begin a
 * sequence, which are relevant to any rule, and which touch match state: those that begin a
 * sequence, or that matching is shown under a key with something under way. Runs the features, the
 * router and the matching of the job in memory.
 */
public final class Selectivity {
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final FeaturePipeline features = new FeaturePipeline(Limits.UNHEARD);
  private final Router router;
  private final StreamMatcher matcher;
  private long events;
  private long relevant;
  private long touching;

  /**
   * What a stream turned out to be for a set of rules.
   *
   * @param events events read, copies left out
   * @param relevant those that any rule must be shown
   * @param touching those that touch match state
   * @param rules by rule id
   */
  public record Result(
      long events, Share relevant, Share touching, Map<String, RuleShares> rules) {}

  private Selectivity(List<Rule> rules) {
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    for (Rule rule : rules) {
      timeline.start(rule, Long.MIN_VALUE);
      tallies.put(rule.id(), new Tally(rule));
    }
    router = new Router(timeline, new Listings());
    matcher = new StreamMatcher(RuleSet.of(rules), MatchSettings.DEFAULT, new Hits());
  }

  /**
   * Measures.
   *
   * @param rules the rules, all taken as live
   * @param stream events in the total order
   */
  public static Result of(List<Rule> rules, Iterator<EnrichedEvent> stream) {
    Selectivity selectivity = new Selectivity(rules);
    stream.forEachRemaining(selectivity::take);
    selectivity.matcher.advanceTo(Long.MAX_VALUE);
    return selectivity.result();
  }

  private void take(EnrichedEvent event) {
    if (features.enrich(event) != Dedupe.Verdict.NEW) {
      return;
    }
    events++;
    // Everything before this event is decided, so that what is under way stands in the bases.
    matcher.advanceTo(event.getOccurredAt().toEpochMilli() - 1);
    List<Router.Route> routes = router.route(event);
    if (routes.isEmpty()) {
      return;
    }
    relevant++;
    boolean touches = false;
    for (Router.Route route : routes) {
      EventView view = new EventView(event, route.side());
      touches |= matcher.isUnderWay(route.kind(), route.id());
      for (Tally tally : tallies.values()) {
        touches |= tally.rule.keyKind() == route.kind() && tally.look(view);
      }
    }
    touching += touches ? 1 : 0;
    tallies.values().forEach(Tally::endOfEvent);
    for (Router.Route route : routes) {
      matcher.accept(route.kind(), route.id(), route.side(), event);
    }
  }

  private Result result() {
    Map<String, RuleShares> rules = new LinkedHashMap<>();
    tallies.forEach((id, tally) -> rules.put(id, tally.shares(events)));
    return new Result(events, new Share(relevant, events), new Share(touching, events), rules);
  }

  /** Counts one rule's final hits; a stream in order has no late events. */
  private final class Hits implements HitListener {
    @Override
    public void onHit(RuleHit hit) {
      if (hit.getHolds() && hit.getIsFinal()) {
        tallies.get(hit.getRuleId()).hits++;
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new IllegalStateException("Event " + event.id() + " is late in a stream in order");
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      tallies.get(rule.id()).overflowed++;
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new IllegalStateException(rule.id() + " failed on this stream", failure);
    }
  }
}
