package dev.zhifu.jobs.docs;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.EnumSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.java.typeutils.runtime.NullableSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.formats.avro.typeutils.AvroSerializer;
import org.apache.flink.streaming.api.operators.TimerSerializer;

/** What a serializer writes, in words. */
final class SerializerWords {
  /**
   * Serializers of single values, of arrays of primitives, and the connector's own commit messages.
   */
  private static final List<String> FLINKS_OWN =
      List.of(
          "org.apache.flink.api.common.typeutils.base.",
          "org.apache.flink.runtime.state.VoidNamespaceSerializer",
          "org.apache.flink.core.io.SimpleVersionedSerializerTypeSerializerProxy");

  private SerializerWords() {}

  /** For people: the class that is written and by what. */
  static String of(TypeSerializer<?> serializer) {
    if (serializer instanceof AvroSerializer<?> avro) {
      return avro.getType().getSimpleName() + " (Avro)";
    }
    if (serializer instanceof PojoSerializer<?> pojo) {
      return type(pojo).getSimpleName() + " (POJO)";
    }
    if (serializer instanceof ListSerializer<?> list) {
      return "list of " + of(list.getElementSerializer());
    }
    if (serializer instanceof MapSerializer<?, ?> map) {
      return of(map.getKeySerializer()) + " → " + of(map.getValueSerializer());
    }
    if (serializer instanceof TimerSerializer<?, ?> timer) {
      return "time, " + of(timer.getKeySerializer());
    }
    return plain(serializer);
  }

  /**
   * Everything it writes, fields and schemas included: two that read the same are the same here.
   */
  static String deep(TypeSerializer<?> serializer) {
    if (serializer instanceof AvroSerializer<?> avro) {
      return "avro "
          + SchemaNormalization.toParsingForm(SpecificData.get().getSchema(avro.getType()));
    }
    if (serializer instanceof PojoSerializer<?> pojo) {
      return type(pojo).getName() + fields(pojo);
    }
    if (serializer instanceof EnumSerializer<?> constants) {
      return "enum " + String.join(",", names(constants));
    }
    if (serializer instanceof ListSerializer<?> list) {
      return "list<" + deep(list.getElementSerializer()) + ">";
    }
    if (serializer instanceof MapSerializer<?, ?> map) {
      return "map<" + deep(map.getKeySerializer()) + "," + deep(map.getValueSerializer()) + ">";
    }
    if (serializer instanceof TimerSerializer<?, ?> timer) {
      return "timer<"
          + deep(timer.getKeySerializer())
          + ","
          + deep(timer.getNamespaceSerializer())
          + ">";
    }
    if (serializer instanceof NullableSerializer<?>) {
      return "nullable<"
          + deep(
              read(
                  NullableSerializer.class, serializer, "originalSerializer", TypeSerializer.class))
          + ">";
    }
    return serializer.getClass().getName();
  }

  /** Eight hex digits of the SHA-256 of texts. */
  static String shape(String... texts) {
    try {
      byte[] all = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all), 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Parts whose format is not one we know: Kryo's, Java's, or a wrapper that may hide one. */
  static List<String> unknownParts(TypeSerializer<?> serializer) {
    return Arrays.stream(deep(serializer).split("[<>{},: ]"))
        .filter(part -> part.endsWith("Serializer") || part.endsWith("Proxy"))
        .filter(part -> FLINKS_OWN.stream().noneMatch(part::startsWith))
        .toList();
  }

  private static String fields(PojoSerializer<?> pojo) {
    Field[] fields = read(PojoSerializer.class, pojo, "fields", Field[].class);
    TypeSerializer<?>[] serializers =
        read(PojoSerializer.class, pojo, "fieldSerializers", TypeSerializer[].class);
    StringJoiner all = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < fields.length; i++) {
      all.add(fields[i].getName() + ": " + deep(serializers[i]));
    }
    return all.toString();
  }

  private static Class<?> type(PojoSerializer<?> pojo) {
    return read(PojoSerializer.class, pojo, "clazz", Class.class);
  }

  /** Flink tells the parts of these two serializers to nobody. */
  private static <T> T read(Class<?> owner, Object serializer, String field, Class<T> type) {
    try {
      Field found = owner.getDeclaredField(field);
      found.setAccessible(true);
      return type.cast(found.get(serializer));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(owner + " of this Flink has no field " + field, e);
    }
  }

  private static <T extends Enum<T>> List<String> names(EnumSerializer<T> constants) {
    return Arrays.stream(constants.createInstance().getDeclaringClass().getEnumConstants())
        .map(Enum::name)
        .toList();
  }

  private static String plain(TypeSerializer<?> serializer) {
    String name = serializer.getClass().getSimpleName().replace("Serializer", "");
    return switch (name) {
      case "BytePrimitiveArray" -> "byte[]";
      case "LongPrimitiveArray" -> "long[]";
      default -> name;
    };
  }
}
