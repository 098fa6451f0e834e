package dev.zhifu.jobs.travel;

import dev.zhifu.schemas.wire.RecordMaker;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes and reads one generated record by its fields' positions, as its own schema has them: no
 * reader's schema, no names, no resolution. Both ends are the same program. Immutable once made.
 */
final class RecordPlan {
  private static final byte TEXT = 0;
  private static final byte LONG = 1;
  private static final byte INT = 2;
  private static final byte BOOLEAN = 3;
  private static final byte DOUBLE = 4;
  private static final byte INSTANT = 5;
  private static final byte DATE = 6;
  private static final byte CHOICE = 7;
  private static final byte BYTES = 8;
  private static final byte RECORD = 9;
  private static final byte RECORDS = 10;
  private static final byte LIST = 11;
  private static final byte BLANK = 12;
  private static final byte CHOICES = 13;

  private final Class<?> type;
  private final Supplier<SpecificRecordBase> maker;
  private final byte[] kinds;
  private final boolean[] nullable;

  /** Bytes that say of each nullable field, a bit each, whether it is there. */
  private int bitBytes;

  /** True when every field may be missing: most do, and reading goes from one bit to the next. */
  private boolean sparse;

  /** What the kind needs besides: enum constants, a plan, several plans, or a list's element. */
  private final Object[] parts;

  private RecordPlan(Schema schema) {
    this.type = SpecificData.get().getClass(schema);
    this.maker = RecordMaker.of(type);
    int fields = schema.getFields().size();
    kinds = new byte[fields];
    nullable = new boolean[fields];
    parts = new Object[fields];
  }

  /** The plan of a record type. */
  static RecordPlan of(Schema schema) {
    return of(schema, new HashMap<>());
  }

  private static RecordPlan of(Schema schema, Map<String, RecordPlan> made) {
    RecordPlan known = made.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    RecordPlan plan = new RecordPlan(schema);
    made.put(schema.getFullName(), plan);
    for (Schema.Field field : schema.getFields()) {
      plan.plan(field.pos(), field.schema(), made);
    }
    int nullables = 0;
    for (boolean each : plan.nullable) {
      nullables += each ? 1 : 0;
    }
    plan.bitBytes = (nullables + Byte.SIZE - 1) / Byte.SIZE;
    plan.sparse = nullables == plan.kinds.length;
    return plan;
  }

  /**
   * The same plan for records in which one field's record has nothing in it: that one is not
   * written, and read as new.
   *
   * @param field name of a field that is a record and is never null
   */
  RecordPlan withBlank(String field) {
    Schema schema = maker.get().getSchema();
    RecordPlan plan = of(schema);
    int at = schema.getField(field).pos();
    if (plan.kinds[at] != RECORD || plan.nullable[at]) {
      throw new IllegalArgumentException(
          field + " of " + schema.getName() + " is no record that is always there");
    }
    plan.kinds[at] = BLANK;
    return plan;
  }

  private void plan(int at, Schema field, Map<String, RecordPlan> made) {
    Schema value = field;
    if (field.isUnion()) {
      List<Schema> others = new ArrayList<>(field.getTypes());
      nullable[at] = others.removeIf(each -> each.getType() == Schema.Type.NULL);
      if (others.size() > 1) {
        kinds[at] = RECORDS;
        parts[at] = others.stream().map(each -> of(each, made)).toArray(RecordPlan[]::new);
        return;
      }
      value = others.get(0);
    }
    kinds[at] = kind(value);
    parts[at] =
        switch (kinds[at]) {
          case CHOICE -> constants(value);
          case CHOICES -> constants(value.getElementType());
          case RECORD -> of(value, made);
          case LIST -> element(value, made);
          default -> null;
        };
  }

  private static Object[] constants(Schema choice) {
    return SpecificData.get().getClass(choice).getEnumConstants();
  }

  /** A list's elements as a plan; null for texts. */
  private static Object element(Schema list, Map<String, RecordPlan> made) {
    Schema element = list.getElementType();
    return switch (element.getType()) {
      case STRING -> null;
      case RECORD -> of(element, made);
      default -> throw unforeseen(list);
    };
  }

  private static byte kind(Schema value) {
    String logical = value.getLogicalType() == null ? "" : value.getLogicalType().getName();
    return switch (value.getType()) {
      case STRING -> TEXT;
      case LONG -> logical.equals("timestamp-millis") ? INSTANT : LONG;
      case INT -> logical.equals("date") ? DATE : INT;
      case BOOLEAN -> BOOLEAN;
      case DOUBLE -> DOUBLE;
      case ENUM -> CHOICE;
      case BYTES -> BYTES;
      case RECORD -> RECORD;
      case ARRAY -> value.getElementType().getType() == Schema.Type.ENUM ? CHOICES : LIST;
      default -> throw unforeseen(value);
    };
  }

