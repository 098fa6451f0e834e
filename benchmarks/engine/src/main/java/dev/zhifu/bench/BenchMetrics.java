package dev.zhifu.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Keeps the job's own metrics within reach of the program that measures it. */
public final class BenchMetrics implements MetricReporter {
  private static final Map<Metric, String> METRICS = new ConcurrentHashMap<>();

  /** Makes the reporter; for Flink. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(java.util.Properties properties) {
      return new BenchMetrics();
    }
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to set.
  }

  @Override
  public void close() {
    METRICS.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String operator = group.getAllVariables().get("<operator_name>");
    String task = group.getAllVariables().get("<task_name>");
    String[] scope = group.getScopeComponents();
    // RocksDB's own metrics come in a group named after the state.
    String state =
        scope.length > 0 && scope[scope.length - 1].matches(".*\\.v\\d+")
            ? scope[scope.length - 1] + "."
            : "";
    String owner = operator != null ? operator + "." : task != null ? task + "." : "";
    METRICS.put(metric, owner + state + name.replaceFirst("^rocksdb[._]", ""));
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    METRICS.remove(metric);
  }

  /** Sums over subtasks of every metric whose name is wanted; of shares the mean. */
  static Map<String, Double> sums(Iterable<String> wanted) {
    Map<String, Double> sums = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    METRICS.forEach(
        (metric, name) -> {
          for (String each : wanted) {
            if (name.equals(each) || name.endsWith("." + each)) {
              sums.merge(name, value(metric), Double::sum);
              counts.merge(name, 1, Integer::sum);
            }
          }
        });
    // A gauge that cannot tell says "not a number" or, of checkpoints, -1.
    sums.values().removeIf(sum -> sum.isNaN() || sum < 0);
    sums.replaceAll(
        (name, sum) ->
            name.endsWith("Rate") || name.endsWith("Share") || name.endsWith("PerSecond")
                ? sum / counts.get(name)
                : sum);
    return sums;
  }

  private static double value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number.doubleValue()
        : 0;
  }
}
