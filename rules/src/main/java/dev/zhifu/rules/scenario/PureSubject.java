package dev.zhifu.rules.scenario;

import dev.zhifu.rules.features.Dedupe;
import dev.zhifu.rules.features.FeaturePipeline;
import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.matching.HitListener;
import dev.zhifu.rules.matching.MatchEvent;
import dev.zhifu.rules.matching.MatchSettings;
import dev.zhifu.rules.matching.RuleSet;
import dev.zhifu.rules.matching.StreamMatcher;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import java.util.ArrayList;
import java.util.List;

/** Features, router and matching in memory: milliseconds, no cluster, the code of the job. */
public final class PureSubject implements Subject {

  @Override
  public List<RuleHit> run(List<Rule> rules, List<Arrival> arrivals) {
    Run run = new Run(rules);
    arrivals.forEach(run::next);
    run.matcher.advanceTo(Long.MAX_VALUE);
    return run.hits;
  }

  /** One scenario under way. */
  private static final class Run implements HitListener {
    private final List<RuleHit> hits = new ArrayList<>();
    private final FeaturePipeline features = new FeaturePipeline(Limits.UNHEARD);
    private final Listings listings = new Listings();
    private final Router router;
    private final StreamMatcher matcher;

    Run(List<Rule> rules) {
      RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
      rules.forEach(rule -> timeline.start(rule, Long.MIN_VALUE));
      router = new Router(timeline, listings);
      matcher = new StreamMatcher(RuleSet.of(rules), MatchSettings.DEFAULT, this);
    }

    void next(Arrival arrival) {
      if (arrival.isWatermark()) {
        matcher.advanceTo(arrival.atMs());
        return;
      }
      if (arrival.listed() != null) {
        listings.put(arrival.listed());
        return;
      }
      EnrichedEvent event = EnrichedEvent.newBuilder(arrival.event()).build();
      if (features.enrich(event) != Dedupe.Verdict.NEW) {
        return;
      }
      for (Router.Route route : router.route(event)) {
        matcher.accept(route.kind(), route.id(), route.side(), event);
      }
    }

    @Override
    public void onHit(RuleHit hit) {
      hits.add(hit);
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      // A late event makes no hit; that is all a scenario can see of it.
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      throw new IllegalStateException(
          rule.id() + " overflowed on " + key + ": a scenario must not need more partial matches");
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new IllegalStateException(rule.id() + " failed on this scenario", failure);
    }
  }
}
