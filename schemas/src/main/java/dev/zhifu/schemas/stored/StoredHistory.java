package dev.zhifu.schemas.stored;

import dev.zhifu.schemas.stored.StoredFile.Rows;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ListEntry;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A folder of stored history: {@code events.avro}, what {@code risk.enriched} held without the
 * events that matching took as late, in the total order; {@code rules.avro}, the publications that
 * stand; {@code lists.avro}, the list entries; {@code hits.avro}, the job's own final hits.
 *
 * @param folder where it lies
 */
public record StoredHistory(Path folder) {

  /**
   * Note of {@code events.avro}: event time up to which the job had decided when this was taken,
   * ISO-8601.
   */
  public static final String DECIDED_TO = "zhifu.decided-to";

  /** Note of {@code events.avro}: events left out because matching took them as late. */
  public static final String LATE = "zhifu.late";

  /** The enriched events' file. */
  public Path events() {
    return folder.resolve("events.avro");
  }

  /** The publications' file. */
  public Path rules() {
    return folder.resolve("rules.avro");
  }

  /** The list entries' file. */
  public Path lists() {
    return folder.resolve("lists.avro");
  }

  /** The final hits' file. */
  public Path hits() {
    return folder.resolve("hits.avro");
  }

  /** Opens the events. */
  public Rows<EnrichedEvent> readEvents() {
    return StoredFile.read(events(), EnrichedEvent.class);
  }

  /** Opens the publications. */
  public Rows<RulePublication> readRules() {
    return StoredFile.read(rules(), RulePublication.class);
  }

  /** Opens the list entries. */
  public Rows<ListEntry> readLists() {
    return StoredFile.read(lists(), ListEntry.class);
  }

  /** Opens the final hits. */
  public Rows<RuleHit> readHits() {
    return StoredFile.read(hits(), RuleHit.class);
  }

  /** Event time up to which the job had decided; {@link Instant#MAX} when it never said. */
  public Instant decidedTo() {
    try (Rows<EnrichedEvent> rows = readEvents()) {
      String text = rows.note(DECIDED_TO);
      return text == null || text.isEmpty() ? Instant.MAX : Instant.parse(text);
    }
  }

  /** Events left out as late. */
  public long late() {
    try (Rows<EnrichedEvent> rows = readEvents()) {
      String text = rows.note(LATE);
      return text == null ? 0 : Long.parseLong(text);
    }
  }
}
