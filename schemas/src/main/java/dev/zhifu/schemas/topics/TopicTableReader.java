package dev.zhifu.schemas.topics;

import dev.zhifu.schemas.topics.Topic.Cleanup;
import dev.zhifu.schemas.topics.TopicTableException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads topics.yaml with line numbers and gathers every fault before it complains. */
final class TopicTableReader {

  private static final Set<String> TOPIC_FIELDS =
      Set.of(
          "name",
          "carries",
          "key",
          "partitions",
          "cleanup",
          "retention",
          "ground",
          "law",
          "writers",
          "readers");
  private static final Set<String> PRINCIPAL_FIELDS =
      Set.of("name", "what", "demoOnly", "describesAll");
  private static final Pattern NAME =
      Pattern.compile("[a-z]+(\\.[a-z]+)*|bank\\.\\{bank}\\.[a-z]+");
  private static final Pattern RETENTION = Pattern.compile("([1-9][0-9]{0,3})([hd])");
  private static final String FOREVER = "forever";
  private static final int MOST_PARTITIONS = 64;

  private final String file;
  private final List<Fault> faults = new ArrayList<>();

  TopicTableReader(String file) {
    this.file = file;
  }

  TopicTable read(String text) {
    Map<String, Node> root = fields(compose(text), Set.of("principals", "topics"));
    List<Principal> principals = new ArrayList<>();
    for (Node node : items(root.get("principals"), "principals", 1)) {
      principals.add(principal(node));
    }
    Set<String> known = new HashSet<>();
    principals.forEach(principal -> known.add(principal.name()));
    List<Topic> topics = new ArrayList<>();
    for (Node node : items(root.get("topics"), "topics", 1)) {
      topic(node, known).ifPresent(topics::add);
    }
    refuseDoubles(topics);
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line));
      throw new TopicTableException(file, faults);
    }
    return new TopicTable(principals, topics);
  }

  private Node compose(String text) {
    try {
      return new Compose(LoadSettings.builder().setLabel(file).build())
          .composeString(text)
          .orElseThrow(
              () -> new TopicTableException(file, List.of(new Fault(1, "the file is empty"))));
    } catch (MarkedYamlEngineException broken) {
      int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new TopicTableException(
          file, List.of(new Fault(line, "not YAML: " + broken.getProblem())));
    }
  }

  private Principal principal(Node node) {
    Map<String, Node> fields = fields(node, PRINCIPAL_FIELDS);
    return new Principal(
        text(fields, "name", node),
        text(fields, "what", node),
        flag(fields, "demoOnly"),
        flag(fields, "describesAll"));
  }

  private boolean flag(Map<String, Node> fields, String field) {
    if (!fields.containsKey(field)) {
      return false;
    }
    String written = text(fields, field, fields.get(field));
    if (!Set.of("true", "false").contains(written)) {
      fault(fields.get(field), field + " is '" + written + "'; it must be true or false");
    }
    return Boolean.parseBoolean(written);
  }

  private Optional<Topic> topic(Node node, Set<String> principals) {
    Map<String, Node> fields = fields(node, TOPIC_FIELDS);
    String name = name(fields, node);
    Class<? extends SpecificRecord> carries = recordClass(fields, node);
    Cleanup cleanup = cleanup(fields, node);
    boolean perBank = name.contains(Topic.BANK);
    Topic topic =
        new Topic(
            name,
            carries,
            text(fields, "key", node),
            partitions(fields, node),
            cleanup,
            retention(fields, node, cleanup),
            text(fields, "ground", node),
            fields.containsKey("law") ? Optional.of(text(fields, "law", node)) : Optional.empty(),
            holders(fields, "writers", node, principals, perBank),
            holders(fields, "readers", node, principals, perBank),
            line(node));
    return carries == null ? Optional.empty() : Optional.of(topic);
  }

  private String name(Map<String, Node> fields, Node node) {
    String name = text(fields, "name", node);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      fault(
          fields.get("name"),
          "name is '"
              + name
              + "'; it must be lower-case words with dots between, or bank.{bank}.word");
    }
    return name;
  }

  private Class<? extends SpecificRecord> recordClass(Map<String, Node> fields, Node node) {
    String simpleName = text(fields, "carries", node);
    if (simpleName.isEmpty()) {
      return null;
    }
    try {
      return Class.forName(
              "dev.zhifu.wire." + simpleName, true, TopicTableReader.class.getClassLoader())
          .asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException | ClassCastException | LinkageError unknown) {
      fault(
          fields.get("carries"),
          "carries is '" + simpleName + "'; it must be a record of src/main/avro");
      return null;
    }
  }

  private int partitions(Map<String, Node> fields, Node node) {
    String written = text(fields, "partitions", node);
    if (written.isEmpty()) {
      return 1;
    }
    if (written.matches("[0-9]{1,3}")) {
      int partitions = Integer.parseInt(written);
      if (partitions >= 1 && partitions <= MOST_PARTITIONS) {
        return partitions;
      }
    }
    fault(
        fields.get("partitions"),
        "partitions is '" + written + "'; it must be a number from 1 to " + MOST_PARTITIONS);
    return 1;
  }

  private Cleanup cleanup(Map<String, Node> fields, Node node) {
    String written = text(fields, "cleanup", node);
    if (written.equals("compact")) {
      return Cleanup.COMPACT;
    }
    if (!written.isEmpty() && !written.equals("delete")) {
      fault(fields.get("cleanup"), "cleanup is '" + written + "'; it must be delete or compact");
    }
    return Cleanup.DELETE;
  }

  private Optional<Duration> retention(Map<String, Node> fields, Node node, Cleanup cleanup) {
    if (cleanup == Cleanup.COMPACT) {
      if (fields.containsKey("retention")) {
        fault(
            fields.get("retention"),
            "retention is set on a compacted topic, which keeps the newest record of each key; leave it out");
      }
      return Optional.empty();
    }
    String written = text(fields, "retention", node);
    if (written.isEmpty() || written.equals(FOREVER)) {
      return Optional.empty();
    }
    Matcher matcher = RETENTION.matcher(written);
    if (!matcher.matches()) {
      fault(
          fields.get("retention"),
          "retention is '" + written + "'; it must be hours or days such as 24h or 7d, or forever");
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        matcher.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
  }

  private List<String> holders(
      Map<String, Node> fields, String field, Node node, Set<String> principals, boolean perBank) {
    List<String> names = new ArrayList<>();
    for (Node item : items(fields.get(field), field, line(node))) {
      String name = item instanceof ScalarNode scalar ? scalar.getValue() : "";
      names.add(name);
      if (!principals.contains(name)) {
        fault(item, field + " names '" + name + "'; principals are " + sorted(principals));
      } else if (name.contains(Topic.BANK) && !perBank) {
        fault(
            item,
            field
                + " names '"
                + name
                + "' on a topic that all banks would share; only bank.{bank}.* topics may");
      }
    }
    if (new HashSet<>(names).size() < names.size()) {
      fault(fields.get(field), field + " names one principal twice: " + names);
    }
    return List.copyOf(names);
  }

  private void refuseDoubles(List<Topic> topics) {
    Map<String, Integer> firstLines = new LinkedHashMap<>();
    for (Topic topic : topics) {
      Integer first = firstLines.putIfAbsent(topic.subject(), topic.line());
      if (first != null) {
        faults.add(
            new Fault(
                topic.line(),
                "topic '"
                    + topic.name()
                    + "' has the subject of line "
                    + first
                    + "; names must differ"));
      }
    }
  }

  private Map<String, Node> fields(Node node, Set<String> allowed) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      fault(node, "this must be a mapping with " + sorted(allowed));
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!allowed.contains(name)) {
        fault(tuple.getKeyNode(), "field '" + name + "' is unknown; there are " + sorted(allowed));
      } else if (fields.put(name, tuple.getValueNode()) != null) {
        fault(tuple.getKeyNode(), "field '" + name + "' stands twice; keep one");
      }
    }
    return fields;
  }

  private String text(Map<String, Node> fields, String field, Node owner) {
    if (!(fields.get(field) instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      Node at = fields.getOrDefault(field, owner);
      fault(at, "field '" + field + "' is missing or not a text; every entry has one");
      return "";
    }
    return scalar.getValue().strip();
  }

  private List<Node> items(Node node, String field, int ownerLine) {
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue();
    }
    int line = node == null ? ownerLine : line(node);
    faults.add(new Fault(line, "'" + field + "' is missing or empty; it must be a list"));
    return List.of();
  }

  private void fault(Node node, String message) {
    faults.add(new Fault(line(node), message));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
