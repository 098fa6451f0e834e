package dev.zhifu.rules.language.condition;

import org.apache.avro.Schema;

/**
 * A name in a condition, resolved to what it reads.
 *
 * @param type its type
 * @param partial true when it reads the match under way
 * @param value reads it; null when it is a whole number read without a box
 * @param whole reads it as a whole number; null when it is none
 */
record Ref(FieldType type, boolean partial, Node.Value value, Node.Int whole) {
  private static final FieldType INT =
      new FieldType(FieldType.Kind.INT, Schema.create(Schema.Type.LONG));
  private static final FieldType REAL =
      new FieldType(FieldType.Kind.REAL, Schema.create(Schema.Type.DOUBLE));

  static Ref whole(boolean partial, Node.Int whole) {
    return new Ref(INT, partial, null, whole);
  }

  static Ref constant(Object value) {
    if (value instanceof Long number) {
      long fixed = number;
      return whole(false, (view, match) -> fixed);
    }
    return new Ref(REAL, false, (view, match) -> value, null);
  }

  /** Reads a value of the type from a box. */
  static Ref boxed(FieldType type, boolean partial, Node.Value value) {
    boolean whole =
        switch (type.kind()) {
          case INT, TIME, DAY -> true;
          default -> false;
        };
    return new Ref(
        type,
        partial,
        value,
        whole ? (view, match) -> FieldReader.whole(value.of(view, match)) : null);
  }
}
