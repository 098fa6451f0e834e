package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Calls and messages of a CSV file with the columns {@code eventId,ts,caller,callee,type,duration,roaming}, as events about the
 * called number: a call becomes its start and, after its duration, its end. Numbers serve as tokens; the file has no holders.
 */
final class TelecomRows implements Iterator<EnrichedEvent> {
  static final List<String> COLUMNS = List.of("eventId", "ts", "caller", "callee", "type", "duration", "roaming");

  private final Path file;
  private final Iterator<Map<String, String>> rows;
  private final PriorityQueue<TelecomEvent> ends =
      new PriorityQueue<>(
          java.util.Comparator.comparing(TelecomEvent::getOccurredAt).thenComparing(TelecomEvent::getEventId));
  private final ArrayDeque<TelecomEvent> starts = new ArrayDeque<>(1);
  private long line = 1;

  TelecomRows(Path file) {
    this.file = file;
    this.rows = CsvFile.open(file, COLUMNS);
  }

  @Override
  public boolean hasNext() {
    return !starts.isEmpty() || !ends.isEmpty() || rows.hasNext();
  }

  @Override
  public EnrichedEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (starts.isEmpty() && rows.hasNext()) {
      read();
    }
    TelecomEvent start = starts.peek();
    TelecomEvent end = ends.peek();
    boolean endFirst =
        start == null || (end != null && end.getOccurredAt().isBefore(start.getOccurredAt()));
    return EnrichedEvents.of(endFirst ? ends.poll() : starts.poll());
  }

  private void read() {
    Map<String, String> row = rows.next();
    line++;
    try {
      add(row);
    } catch (RuntimeException e) {
      throw new BacktestException(
          file + ":" + line + ": " + row + " is not a telecom event: " + e.getMessage() + "; the columns are "
              + String.join(",", COLUMNS));
    }
  }

  private void add(Map<String, String> row) {
    Instant at = Instant.parse(row.get("ts"));
    boolean message = row.get("type").equals("SMS");
    starts.add(event(row, message ? TelecomKind.SMS_IN : TelecomKind.CALL_START, at, null));
    if (!message) {
      int seconds = Integer.parseInt(row.get("duration"));
      ends.add(event(row, TelecomKind.CALL_END, at.plusSeconds(seconds), seconds));
    }
  }

  private static TelecomEvent event(Map<String, String> row, TelecomKind kind, Instant at, Integer seconds) {
    String source = "FILE";
    String serial = row.get("eventId") + (kind == TelecomKind.CALL_END ? "-end" : "");
    return TelecomEvent.newBuilder()
        .setEventId(EventIds.serialEventId(source, serial))
        .setSource(source)
        .setKind(kind)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken(row.get("callee"))
        .setPeerToken(row.get("caller"))
        .setSessionId(kind == TelecomKind.SMS_IN ? null : row.get("eventId"))
        .setSmsClass(kind == TelecomKind.SMS_IN ? SmsClass.OTHER : SmsClass.NONE)
        .setDurationSeconds(seconds)
        .build();
  }
}
