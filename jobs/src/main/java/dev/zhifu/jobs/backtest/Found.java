package dev.zhifu.jobs.backtest;

import java.util.Map;
import java.util.Set;

/**
 * Final hits of one run.
 *
 * @param alerts of rules with a voice, by hit id
 * @param shadows ids of those of rules in shadow
 * @param open ids of those that become final only behind what the job had decided
 */
record Found(Map<String, Alert> alerts, Set<String> shadows, Set<String> open) {

  static Found in(Gathered gathered) {
    return new Found(
        Map.copyOf(gathered.alerts()), Set.copyOf(gathered.shadows()), Set.copyOf(gathered.open()));
  }
}
