package dev.zhifu.rules.scenario;

import dev.zhifu.wire.AccountKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code scenarios.yaml}; all faults of a file at once. */
public final class ScenarioFile {
  private static final Set<String> KEYS =
      Set.of("name", "why", "start", "accounts", "timeline", "expect");

  /** A Monday; a scenario's start is a time of this day in China. */
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static final LocalTime USUAL_START = LocalTime.of(10, 0);
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  private static final int FULL_ACCOUNT = 5;

  private final String file;
  private final List<ScenarioProblem> problems = new ArrayList<>();

  private ScenarioFile(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read
   * @throws ScenarioException when it has faults
   */
  public static List<Scenario> read(Path path) throws IOException, ScenarioException {
    Path folder = path.toAbsolutePath().getParent();
    String name =
        folder == null ? path.toString() : folder.getFileName() + "/" + path.getFileName();
    return parse(name, Files.readString(path));
  }

  /**
   * Reads a text.
   *
   * @param file name for messages
   * @throws ScenarioException when it has faults
   */
  public static List<Scenario> parse(String file, String text) throws ScenarioException {
    ScenarioFile reader = new ScenarioFile(file);
    List<Scenario> scenarios = reader.scenarios(text);
    if (!reader.problems.isEmpty()) {
      throw new ScenarioException(reader.problems);
    }
    return scenarios;
  }

  private List<Scenario> scenarios(String text) {
    List<Scenario> scenarios = new ArrayList<>();
    if (!(root(text) instanceof SequenceNode list)) {
      problem(1, "the file is no list of scenarios", "begin each scenario with - name:");
      return scenarios;
    }
    Map<String, Integer> seen = new HashMap<>();
    for (Node each : list.getValue()) {
      if (each instanceof MappingNode mapping) {
        Scenario scenario = scenario(mapping);
        Integer before = seen.putIfAbsent(scenario.name(), scenario.line());
        if (before != null) {
          problem(scenario.line(), "line " + before + " has this name too", "say what differs");
        }
        scenarios.add(scenario);
      } else {
        problem(line(each), "a scenario is no mapping", "begin it with - name:");
      }
    }
    return scenarios;
  }

  private Node root(String text) {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
      return root.orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problem(line, "this is not YAML: " + e.getProblem(), "check indentation and colons here");
      return null;
    }
  }

  private Scenario scenario(MappingNode mapping) {
    Map<String, ScalarNode> values = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!KEYS.contains(key)) {
        problem(line(entry.getKeyNode()), "a scenario has no " + key, "it has " + sorted(KEYS));
      } else if (entry.getValueNode() instanceof ScalarNode scalar) {
        values.put(key, scalar);
      } else {
        problem(line(entry.getValueNode()), key + " is no text", "write text, a table after |");
      }
    }
    return scenario(mapping, values);
  }

  private Scenario scenario(MappingNode mapping, Map<String, ScalarNode> values) {
    for (String key : List.of("name", "why", "timeline", "expect")) {
      if (!values.containsKey(key)) {
        problem(line(mapping), "the scenario has no " + key, "every scenario has one");
      }
    }
    long startMs = start(values.get("start"));
    Cast cast = new Cast();
    rows(values.get("accounts"), row -> account(cast, row));
    TimelineReader timeline = new TimelineReader(cast, startMs);
    rows(values.get("timeline"), timeline::read);
    return new Scenario(
        file,
        line(mapping),
        text(values.get("name")),
        text(values.get("why")),
        startMs,
        timeline.arrivals(),
        expected(values.get("expect")),
        cast.names());
  }

  private long start(ScalarNode node) {
    LocalTime time = USUAL_START;
    if (node != null) {
      if (node.getValue().matches("([01]\\d|2[0-3]):[0-5]\\d")) {
        time = LocalTime.parse(node.getValue());
      } else {
        problem(line(node), "start is " + node.getValue(), "write a time of day, such as 01:30");
      }
    }
    return DAY.atTime(time).toInstant(CHINA).toEpochMilli();
  }

  /**
   * A row of the accounts table: role, kind, bank, opened, balance; a dash where nothing is known;
   * then {@code age=} and {@code region=} if they matter.
   */
  private static void account(Cast cast, List<String> row) throws RowException {
    if (row.size() < FULL_ACCOUNT) {
      throw new RowException(
          "the account has " + row.size() + " columns",
          "write role, kind, bank, opened and balance; - where unknown");
    }
    String opened = row.get(3);
    if (!opened.equals("-") && !Offsets.isOffset(opened)) {
      throw new RowException("opened is " + opened, "write an offset such as -10d, or -");
    }
    Details details = new Details(row.subList(FULL_ACCOUNT, row.size()));
    Integer age = details.number("age");
    String region = details.value("region");
    details.refuseRest("an account");
    LocalDate openedOn =
        opened.equals("-") ? null : DAY.plusDays(Offsets.parse(opened) / 86_400_000L);
    cast.describe(
        row.get(0),
        new Cast.Account(
            row.get(2).equals("-") ? "B01" : row.get(2),
            Details.constantOf("kind", row.get(1), AccountKind.class),
            openedOn,
            row.get(4).equals("-") ? null : Yuan.fen(row.get(4)),
            age,
            region));
  }

  private List<ExpectedHit> expected(ScalarNode node) {
    List<ExpectedHit> hits = new ArrayList<>();
    if (node != null && !node.getValue().strip().equals("none")) {
      rows(node, row -> hits.add(hit(row)));
      if (hits.isEmpty()) {
        problem(line(node), "expect is empty", "write the hits, or none");
      }
    }
    return hits;
  }

  private static ExpectedHit hit(List<String> row) throws RowException {
    if (row.size() < 4 || !Offsets.isOffset(row.get(0))) {
      throw new RowException(
          "this is no hit: " + String.join(" ", row), "write offset, rule, key and evidence");
    }
    boolean retracted = row.get(row.size() - 1).equals("retracted");
    return new ExpectedHit(
        Offsets.format(Offsets.parse(row.get(0))),
        row.get(1),
        row.get(2),
        List.copyOf(row.subList(3, row.size() - (retracted ? 1 : 0))),
        retracted);
  }

  /** What is done with one row of a table. */
  private interface RowReader {
    void read(List<String> cells) throws RowException;
  }

  private void rows(ScalarNode table, RowReader reader) {
    if (table == null) {
      return;
    }
    // A block's text begins on the line after its mark.
    int line = line(table);
    for (String row : table.getValue().split("\n")) {
      line++;
      String content = row.replaceAll("(^|\\s)#.*", "").strip();
      if (!content.isEmpty()) {
        readRow(Arrays.asList(content.split("\\s+")), reader, line);
      }
    }
  }

  private void readRow(List<String> cells, RowReader reader, int line) {
    try {
      reader.read(cells);
    } catch (RowException e) {
      problem(line, e.getMessage(), e.fix());
    }
  }

  private static String text(ScalarNode node) {
    return node == null ? "" : node.getValue().strip();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private void problem(int line, String what, String fix) {
    problems.add(new ScenarioProblem(file, line, what, fix));
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }
}
