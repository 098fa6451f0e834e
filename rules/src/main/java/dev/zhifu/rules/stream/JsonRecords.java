package dev.zhifu.rules.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes the contract's records from JSON as people and the city write it: a field that is missing
 * has its default, times are ISO texts, enums are words. Ciphertext is never read.
 */
final class JsonRecords {
  private JsonRecords() {}

  /**
   * One record.
   *
   * @throws IllegalArgumentException naming the field, its value and what it must be
   */
  static SpecificRecord read(Schema schema, JsonNode json) {
    SpecificRecord record =
        (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = json.get(field.name());
      record.put(
          field.pos(),
          value == null || value.isNull() ? missing(field) : value(field, field.schema(), value));
    }
    return record;
  }

  private static Object missing(Schema.Field field) {
    if (field.hasDefaultValue()) {
      return SpecificData.get().getDefaultValue(field);
    }
    if (field.name().equals("receivedAt")) {
      return Instant.EPOCH;
    }
    throw new IllegalArgumentException(field.name() + " is missing; every record needs it");
  }

  private static Object value(Schema.Field field, Schema schema, JsonNode value) {
    return switch (schema.getType()) {
      case UNION -> value(field, notNull(schema), value);
      case RECORD -> read(schema, value);
      case ARRAY -> list(field, schema.getElementType(), value);
      case ENUM -> constant(field, schema, value.asText());
      case STRING -> value.asText();
      case BOOLEAN -> value.asBoolean();
      case INT -> schema.getLogicalType() == null ? value.asInt() : day(field, value);
      case LONG -> schema.getLogicalType() == null ? value.asLong() : time(field, value);
      case DOUBLE -> value.asDouble();
      case BYTES -> null;
      default -> throw new IllegalArgumentException(field.name() + " cannot be read from JSON");
    };
  }

  private static Schema notNull(Schema union) {
    return union.getTypes().stream()
        .filter(each -> each.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static List<Object> list(Schema.Field field, Schema element, JsonNode values) {
    List<Object> list = new ArrayList<>();
    values.forEach(value -> list.add(value(field, element, value)));
    return list;
  }

  private static Object constant(Schema.Field field, Schema schema, String word) {
    if (!schema.hasEnumSymbol(word)) {
      throw new IllegalArgumentException(
          field.name() + " is '" + word + "'; write one of " + schema.getEnumSymbols());
    }
    return SpecificData.get().createEnum(word, schema);
  }

  private static Object time(Schema.Field field, JsonNode value) {
    try {
      return value.isNumber()
          ? Instant.ofEpochMilli(value.asLong())
          : Instant.parse(value.asText());
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          field.name()
              + " is '"
              + value.asText()
              + "'; write UTC time such as 2024-03-01T00:30:00Z");
    }
  }

  private static Object day(Schema.Field field, JsonNode value) {
    try {
      return value.isNumber()
          ? LocalDate.ofEpochDay(value.asLong())
          : LocalDate.parse(value.asText());
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          field.name() + " is '" + value.asText() + "'; write a day such as 2024-03-01");
    }
  }
}
