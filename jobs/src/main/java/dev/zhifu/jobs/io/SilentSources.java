package dev.zhifu.jobs.io;

import dev.zhifu.jobs.match.RuleInput;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps which sources are silent and tells matching at each change. Parallelism 1. No state: after
 * a restore every source counts as speaking until its idleness is found again.
 */
public final class SilentSources extends ProcessFunction<SourceStatus, RuleInput> {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> silent = new TreeSet<>();

  @Override
  public void processElement(SourceStatus status, Context context, Collector<RuleInput> out) {
    boolean changed = status.idle() ? silent.add(status.source()) : silent.remove(status.source());
    if (changed) {
      out.collect(RuleInput.idle(List.copyOf(silent)));
    }
  }
}
