package dev.zhifu.rules.language.condition;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What conditions see of one record: its readable fields, by name.
 *
 * @param name of the CEL type
 * @param fields readable fields
 */
record RecordShape(String name, Map<String, FieldType> fields) {

  /**
   * Arrival and answer times depend on when a message came, not on what happened; ids carry no
   * meaning; event.at replaces occurredAt.
   */
  static final Set<String> HIDDEN =
      Set.of("eventId", "receivedAt", "occurredAt", "answerBy", "cipher");

  static RecordShape of(Schema schema) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      FieldType type = HIDDEN.contains(field.name()) ? null : FieldType.of(field.schema());
      if (type != null) {
        fields.put(field.name(), type);
      }
    }
    return new RecordShape(schema.getName(), fields);
  }

  CelType cel() {
    return struct(name, fields, Map.of());
  }

  /** A CEL record type of these fields and some more. */
  static StructType struct(String name, Map<String, FieldType> fields, Map<String, CelType> more) {
    Map<String, CelType> types = new LinkedHashMap<>(more);
    fields.forEach((field, type) -> types.put(field, type.cel()));
    return StructType.create(
        name, ImmutableSet.copyOf(types.keySet()), field -> Optional.ofNullable(types.get(field)));
  }
}
