package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.events.Fault;
import dev.zhifu.schemas.events.IngressValidator;
import dev.zhifu.wire.EnrichedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events of one file, whose lines are sorted by time, in the total order. A line that breaks the
 * file's form stops the run; a record that breaks its contract is turned away and counted, as the
 * job's own sources do.
 */
final class EventRows implements Iterator<EnrichedEvent> {
  private final CsvRows rows;
  private final RowReader reader;
  private final TurnedAway turnedAway;
  private final PriorityQueue<EnrichedEvent> pending = new PriorityQueue<>(EnrichedEvents.ORDER);
  private Instant newest = Instant.MIN;

  EventRows(Path file, RowReader reader, TurnedAway turnedAway) {
    this.rows = CsvRows.open(file, reader.columns());
    this.reader = reader;
    this.turnedAway = turnedAway;
  }

  @Override
  public boolean hasNext() {
    fill();
    return !pending.isEmpty();
  }

  @Override
  public EnrichedEvent next() {
    fill();
    if (pending.isEmpty()) {
      throw new NoSuchElementException();
    }
    return pending.poll();
  }

  /** Reads on until no line to come can hold an event before the first that waits. */
  private void fill() {
    while (rows.hasNext()
        && (pending.isEmpty() || !pending.peek().getOccurredAt().isBefore(newest))) {
      read(rows.next());
    }
  }

  private void read(CsvRow row) {
    Instant at = row.instant("ts");
    if (at.isBefore(newest)) {
      throw row.fault(
          "ts is " + at + ", before " + newest + " of a line above; sort the file by ts");
    }
    newest = at;
    for (SpecificRecord record : reader.read(row)) {
      Fault fault = IngressValidator.check(record).orElse(null);
      if (fault == null) {
        pending.add(EnrichedEvents.of(record));
      } else {
        turnedAway.add(row, fault.explanation());
      }
    }
  }
}