  private static IllegalArgumentException unforeseen(Schema schema) {
    return new IllegalArgumentException(
        "no plan for a field of schema " + schema + "; add its kind to RecordPlan");
  }

  void write(SpecificRecordBase record, ByteWriter out) {
    int bits = out.bits(bitBytes);
    int bit = 0;
    for (int at = 0; at < kinds.length; at++) {
      Object value = record.get(at);
      if (nullable[at]) {
        if (value == null) {
          bit++;
          continue;
        }
        out.set(bits, bit++);
      }
      write(at, value, out);
    }
  }

  private void write(int at, Object value, ByteWriter out) {
    switch (kinds[at]) {
      case TEXT -> out.text((String) value);
      case LONG -> out.number((Long) value);
      case INT -> out.number((Integer) value);
      case BOOLEAN -> out.raw((Boolean) value ? 1 : 0);
      case DOUBLE -> out.real((Double) value);
      case INSTANT -> out.number(((Instant) value).toEpochMilli());
      case DATE -> out.number(((LocalDate) value).toEpochDay());
      case CHOICE -> out.raw(((Enum<?>) value).ordinal());
      case BYTES -> out.buffer((ByteBuffer) value);
      case RECORD -> ((RecordPlan) parts[at]).write((SpecificRecordBase) value, out);
      case RECORDS -> writeOneOf((RecordPlan[]) parts[at], (SpecificRecordBase) value, out);
      case BLANK -> {
        // Nothing in it.
      }
      case CHOICES -> writeChoices((List<?>) value, out);
      default -> writeList((RecordPlan) parts[at], (List<?>) value, out);
    }
  }

  private static void writeOneOf(RecordPlan[] plans, SpecificRecordBase value, ByteWriter out) {
    for (int i = 0; i < plans.length; i++) {
      if (plans[i].type == value.getClass()) {
        out.raw(i);
        plans[i].write(value, out);
        return;
      }
    }
    throw new IllegalArgumentException("the contract has no " + value.getClass() + " here");
  }

  private static void writeChoices(List<?> choices, ByteWriter out) {
    out.number(choices.size());
    for (Object each : choices) {
      out.raw(((Enum<?>) each).ordinal());
    }
  }

  private static void writeList(RecordPlan element, List<?> list, ByteWriter out) {
    out.number(list.size());
    for (Object each : list) {
      if (element == null) {
        out.text((String) each);
      } else {
        element.write((SpecificRecordBase) each, out);
      }
    }
  }

  SpecificRecordBase read(ByteReader in) {
    SpecificRecordBase record = maker.get();
    int bits = in.bits(bitBytes);
    if (sparse) {
      readSparse(record, bits, in);
      return record;
    }
    int bit = 0;
    for (int at = 0; at < kinds.length; at++) {
      if (!nullable[at] || in.isSet(bits, bit++)) {
        record.put(at, read(at, in));
      }
    }
    return record;
  }

  private void readSparse(SpecificRecordBase record, int bits, ByteReader in) {
    for (int row = 0; row < bitBytes; row++) {
      for (int set = in.row(bits, row); set != 0; set &= set - 1) {
        int at = row * Byte.SIZE + Integer.numberOfTrailingZeros(set);
        record.put(at, read(at, in));
      }
    }
  }

  private Object read(int at, ByteReader in) {
    return switch (kinds[at]) {
      case TEXT -> in.text();
      case LONG -> in.number();
      case INT -> (int) in.number();
      case BOOLEAN -> in.raw() != 0;
      case DOUBLE -> in.real();
      case INSTANT -> Instant.ofEpochMilli(in.number());
      case DATE -> LocalDate.ofEpochDay(in.number());
      case CHOICE -> ((Object[]) parts[at])[in.raw()];
      case BYTES -> in.buffer();
      case RECORD -> ((RecordPlan) parts[at]).read(in);
      case RECORDS -> ((RecordPlan[]) parts[at])[in.raw()].read(in);
      case BLANK -> ((RecordPlan) parts[at]).maker.get();
      case CHOICES -> readChoices((Object[]) parts[at], in);
      default -> readList((RecordPlan) parts[at], in);
    };
  }

  private static List<Object> readChoices(Object[] constants, ByteReader in) {
    int size = (int) in.number();
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(constants[in.raw()]);
    }
    return list;
  }

  private static List<Object> readList(RecordPlan element, ByteReader in) {
    int size = (int) in.number();
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element == null ? in.text() : element.read(in));
    }
    return list;
  }
}
