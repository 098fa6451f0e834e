package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the CPU of a configuration goes, beside that of what it is compared with: microseconds an
 * event, by the threads of its tasks and by what the JVM and RocksDB take for themselves. It is the
 * profile that stands under a target that was missed.
 */
final class Spent {
  private static final List<String> OF_THE_PROCESS = List.of("garbage", "compiling", "rocksdb");
  private static final String REST = "all other threads";
  private static final int SHOWN = 7;
  private static final double MICROS = 1e6;

  private Spent() {}

  /**
   * For each target that was missed a table of what costs most; empty when none was missed or no
   * run says what its threads took.
   */
  static String markdown(Runs runs, List<Target> targets) {
    StringBuilder text = new StringBuilder();
    for (Target target : targets) {
      Map<String, Double> ours = micros(runs, target.config());
      if (target.verdict(runs).equals("missed") && !ours.isEmpty()) {
        text.append("\n**").append(target.what()).append("**\n\n");
        table(text, target, ours, target.to() == null ? Map.of() : micros(runs, target.to()));
      }
    }
    return text.isEmpty()
        ? ""
        : "\n## Where the time goes\n\nFor each target that was missed: microseconds of CPU an event, medians"
            + " over rounds, the greatest difference first; threads by the name that the kernel keeps of"
            + " them.\n"
            + text;
  }

  private static void table(
      StringBuilder text, Target target, Map<String, Double> ours, Map<String, Double> theirs) {
    text.append("| | `").append(target.config()).append("` |");
    text.append(
        target.to() == null ? "\n|---|---|\n" : " `" + target.to() + "` |\n|---|---|---|\n");
    row(text, target, "in all", sum(ours), sum(theirs));
    Set<String> parts = new LinkedHashSet<>(ours.keySet());
    parts.addAll(theirs.keySet());
    List<String> greatest =
        parts.stream()
            .sorted(
                Comparator.comparingDouble(
                    part -> -Math.abs(ours.getOrDefault(part, 0d) - theirs.getOrDefault(part, 0d))))
            .limit(SHOWN)
            .toList();
    for (String part : greatest) {
      row(text, target, part, ours.getOrDefault(part, 0d), theirs.getOrDefault(part, 0d));
    }
  }

  private static void row(
      StringBuilder text, Target target, String part, double ours, double theirs) {
    text.append(String.format(Locale.ROOT, "| %s | %.2f |", part, ours));
    text.append(target.to() == null ? "\n" : String.format(Locale.ROOT, " %.2f |\n", theirs));
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Medians over the rounds; a round that does not name a thread had nothing of it to tell. */
  private static Map<String, Double> micros(Runs runs, String config) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    int rounds = 0;
    for (JsonNode run : runs.of(config)) {
      if (run.has("cpuSecondsByThreads") && run.path("events").asDouble() > 0) {
        rounds++;
        of(run).forEach((part, s) -> values.computeIfAbsent(part, p -> new ArrayList<>()).add(s));
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    for (Map.Entry<String, List<Double>> part : values.entrySet()) {
      while (part.getValue().size() < rounds) {
        part.getValue().add(0d);
      }
      medians.put(part.getKey(), Median.of(part.getValue()));
    }
    return medians;
  }

  /** One run's parts. What garbage, compiler and RocksDB take is named as theirs alone. */
  private static Map<String, Double> of(JsonNode run) {
    double micros = MICROS / run.get("events").asDouble();
    JsonNode byThreads = run.get("cpuSecondsByThreads");
    Map<String, Double> parts = new LinkedHashMap<>();
    OF_THE_PROCESS.forEach(part -> parts.put(part, byThreads.path(part).asDouble() * micros));
    double rest = byThreads.path("job").asDouble();
    for (Map.Entry<String, JsonNode> task : run.path("cpuSecondsByTask").properties()) {
      if (!ofTheProcess(task.getKey())) {
        parts.merge(task.getKey().strip(), task.getValue().asDouble() * micros, Double::sum);
        rest -= task.getValue().asDouble();
      }
    }
    parts.put(REST, Math.max(0, rest) * micros);
    return parts;
  }

  private static boolean ofTheProcess(String thread) {
    return thread.startsWith("GC ")
        || thread.startsWith("G1 ")
        || thread.startsWith("VM Thread")
        || thread.matches("C[12] Compiler.*")
        || thread.startsWith("Sweeper")
        || thread.startsWith("rocksdb");
  }
}
