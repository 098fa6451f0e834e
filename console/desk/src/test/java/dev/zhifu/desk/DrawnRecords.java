package dev.zhifu.desk;

import dev.zhifu.desk.store.Bodies;
import dev.zhifu.schemas.topics.TopicTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Records of any kind with every field filled, drawn from a seed; no two share a text. */
public final class DrawnRecords {
  private static final int DEPTH_MAX = 12;

  private final Random random;
  private int texts;

  /** Draws by {@code seed}. */
  public DrawnRecords(long seed) {
    random = new Random(seed);
  }

  /** A record as the topic carries it. */
  public SpecificRecordBase of(String topic) {
    return draw(
        TopicTable.standard().require(topic).carries().asSubclass(SpecificRecordBase.class));
  }

  /** A record of that kind. */
  public <T extends SpecificRecordBase> T draw(Class<T> type) {
    Schema schema = SpecificData.get().getSchema(type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new BinaryMessageEncoder<>(GenericData.get(), schema).encode(value(schema, 0), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bodies.read(out.toByteArray(), type);
  }

  private Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(f.schema(), depth + 1)));
        yield record;
      }
      case UNION -> branch(schema, depth);
      case ARRAY -> List.of(value(schema.getElementType(), depth + 1));
      case MAP -> Map.of(text(), value(schema.getValueType(), depth + 1));
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case INT ->
          schema.getLogicalType() instanceof LogicalTypes.Date ? 20_500 : random.nextInt(90);
      case LONG -> whole(schema);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case NULL -> null;
    };
  }

  private Object branch(Schema union, int depth) {
    List<Schema> branches = new ArrayList<>(union.getTypes());
    if (depth > DEPTH_MAX && union.isNullable()) {
      return null;
    }
    branches.removeIf(one -> one.getType() == Schema.Type.NULL);
    return value(branches.get(random.nextInt(branches.size())), depth);
  }

  /** A time within a day of the cast's, or a number. */
  private long whole(Schema schema) {
    return schema.getLogicalType() == null
        ? random.nextInt(1_000_000)
        : Cast.T0.plusSeconds(random.nextInt(86_400)).toEpochMilli();
  }

  private String text() {
    return "text" + ++texts;
  }
}
