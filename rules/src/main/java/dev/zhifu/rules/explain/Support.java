package dev.zhifu.rules.explain;

import dev.zhifu.rules.features.Limits;
import dev.zhifu.rules.features.Listings;
import dev.zhifu.rules.features.Router;
import dev.zhifu.rules.features.RuleTimeline;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.Step;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import java.util.Optional;

/**
 * Events that a rule needs and does not show as evidence ({@code evidence: false}): its decision
 * cannot be made again without them.
 */
public final class Support {
  private final RuleHit hit;
  private final boolean needed;
  private final Router router;

  /** What supports {@code hit}, a hit of {@code rule}. */
  public Support(Rule rule, RuleHit hit) {
    this.hit = hit;
    this.needed = rule.steps().stream().anyMatch(Support::isHidden);
    RuleTimeline timeline = new RuleTimeline(Limits.UNHEARD);
    timeline.start(rule, Long.MIN_VALUE);
    this.router = new Router(timeline, new Listings());
  }

  private static boolean isHidden(Step step) {
    return !step.evidence() && !step.negated();
  }

  /** How the hit's key stands in an event of its time; empty when the event does not support it. */
  public Optional<Side> side(EnrichedEvent event) {
    if (!needed
        || event.getOccurredAt().isBefore(hit.getEvidence().get(0).getOccurredAt())
        || event.getOccurredAt().isAfter(hit.getOccurredAt())
        || hit.getEvidence().stream()
            .anyMatch(one -> one.getEventId().equals(event.getEventId()))) {
      return Optional.empty();
    }
    // What lists said then stands in the features.
    return router.keys(event).stream()
        .filter(route -> route.kind() == hit.getKeyKind() && route.id().equals(hit.getKey()))
        .map(Router.Route::side)
        .findFirst();
  }
}
