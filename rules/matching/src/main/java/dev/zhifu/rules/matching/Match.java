package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.Step;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.Evidence;
import dev.zhifu.wire.Features;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One match of one rule at one key, with its id.
 *
 * @param hitId {@link HitIds}
 * @param evidence in order
 * @param last the newest event of the evidence
 * @param transaction the newest transaction of the evidence; null when there is none
 */
record Match(String hitId, List<Evidence> evidence, MatchEvent last, BankTransaction transaction) {

  static Match of(CompiledRule compiled, String key, Map<String, List<MatchEvent>> taken) {
    List<Evidence> evidence = new ArrayList<>();
    MatchEvent last = null;
    MatchEvent lastTransaction = null;
    for (Step step : compiled.rule().steps()) {
      List<MatchEvent> events = step.evidence() ? taken.get(step.name()) : null;
      if (events == null) {
        continue;
      }
      for (MatchEvent event : events) {
        evidence.add(evidence(step, event));
        last = newer(last, event);
        if (event.view().event().getEvent() instanceof BankTransaction) {
          lastTransaction = newer(lastTransaction, event);
        }
      }
    }
    if (last == null) {
      throw new IllegalStateException(
          compiled + " matched without evidence: one mandatory step must be evidence");
    }
    return new Match(
        HitIds.of(compiled.rule().id(), compiled.rule().version(), key, evidence),
        evidence,
        last,
        lastTransaction == null
            ? null
            : (BankTransaction) lastTransaction.view().event().getEvent());
  }

  private static Evidence evidence(Step step, MatchEvent event) {
    return new Evidence(
        step.name(), event.id(), Instant.ofEpochMilli(event.timeMs()), event.side());
  }

  private static MatchEvent newer(MatchEvent left, MatchEvent right) {
    return left == null || right.compareTo(left) > 0 ? right : left;
  }

  long lastMs() {
    return last.timeMs();
  }

  Features features() {
    return last.view().event().getFeatures();
  }
}
