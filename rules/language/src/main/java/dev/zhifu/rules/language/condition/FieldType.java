package dev.zhifu.rules.language.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Type of a field as conditions see it.
 *
 * @param kind the broad kind
 * @param schema the Avro schema below it, without null
 */
record FieldType(Kind kind, Schema schema) {

  /**
   * Broad kinds. A TIME or DAY is read as a whole number; a CHOICE as the name of an enum constant.
   */
  enum Kind {
    INT,
    TIME,
    DAY,
    REAL,
    BOOL,
    TEXT,
    CHOICE,
    TEXTS,
    RECORD
  }

  /** The type of an Avro field, or null when conditions cannot read it (bytes and the like). */
  static FieldType of(Schema declared) {
    Schema schema = withoutNull(declared);
    LogicalType logical = schema.getLogicalType();
    if (logical != null && logical.getName().equals("timestamp-millis")) {
      return new FieldType(Kind.TIME, schema);
    }
    if (logical != null && logical.getName().equals("date")) {
      return new FieldType(Kind.DAY, schema);
    }
    return switch (schema.getType()) {
      case INT, LONG -> new FieldType(Kind.INT, schema);
      case FLOAT, DOUBLE -> new FieldType(Kind.REAL, schema);
      case BOOLEAN -> new FieldType(Kind.BOOL, schema);
      case STRING -> new FieldType(Kind.TEXT, schema);
      case ENUM -> new FieldType(Kind.CHOICE, schema);
      case RECORD -> new FieldType(Kind.RECORD, schema);
      case ARRAY ->
          schema.getElementType().getType() == Schema.Type.STRING
              ? new FieldType(Kind.TEXTS, schema)
              : null;
      default -> null;
    };
  }

  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> branches =
        schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return branches.size() == 1 ? branches.get(0) : schema;
  }

  /** The CEL type; a record's type goes by the record's name. */
  CelType cel() {
    return switch (kind) {
      case INT, TIME, DAY -> SimpleType.INT;
      case REAL -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
      case TEXT, CHOICE -> SimpleType.STRING;
      case TEXTS -> ListType.create(SimpleType.STRING);
      case RECORD -> RecordShape.of(schema).cel();
    };
  }
}
