package dev.zhifu.rules.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.TelecomEvent;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;

/**
 * Events of one file of JSON lines, gzipped or not: transactions, accesses and telecom signals, as
 * {@code city_bank}, {@code city_access} and {@code city_telecom} of a written city hold them.
 * Lines are sorted by event time.
 */
final class EventFile implements Iterator<EnrichedEvent>, AutoCloseable {
  private static final int GZIP = 0x1f;

  private final ObjectMapper json = new ObjectMapper();
  private final Path file;
  private final BufferedReader lines;
  private long line;
  private EnrichedEvent next;
  private long newestMs = Long.MIN_VALUE;

  EventFile(Path file) {
    this.file = file;
    try {
      lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new EventFileException(
          "--events is " + file + ", which cannot be read; name a file of JSON lines");
    }
    advance();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(1);
    int first = in.read();
    in.reset();
    return first == GZIP ? new GZIPInputStream(in, 1 << 16) : in;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public EnrichedEvent next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    EnrichedEvent event = next;
    advance();
    return event;
  }

  private void advance() {
    try {
      String text = lines.readLine();
      line++;
      next = text == null ? null : event(text);
    } catch (IOException e) {
      throw fault(e.getMessage());
    }
    if (next != null) {
      checkOrder(next.getOccurredAt().toEpochMilli());
    }
  }

  private void checkOrder(long atMs) {
    if (atMs < newestMs) {
      throw fault(
          "occurredAt is "
              + next.getOccurredAt()
              + ", before that of a line above; sort the file by event time (workload --disorder 0)");
    }
    newestMs = atMs;
  }

  private EnrichedEvent event(String text) {
    try {
      JsonNode node = json.readTree(text);
      return EnrichedEvents.of(JsonRecords.read(schema(node), node));
    } catch (JsonProcessingException e) {
      throw fault("the line is no JSON object: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw fault(e.getMessage());
    }
  }

  private static Schema schema(JsonNode node) {
    if (node.has("transactionId")) {
      return BankTransaction.getClassSchema();
    }
    if (node.has("numberToken")) {
      return TelecomEvent.getClassSchema();
    }
    if (node.has("account")) {
      return BankAccessEvent.getClassSchema();
    }
    throw new IllegalArgumentException(
        "the line is no transaction, access or telecom signal; give city_bank, city_access and"
            + " city_telecom of a written city");
  }

  private EventFileException fault(String why) {
    return new EventFileException(file + ":" + line + ": " + why);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw fault(e.getMessage());
    }
  }
}
