package dev.zhifu.jobs.backtest;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one rule finds in events that are enriched already: router and matching in memory, the code
 * of the job, seconds instead of minutes.
 */
final class RuleTrial implements HitListener {
  private final Map<String, Alert> alerts = new LinkedHashMap<>();

  private RuleTrial() {}

  /** Final hits of the rule over the whole set. */
  static List<Alert> run(Rule rule, List<EnrichedEvent> events) {
    RuleTrial trial = new RuleTrial();
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    timeline.start(rule, Long.MIN_VALUE);
    Router router = new Router(timeline, new Listings());
    StreamMatcher matcher =
        new StreamMatcher(RuleSet.of(List.of(rule)), MatchSettings.DEFAULT, trial);
    for (EnrichedEvent event : events) {
      for (Router.Route route : router.route(event)) {
        matcher.advanceTo(event.getOccurredAt().toEpochMilli() - 1);
        matcher.accept(route.kind(), route.id(), route.side(), event);
      }
    }
    matcher.advanceTo(Long.MAX_VALUE);
    return List.copyOf(trial.alerts.values());
  }

  @Override
  public void onHit(RuleHit hit) {
    if (!hit.getHolds()) {
      alerts.remove(hit.getHitId());
    } else {
      alerts.put(hit.getHitId(), Alert.of(hit));
    }
  }

  @Override
  public void onLate(KeyKind keyKind, String key, MatchEvent event) {
    throw new IllegalStateException("events come in order; " + event.view().event().getEventId());
  }

  @Override
  public void onOverflow(KeyKind keyKind, String key, Rule rule) {
    // The key's rule is left out, as in the job; the hits it would have had are missed.
  }

  @Override
  public void onQuarantine(Rule rule, Exception failure) {
    throw new IllegalStateException(rule.id() + " failed on this set", failure);
  }
}
