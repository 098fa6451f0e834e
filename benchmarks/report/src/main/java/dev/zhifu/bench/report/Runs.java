package dev.zhifu.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All runs of one benchmark with what they ran on; kept in a JSON file that grows with each run, so
 * that a benchmark that was cut off goes on where it stopped.
 */
public final class Runs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document;

  private Runs(ObjectNode document) {
    this.document = document;
  }

  /**
   * None yet.
   *
   * @param about command, seed, machine and whatever else stands under each figure
   */
  public static Runs about(Map<String, String> about) {
    ObjectNode document = JSON.createObjectNode();
    document.set("about", JSON.valueToTree(about));
    document.putArray("runs");
    return new Runs(document);
  }

  /**
   * Those of a file.
   *
   * @throws IOException when it cannot be read or is no such file
   */
  public static Runs read(Path file) throws IOException {
    if (JSON.readTree(file.toFile()) instanceof ObjectNode document && document.has("runs")) {
      return new Runs(document);
    }
    throw new IOException(file + " holds no benchmark runs");
  }

  /** Writes them; the file is whole at any time. */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path next = Files.createTempFile(parent, "bench", ".json");
    JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), document);
    Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** Adds one run; it must name its {@code config} and {@code round}. */
  public void add(JsonNode run) {
    ((ArrayNode) document.get("runs")).add(run);
  }

  /** Forgets runs that came to no end, so that they are made again. */
  public void forgetFailed() {
    ArrayNode runs = (ArrayNode) document.get("runs");
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).has("failed")) {
        runs.remove(i);
      }
    }
  }

  /** Keeps something that was computed from the runs beside them. */
  public void put(String name, Object value) {
    document.set(name, JSON.valueToTree(value));
  }

  /** Keeps one more word about what they ran on. */
  public void about(String name, String value) {
    ((ObjectNode) document.get("about")).put(name, value);
  }

  /** True when that configuration was measured in that round. */
  public boolean has(String config, int round) {
    return of(config).stream().anyMatch(run -> run.path("round").asInt() == round);
  }

  /** What they ran on. */
  public Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    document
        .get("about")
        .fields()
        .forEachRemaining(e -> about.put(e.getKey(), e.getValue().asText()));
    return about;
  }

  /** Configurations in the order of their first run. */
  public List<String> configs() {
    List<String> configs = new ArrayList<>();
    for (JsonNode run : document.get("runs")) {
      String config = run.path("config").asText();
      if (!configs.contains(config)) {
        configs.add(config);
      }
    }
    return configs;
  }

  /** Runs of one configuration, whether they came to an end or not. */
  public List<JsonNode> of(String config) {
    List<JsonNode> runs = new ArrayList<>();
    for (JsonNode run : document.get("runs")) {
      if (run.path("config").asText().equals(config)) {
        runs.add(run);
      }
    }
    return runs;
  }

  /** The values of one figure, run by run; runs that failed have none. */
  public List<Double> values(String config, String figure) {
    return of(config).stream()
        .filter(run -> run.has(figure))
        .map(run -> run.get(figure).asDouble())
        .toList();
  }

  /** The different texts of one figure over several configurations. */
  public Set<String> texts(List<String> configs, String figure) {
    Set<String> texts = new TreeSet<>();
    configs.forEach(
        config ->
            of(config).stream()
                .filter(run -> run.has(figure))
                .forEach(run -> texts.add(run.get(figure).asText())));
    return texts;
  }

  /** Least and greatest load average of these configurations' runs, in words. */
  public String load(List<String> configs) {
    List<Double> loads =
        configs.stream()
            .filter(java.util.Objects::nonNull)
            .flatMap(config -> values(config, "loadAverage").stream())
            .sorted()
            .toList();
    return loads.isEmpty()
        ? "load not known"
        : String.format(
            java.util.Locale.ROOT,
            "load %.1f–%.1f during the runs",
            loads.get(0),
            loads.get(loads.size() - 1));
  }

  /** Sum over a configuration's runs of the number at a JSON pointer, 0 where there is none. */
  public long sum(String config, String pointer) {
    return of(config).stream().mapToLong(run -> run.at(pointer).asLong()).sum();
  }

  /** The same for each name of the map at a JSON pointer, by name. */
  public Map<String, Long> counts(String config, String pointer) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode run : of(config)) {
      run.at(pointer)
          .fields()
          .forEachRemaining(e -> counts.merge(e.getKey(), e.getValue().asLong(), Long::sum));
    }
    return counts;
  }

  /** Median of one figure; NaN without a run. */
  public double median(String config, String figure) {
    return Median.of(values(config, figure));
  }

  /**
   * Median over rounds of one configuration's figure over another's in the same round; NaN where no
   * round has both.
   */
  public double ratio(String config, String to, String figure) {
    List<Double> ratios = new ArrayList<>();
    for (JsonNode run : of(config)) {
      for (JsonNode other : of(to)) {
        if (run.path("round").asInt() == other.path("round").asInt()
            && run.has(figure)
            && other.path(figure).asDouble() > 0) {
          ratios.add(run.get(figure).asDouble() / other.get(figure).asDouble());
        }
      }
    }
    return Median.of(ratios);
  }
}
