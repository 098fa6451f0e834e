package dev.zhifu.workload;

import java.util.Map;
import java.util.TreeMap;

/** Adds a run up. */
final class Accounts {
  private Accounts() {}

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
      outcomes.merge(story.outcome(), 1, Integer::sum);
      loss += story.lossFen();
      heldBack += story.heldBackTotalFen();
      heldOnMules += story.money.heldThenStoppedFen;
      stopped += story.money.stoppedFen;
      ceiling += story.reachableAtAcceptanceFen;
      prevented += story.preventedFen;
      stillHeld += story.stillHeldFen(world.schedule.now());
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
        officers.rejected);
  }
}
