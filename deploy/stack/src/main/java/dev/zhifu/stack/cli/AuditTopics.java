package dev.zhifu.stack.cli;

import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.wire.AuditEntry;
import dev.zhifu.wire.AuditRoot;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The audit on the topics of a job that goes on writing.
 *
 * <p>Entries and roots are committed at one checkpoint but by two writers, in either order. So the
 * roots are read first, then what was being committed to the entries is waited for: whatever a root
 * that was read covers, the entries that are read afterwards hold. Read the other way round, a
 * chain that begins between the two looks as if somebody had taken it out.
 */
final class AuditTopics {
  static final String ENTRIES = "audit.entries";
  static final String ROOTS = "audit.roots";

  /** A writer that was killed leaves a transaction open for longer; nothing of it is read. */
  private static final Duration COMMIT = Duration.ofSeconds(15);

  /** Where the two topics stand. */
  interface Source {
    /** Waits until what is being committed to {@code topic} now is. */
    void awaitCommitted(String topic);

    /** Every record of {@code topic} up to the end it has now. */
    <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<T> sink);
  }

  private final Source source;

  AuditTopics(Source source) {
    this.source = source;
  }

  AuditTopics(TopicReader reader) {
    this(
        new Source() {
          @Override
          public void awaitCommitted(String topic) {
            reader.awaitCommitted(List.of(topic), COMMIT);
          }

          @Override
          public <T extends SpecificRecord> void scan(
              String topic, Class<T> type, Consumer<T> sink) {
            reader.scan(List.of(topic), record -> sink.accept(reader.decode(record, type)));
          }
        });
  }

  /** Shows every root, then every entry: at least those that the roots cover. */
  void read(Consumer<AuditEntry> entries, Consumer<AuditRoot> roots) {
    source.scan(ROOTS, AuditRoot.class, roots);
    source.awaitCommitted(ENTRIES);
    source.scan(ENTRIES, AuditEntry.class, entries);
  }
}
