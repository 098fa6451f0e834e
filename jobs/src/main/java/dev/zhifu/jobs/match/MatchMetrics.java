package dev.zhifu.jobs.match;

import dev.zhifu.rules.matching.MatchCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What MATCH shows of itself. */
final class MatchMetrics {
  final Counter elements;
  final Counter relevant;
  final Counter held;
  private final MetricGroup group;
  private final Map<String, Counter> hitsByRule = new HashMap<>();
  private final Map<String, Counter> overflowedByRule = new HashMap<>();

  MatchMetrics(MetricGroup group, MatchCounts counts) {
    this.group = group;
    elements = group.counter("elements");
    relevant = group.counter("relevant");
    held = group.counter("heldAtStart");
    gauge("hitsAnnounced", counts::announced);
    gauge("hitsRetracted", counts::retracted);
    gauge("hitsFinal", counts::finals);
    gauge("late", counts::late);
    gauge("duplicates", counts::duplicates);
    gauge("lateReruns", counts::lateReruns);
    gauge("forksRebuilt", counts::rebuilds);
    gauge("forksCommitted", counts::commits);
    gauge("overflowed", counts::overflowed);
    gauge("quarantined", counts::quarantined);
  }

  void gauge(String name, LongSupplier value) {
    group.gauge(name, (Gauge<Long>) value::getAsLong);
  }

  Counter hits(String ruleId) {
    return byRule(hitsByRule, ruleId, "hits");
  }

  Counter overflowed(String ruleId) {
    return byRule(overflowedByRule, ruleId, "overflowed");
  }

  private Counter byRule(Map<String, Counter> counters, String ruleId, String name) {
    return counters.computeIfAbsent(ruleId, id -> group.addGroup("rule", id).counter(name));
  }
}
