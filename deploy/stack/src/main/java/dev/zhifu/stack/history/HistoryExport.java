package dev.zhifu.stack.history;

import dev.zhifu.schemas.stored.EventSorter;
import dev.zhifu.schemas.stored.StoredFile;
import dev.zhifu.schemas.stored.StoredHistory;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.broker.TopicReader;
import dev.zhifu.stack.lives.RuleArchive;
import dev.zhifu.stack.lives.RuleRecord;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.PublicationStatus;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Writes stored history of a running stack. */
public final class HistoryExport {
  private static final String ENRICHED = "risk.enriched";
  private static final String FINAL_HITS = "risk.hits.final";
  private static final Duration COMMIT = Duration.ofSeconds(60);

  private final RunningStack stack;
  private final Duration lateness;
  private final Duration span;

  /**
   * What was written.
   *
   * @param events enriched events
   * @param late events left out because matching took them as late
   * @param rules publications that stand
   * @param hits final hits
   * @param decidedTo event time up to which the job had decided; null when it has not said
   * @param unreadable publications and answers that were passed over, one sentence each
   */
  public record Written(
      long events, long late, long rules, long hits, Instant decidedTo, List<String> unreadable) {}

  /**
   * An export.
   *
   * @param lateness the job's greatest lateness bound: how far its watermark stays behind the tick
   *     that it echoes
   */
  public HistoryExport(RunningStack stack, Duration lateness) {
    this(stack, lateness, null);
  }

  /**
   * An export of the newest events alone. What a rule's first steps saw earlier is missing from it,
   * so that hits which began before are found by nobody.
   *
   * @param span how far before the decided time the oldest event is; null for all that is kept
   */
  public HistoryExport(RunningStack stack, Duration lateness, Duration span) {
    this.stack = stack;
    this.lateness = lateness;
    this.span = span;
  }

  /**
   * Reads the topics to their present ends and writes {@code folder} anew.
   *
   * @throws StackException when a topic cannot be read or the folder not written
   */
  public Written to(Path folder) {
    StoredHistory history = new StoredHistory(folder);
    try (TopicReader operator = reader("operator");
        TopicReader reader = reader("rules-cli");
        EventSorter sorter = new EventSorter()) {
      Files.createDirectories(folder);
      // In this order: what had been decided by then is committed by the next checkpoint.
      Instant decidedTo = decidedTo(operator);
      reader.awaitCommitted(List.of(ENRICHED, FINAL_HITS), COMMIT);
      Set<String> late = new HashSet<>();
      reader.scan(
          List.of("late.events"),
          record -> late.add(reader.decode(record, EnrichedEvent.class).getEventId()));
      Instant from = span == null || decidedTo == null ? Instant.MIN : decidedTo.minus(span);
      reader.scan(
          List.of(ENRICHED),
          record -> {
            EnrichedEvent event = reader.decode(record, EnrichedEvent.class);
            if (!event.getOccurredAt().isBefore(from)) {
              sorter.add(event);
            }
          });
      RuleArchive archive = RuleArchive.read(reader);
      List<RulePublication> rules = rules(archive);
      long events =
          sorter.write(
              history.events(),
              late,
              Map.of(
                  StoredHistory.DECIDED_TO,
                  decidedTo == null ? "" : decidedTo.toString(),
                  StoredHistory.LATE,
                  String.valueOf(late.size())));
      write(history.rules(), RulePublication.class, rules);
      write(history.lists(), ListEntry.class, all(operator, "list.entries", ListEntry.class));
      List<RuleHit> hits = all(reader, FINAL_HITS, RuleHit.class);
      write(history.hits(), RuleHit.class, hits);
      return new Written(
          events, late.size(), rules.size(), hits.size(), decidedTo, archive.unreadable());
    } catch (IOException e) {
      throw new StackException(folder + " cannot be made: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  private TopicReader reader(String principal) {
    return new TopicReader(stack.access(principal), stack.info().registry());
  }

  /** The watermark that all had passed when the job echoed last. */
  private Instant decidedTo(TopicReader operator) {
    return operator.readAll(List.of("clock.echo"), ClockTick.class).stream()
        .map(ClockTick::getAt)
        .max(Instant::compareTo)
        .map(at -> at.minus(lateness).minusMillis(1))
        .orElse(null);
  }

  /** What was or is in force: no drafts, nothing refused, annulled or never answered. */
  private static List<RulePublication> rules(RuleArchive archive) {
    return archive.publications().stream()
        .filter(record -> stands(archive, record))
        .map(RuleRecord::publication)
        .toList();
  }

  private static boolean stands(RuleArchive archive, RuleRecord record) {
    PublicationStatus status = record.publication().getStatus();
    return switch (archive.standing(record).word(status)) {
      case "DRAFT", "PUBLISHED", "REFUSED", "ANNULLED" -> false;
      case "LATE" -> status == PublicationStatus.WITHDRAWN;
      default -> true;
    };
  }

  private static <T extends SpecificRecord> List<T> all(
      TopicReader reader, String topic, Class<T> type) {
    List<T> all = new ArrayList<>();
    reader.scan(
        List.of(topic),
        record -> {
          if (record.value() != null) {
            // What cannot be read the job has turned away.
            reader.readable(record, type).ifPresent(all::add);
          }
        });
    return all;
  }

  private static <T extends SpecificRecord> void write(Path file, Class<T> type, List<T> records) {
    StoredFile.write(file, type, records.iterator(), Map.of());
  }
}
