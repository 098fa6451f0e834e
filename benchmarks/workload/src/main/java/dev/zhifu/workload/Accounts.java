package dev.zhifu.workload;

import java.util.Map;
import java.util.TreeMap;

/** Adds a run up. */
final class Accounts {
  private Accounts() {}

  private static Map<String, Integer> networks(World world) {
    Map<String, Integer> counts = new TreeMap<>();
    world.simBanks.all().forEach(story -> counts.merge(story.kind, 1, Integer::sum));
    world.scoreRunners.all().forEach(story -> counts.merge(story.kind, 1, Integer::sum));
    return counts;
  }

  static CitySummary summary(World world) {
    Outbox.Counts counts = world.outbox.counts();
    Effects effects = world.effects;
    DutyOfficers officers = world.officers;
    Map<String, Integer> typologies = new TreeMap<>();
    Map<String, Integer> outcomes = new TreeMap<>();
    long loss = 0;
    long heldBack = 0;
    long heldOnMules = 0;
    long stopped = 0;
    long ceiling = 0;
    long prevented = 0;
    long stillHeld = 0;
    for (FraudStory story : world.frauds.all()) {
      typologies.merge(story.kind, 1, Integer::sum);
      outcomes.merge(StoryOutcome.word(story), 1, Integer::sum);
      loss += StoryOutcome.lossFen(story);
      heldBack += StoryOutcome.heldBackFen(story);
      heldOnMules += story.money.heldThenStoppedFen;
      stopped += story.money.stoppedFen;
      ceiling += story.reachableAtAcceptanceFen;
      prevented += story.preventedFen;
      stillHeld += StoryOutcome.stillHeldFen(story, world.schedule.now());
    }
    return new CitySummary(
        world.settings.run().seed(),
        world.settings.run().residents(),
        counts.events(),
        counts.transactions,
        counts.accesses,
        counts.telecom,
        counts.reports,
        counts.duplicates,
        counts.late,
        world.payments.asks(),
        effects.passAnswers,
        effects.holdAnswers,
        effects.lateAnswers,
        world.frauds.all().size(),
        typologies,
        outcomes,
        world.settings.enrichmentFactor(),
        loss,
        heldBack,
        heldOnMules,
        stopped,
        ceiling,
        stillHeld,
        prevented,
        effects.balanceStoppedFen,
        effects.stops,
        effects.riskHolds,
        effects.warningsToVictims,
        effects.warningsToOthers,
        effects.ordersSeen(),
        effects.wrongOrders(),
        effects.lateOrders(),
        effects.rightHolds,
        new TreeMap<>(effects.wrongHolds()),
        officers.accepted,
        officers.refused,
        officers.signed,
        officers.rejected,
        effects.wrongOrdersByStory(),
        networks(world));
  }
}
