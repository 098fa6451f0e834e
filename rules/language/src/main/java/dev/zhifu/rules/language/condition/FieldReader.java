package dev.zhifu.rules.language.condition;

import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Makes readers of record fields. A reader knows its positions beforehand: reading is the generated
 * record's own {@code get(int)}.
 */
final class FieldReader {
  private FieldReader() {}

  /** Reads a value from one enriched event; null when missing. */
  interface Reader {
    Object of(EnrichedEvent event);
  }

  /** Reads the path below the event's own record, whichever of the three records it is. */
  static Reader ofEvent(List<String> path, List<Schema> records) {
    int[][] positions = new int[records.size()][];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = positions(records.get(i), path);
    }
    if (positions.length == 1) {
      int[] only = positions[0];
      return event -> walk((IndexedRecord) event.getEvent(), only);
    }
    return event -> {
      IndexedRecord record = (IndexedRecord) event.getEvent();
      return walk(record, positions[records.indexOf(record.getSchema())]);
    };
  }

  /** Reads a feature. */
  static Reader ofFeature(String name) {
    int position = Features.getClassSchema().getField(name).pos();
    return event -> event.getFeatures().get(position);
  }

  private static int[] positions(Schema record, List<String> path) {
    int[] positions = new int[path.size()];
    Schema at = record;
    for (int i = 0; i < positions.length; i++) {
      Schema.Field field = at.getField(path.get(i));
      positions[i] = field.pos();
      FieldType type = FieldType.of(field.schema());
      at = type.schema();
    }
    return positions;
  }

  private static Object walk(IndexedRecord record, int[] positions) {
    Object value = record;
    for (int position : positions) {
      value = ((IndexedRecord) value).get(position);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /** The event's amount, without a box. */
  static long amountFen(EnrichedEvent event) {
    return ((BankTransaction) event.getEvent()).getAmountFen();
  }

  /** Event time, milliseconds. */
  static long at(EnrichedEvent event) {
    return event.getOccurredAt().toEpochMilli();
  }

  /** A value as a whole number. */
  static long whole(Object value) {
    if (value == null) {
      return Node.NO_INT;
    }
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Integer number) {
      return number;
    }
    return value instanceof Instant time ? time.toEpochMilli() : ((LocalDate) value).toEpochDay();
  }

  /** A value as a number. */
  static double real(Object value) {
    return value == null ? Double.NaN : (Double) value;
  }

  /** A value as a truth. */
  static int truth(Object value) {
    return value == null ? Node.UNKNOWN : Node.truth((Boolean) value);
  }
}
