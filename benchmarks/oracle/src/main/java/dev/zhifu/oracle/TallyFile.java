package dev.zhifu.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.rules.language.AfterMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The table as JSON, from which a stopped run goes on. */
final class TallyFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String COMMIT = "commit";

  private final Path file;
  private final Map<String, String> about;

  /**
   * @param about what is known of the run, by name: commit, command, machine, day
   */
  TallyFile(Path file, Map<String, String> about) {
    this.file = file;
    this.about = new TreeMap<>(about);
  }

  /**
   * Writes the file whole or not at all.
   *
   * @param seed first seed of the run
   * @param next first seed that is still to be tried
   */
  void write(Tally tally, long seed, long next) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode said = root.putObject("about");
    about.forEach(said::put);
    root.put("seed", seed).put("next", next).put("histories", tally.histories());
    root.put("overflowed", tally.overflowed()).put("choices", tally.choices());
    root.put("differences", tally.differences());
    set(root.putObject("engine"), tally.engine());
    set(root.putObject("stock"), tally.stock());
    set(root.putObject("language"), tally.spec());
    ArrayNode cells = root.putArray("cells");
    tally.all().forEach(cell -> cells.addPOJO(cell));
    ArrayNode kept = root.putArray("firstDifferences");
    tally.kept().forEach(difference -> kept.add(difference.toString()));
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path half = absolute.resolveSibling(absolute.getFileName() + ".part");
    Files.writeString(half, JSON.writeValueAsString(root) + "\n");
    Files.move(half, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void set(ObjectNode node, HitSet hits) {
    node.put("size", hits.size()).put("hash", "%016x".formatted(hits.hash()));
  }

  /**
   * Reads what a stopped run had counted.
   *
   * @param seed first seed of this run
   * @return first seed that is still to be tried
   * @throws IllegalArgumentException when the file is of a run with another first seed, or of
   *     another commit: one table speaks of one state of the code
   */
  long read(Tally into, long seed) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    if (root.path("seed").asLong() != seed) {
      throw new IllegalArgumentException(
          file + " is of a run with --seed " + root.path("seed") + "; go on with that seed");
    }
    String before = root.path("about").path(COMMIT).asText();
    if (!before.equals(about.getOrDefault(COMMIT, ""))) {
      throw new IllegalArgumentException(
          "%s is of a run on commit '%s', this is '%s'; go on with that commit, or begin anew without --resume"
              .formatted(file, before, about.getOrDefault(COMMIT, "")));
    }
    into.restore(
        root.path("histories").asLong(),
        root.path("overflowed").asLong(),
        root.path("choices").asLong(),
        root.path("differences").asLong());
    restore(root.path("engine"), into.engine());
    restore(root.path("stock"), into.stock());
    restore(root.path("language"), into.spec());
    root.path("cells").forEach(cell -> into.restore(cell(cell)));
    return root.path("next").asLong();
  }

  private static void restore(JsonNode node, HitSet into) {
    into.restore(
        node.path("size").asLong(), Long.parseUnsignedLong(node.path("hash").asText(), 16));
  }

  private static Tally.Cell cell(JsonNode node) {
    return new Tally.Cell(
        Operator.valueOf(node.path("operator").asText()),
        AfterMatch.Kind.valueOf(node.path("skip").asText()),
        Disturbance.valueOf(node.path("disturbance").asText()),
        node.path("histories").asLong(),
        node.path("withHit").asLong(),
        node.path("withRetraction").asLong(),
        node.path("different").asLong());
  }
}
