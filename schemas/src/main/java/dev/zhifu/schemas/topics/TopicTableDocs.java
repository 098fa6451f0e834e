package dev.zhifu.schemas.topics;

import dev.zhifu.schemas.topics.Topic.Cleanup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes {@code docs/topics.md} from the topic table; a test fails while the committed page
 * differs.
 */
public final class TopicTableDocs {

  private TopicTableDocs() {}

  /**
   * Writes the page.
   *
   * @param args the file to write, for example {@code docs/topics.md}
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: TopicTableDocs FILE; for example docs/topics.md");
      System.exit(2);
    }
    Files.writeString(Path.of(args[0]), render(TopicTable.standard()));
  }

  /** The page's text. */
  public static String render(TopicTable table) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Topics

        Generated from `schemas/src/main/resources/topics.yaml`; do not edit. After a change of that file run
        `mvn -Pfast -pl schemas -am package -Dtest=TopicTableDocsTest -Ddocs.write=true`.

        Every topic has the broker's append time as its records' time stamp: retention counts from arrival, and latency is
        measured by a clock that no writer sets. The registry subject is the topic's name + `-value`; the topics of all
        banks share one subject per kind (`bank.orders-value`). `{bank}` stands for the code of each bank that the
        directory gives the channel DIRECT, and of each with channel PLATFORM whose orders the platform's adapter carries
        ([ADR-0155](adr/0155-the-adapter-carries-orders-to-the-platform.md)). No topic is created by itself; replication follows the broker.

        """);
    page.append("| topic | carries | key | partitions | kept | writes | reads |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    for (Topic topic : table.topics()) {
      page.append(
          "| `%s` | %s | %s | %d | %s | %s | %s |\n"
              .formatted(
                  topic.name(),
                  topic.carries().getSimpleName(),
                  topic.key(),
                  topic.partitions(),
                  kept(topic),
                  String.join(", ", topic.writers()),
                  String.join(", ", topic.readers())));
    }
    page.append("\n## Why so long\n\n| topic | kept | ground | law |\n|---|---|---|---|\n");
    for (Topic topic : table.topics()) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  topic.name(),
                  kept(topic),
                  topic.ground(),
                  topic.law().orElse("engineering default")));
    }
    page.append("\n## Principals\n\n| principal | what it is | exists in |\n|---|---|---|\n");
    for (Principal principal : table.principals()) {
      page.append(
          "| `%s` | %s%s | %s |\n"
              .formatted(
                  principal.name(),
                  principal.what(),
                  principal.describesAll()
                      ? " Sees offsets and backlog of every topic and group."
                      : "",
                  principal.demoOnly() ? "demo and drill alone" : "every environment"));
    }
    page.append(
        """

        Each principal may also use the consumer groups and transactions whose names start with its own name and a dash
        (`engine-…`), and no others. A principal of a bank reads and writes its own bank's topics alone.
        """);
    return page.toString();
  }

  private static String kept(Topic topic) {
    if (topic.cleanup() == Cleanup.COMPACT) {
      return "newest of each key";
    }
    return topic.retention().map(TopicTableDocs::words).orElse("for ever");
  }

  private static String words(Duration term) {
    return term.toHours() % 24 == 0 && term.toDays() > 1
        ? term.toDays() + " days"
        : term.toHours() + " h";
  }
}
