package dev.zhifu.schemas.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How values of one schema stand in Avro binary, worked out once, for {@link AvroPlan} to write and
 * {@link AvroReading} to read. Immutable once made.
 */
final class AvroPart {
  /** Kinds of values, by how their bytes look and what Java has for them. */
  enum Kind {
    NULL,
    TEXT,
    LONG,
    INT,
    BOOLEAN,
    DOUBLE,
    FLOAT,
    INSTANT,
    DATE,
    CHOICE,
    BYTES,
    RECORD,
    LIST,
    MAP,
    OPTIONAL,
    UNION
  }

  final Kind kind;

  /** Of a record its fields, of a union its branches, of a list, map or optional what it holds. */
  AvroPart[] parts = {};

  /** Of a record: its class; else null. */
  Class<?> type;

  /** Of an optional value: where in the union null is; the value is at the other place. */
  int nullAt;

  /** Of a choice: its constants in the schema's order; none when the class has others. */
  Object[] constants = {};

  /** Of a record: makes an empty one. */
  Supplier<SpecificRecordBase> maker;

  private AvroPart(Kind kind) {
    this.kind = kind;
  }

  /** The part of a whole schema; null when the schema holds something unforeseen. */
  static AvroPart of(Schema schema) {
    return of(schema, new HashMap<>());
  }

  private static AvroPart of(Schema schema, Map<String, AvroPart> made) {
    return switch (schema.getType()) {
      case NULL -> new AvroPart(Kind.NULL);
      case STRING -> new AvroPart(Kind.TEXT);
      case LONG -> logical(schema, "timestamp-millis", Kind.INSTANT, Kind.LONG);
      case INT -> logical(schema, "date", Kind.DATE, Kind.INT);
      case BOOLEAN -> new AvroPart(Kind.BOOLEAN);
      case DOUBLE -> new AvroPart(Kind.DOUBLE);
      case FLOAT -> new AvroPart(Kind.FLOAT);
      case ENUM -> choice(schema);
      case BYTES -> schema.getLogicalType() == null ? new AvroPart(Kind.BYTES) : null;
      case ARRAY -> around(Kind.LIST, List.of(schema.getElementType()), made);
      case MAP -> around(Kind.MAP, List.of(schema.getValueType()), made);
      case UNION -> union(schema, made);
      case RECORD -> record(schema, made);
      case FIXED -> null;
    };
  }

  private static AvroPart logical(Schema schema, String name, Kind logical, Kind plain) {
    if (schema.getLogicalType() == null) {
      return new AvroPart(plain);
    }
    return schema.getLogicalType().getName().equals(name) ? new AvroPart(logical) : null;
  }

  private static AvroPart choice(Schema schema) {
    AvroPart part = new AvroPart(Kind.CHOICE);
    Class<?> type = SpecificData.get().getClass(schema);
    Object[] constants = type == null ? null : type.getEnumConstants();
    if (constants != null
        && Arrays.stream(constants)
            .map(each -> ((Enum<?>) each).name())
            .toList()
            .equals(schema.getEnumSymbols())) {
      part.constants = constants;
    }
    return part;
  }

  private static AvroPart around(Kind kind, List<Schema> inner, Map<String, AvroPart> made) {
    AvroPart part = new AvroPart(kind);
    part.parts = inner.stream().map(each -> of(each, made)).toArray(AvroPart[]::new);
    return Arrays.asList(part.parts).contains(null) ? null : part;
  }

  private static AvroPart union(Schema schema, Map<String, AvroPart> made) {
    List<Schema> branches = schema.getTypes();
    AvroPart part = around(Kind.UNION, branches, made);
    if (part == null) {
      return null;
    }
    if (branches.size() == 2 && schema.isNullable()) {
      AvroPart optional = new AvroPart(Kind.OPTIONAL);
      optional.nullAt = branches.get(0).getType() == Schema.Type.NULL ? 0 : 1;
      optional.parts = new AvroPart[] {part.parts[1 - optional.nullAt]};
      return optional;
    }
    boolean told = part.parts.length > 0;
    for (AvroPart branch : part.parts) {
      told &= branch.kind == Kind.RECORD || branch.kind == Kind.NULL;
    }
    return told ? part : null;
  }

  private static AvroPart record(Schema schema, Map<String, AvroPart> made) {
    AvroPart known = made.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    AvroPart part = new AvroPart(Kind.RECORD);
    part.type = SpecificData.get().getClass(schema);
    made.put(schema.getFullName(), part);
    part.parts =
        schema.getFields().stream().map(field -> of(field.schema(), made)).toArray(AvroPart[]::new);
    if (part.type == null || Arrays.asList(part.parts).contains(null)) {
      return null;
    }
    part.maker = RecordMaker.of(part.type);
    return part;
  }
}
