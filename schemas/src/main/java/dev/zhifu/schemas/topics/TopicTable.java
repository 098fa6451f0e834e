package dev.zhifu.schemas.topics;

import dev.zhifu.schemas.topics.Grant.Operation;
import dev.zhifu.schemas.topics.Grant.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The table of topics, read from {@code topics.yaml} and checked as a whole.
 *
 * @param principals who may write and read
 * @param topics the lines, in the file's order
 */
public record TopicTable(List<Principal> principals, List<Topic> topics) {

  private static final String RESOURCE = "topics.yaml";
  private static final String PER_BANK_PRINCIPAL = "bank-" + Topic.BANK;

  public TopicTable {
    principals = List.copyOf(principals);
    topics = List.copyOf(topics);
  }

  /** The table that this build carries. */
  public static TopicTable standard() {
    return Standard.TABLE;
  }

  /**
   * Reads a table.
   *
   * @param file name for messages
   * @param text YAML
   * @throws TopicTableException with all faults if any
   */
  public static TopicTable parse(String file, String text) {
    return new TopicTableReader(file).read(text);
  }

  /** The line of a full topic name, or nothing. */
  public Optional<Topic> find(String topic) {
    return topics.stream().filter(line -> line.matches(topic)).findFirst();
  }

  /**
   * The line of a full topic name.
   *
   * @throws IllegalArgumentException if the table has no such topic
   */
  public Topic require(String topic) {
    return find(topic)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "topic '"
                        + topic
                        + "' is not in "
                        + RESOURCE
                        + "; it has "
                        + topics.stream().map(Topic::name).toList()));
  }

  /**
   * Every topic to create.
   *
   * @param banks codes of the banks with direct topics
   * @throws IllegalArgumentException if a code is malformed
   */
  public List<TopicSpec> topicsFor(Collection<String> banks) {
    List<TopicSpec> specs = new ArrayList<>();
    for (Topic topic : topics) {
      for (String name : names(topic, banks)) {
        specs.add(new TopicSpec(name, topic.partitions(), topic.brokerConfig()));
      }
    }
    return specs;
  }

  /**
   * Full names of all principals.
   *
   * @param banks codes of the banks with direct topics
   */
  public List<String> principalsFor(Collection<String> banks) {
    List<String> names = new ArrayList<>();
    for (Principal principal : principals) {
      if (principal.perBank()) {
        banks.forEach(bank -> names.add(bankPrincipal(bank)));
      } else {
        names.add(principal.name());
      }
    }
    return names;
  }

  /**
   * What one principal may do, and nothing else: its topics, consumer groups and transactions named
   * with its own name and a dash in front, and offsets where {@link Principal#describesAll} says
   * so. A bank sees its own topics only.
   *
   * @param principal full name, for example {@code engine} or {@code bank-B01}
   * @param banks codes of the banks with direct topics
   * @throws IllegalArgumentException if the table has no such principal
   */
  public List<Grant> aclsFor(String principal, Collection<String> banks) {
    if (!principalsFor(banks).contains(principal)) {
      throw new IllegalArgumentException(
          "principal '"
              + principal
              + "' is not in "
              + RESOURCE
              + "; it has "
              + principalsFor(banks));
    }
    List<Grant> grants = new ArrayList<>();
    for (Topic topic : topics) {
      grant(grants, principal, topic, topic.readers(), Operation.READ, banks);
      grant(grants, principal, topic, topic.writers(), Operation.WRITE, banks);
    }
    String own = principal + "-";
    grants.add(new Grant(principal, Resource.GROUP, own, true, Operation.READ));
    grants.add(new Grant(principal, Resource.TRANSACTIONAL_ID, own, true, Operation.WRITE));
    if (principals.stream().anyMatch(p -> p.name().equals(principal) && p.describesAll())) {
      grants.add(new Grant(principal, Resource.TOPIC, "*", false, Operation.DESCRIBE));
      grants.add(new Grant(principal, Resource.GROUP, "*", false, Operation.DESCRIBE));
    }
    return grants;
  }

  /** Name of a bank's principal. */
  public static String bankPrincipal(String bank) {
    return PER_BANK_PRINCIPAL.replace(Topic.BANK, BankCodes.require(bank));
  }

  private static void grant(
      List<Grant> grants,
      String principal,
      Topic topic,
      List<String> holders,
      Operation operation,
      Collection<String> banks) {
    if (holders.contains(principal)) {
      for (String name : names(topic, banks)) {
        grants.add(new Grant(principal, Resource.TOPIC, name, false, operation));
      }
      return;
    }
    if (!holders.contains(PER_BANK_PRINCIPAL)) {
      return;
    }
    banks.stream()
        .filter(bank -> bankPrincipal(bank).equals(principal))
        .forEach(
            bank ->
                grants.add(
                    new Grant(principal, Resource.TOPIC, topic.nameFor(bank), false, operation)));
  }

  private static List<String> names(Topic topic, Collection<String> banks) {
    return topic.perBank()
        ? banks.stream().map(BankCodes::require).map(topic::nameFor).toList()
        : List.of(topic.name());
  }

  /** Loaded at first use. */
  private static final class Standard {

    private static final TopicTable TABLE = load();

    private static TopicTable load() {
      try (InputStream in = TopicTable.class.getClassLoader().getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(
              "resource " + RESOURCE + " is not on the class path; the schemas jar carries it");
        }
        return parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
