package dev.zhifu.schemas.wire;

import dev.zhifu.wire.DeadLetterReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records to bytes and back in Confluent's wire format: 0x00, the schema id in four bytes
 * (big-endian), Avro binary. One per process and registry ({@link #shared}); thread-safe; each
 * thread keeps its decoder, encoder and readers. It never registers a schema. The clock it uses
 * only ages answers of the registry; it decides nothing about events.
 */
public final class AvroCodec {

  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 5;
  private static final Map<RegistrySettings, AvroCodec> SHARED = new ConcurrentHashMap<>();

  private final SchemaRegistry registry;
  private final UnknownIds unknownIds;
  private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
  private final Map<String, TopicWriter> topics = new ConcurrentHashMap<>();
  private final ThreadLocal<Workbench> workbench = ThreadLocal.withInitial(Workbench::new);

  /**
   * A codec of its own on {@code registry}; jobs and processes use {@link #shared}.
   *
   * @param registry where ids and schemas are looked up
   */
  public AvroCodec(SchemaRegistry registry) {
    this(registry, System::nanoTime);
  }

  AvroCodec(SchemaRegistry registry, LongSupplier nanoClock) {
    this.registry = registry;
    this.unknownIds = new UnknownIds(nanoClock);
  }

  /** The codec of this process (of this class loader) for a registry. */
  public static AvroCodec shared(RegistrySettings settings) {
    return SHARED.computeIfAbsent(settings, at -> new AvroCodec(SchemaRegistry.at(at)));
  }

  /**
   * Writes {@code record} for {@code topic}.
   *
   * @param topic full name of a topic of the topic table
   * @param record a record of the class that the topic carries, all required fields set
   * @return the bytes of the Kafka value
   * @throws IllegalArgumentException if the topic is unknown, carries another class, or a required
   *     field is null
   * @throws IllegalStateException if the schema is not registered in the topic's subject
   * @throws RegistryUnavailableException if the registry does not answer (first record of a topic
   *     only)
   */
  public byte[] serialize(String topic, SpecificRecord record) {
    TopicWriter writer = topics.computeIfAbsent(topic, this::topicWriter);
    if (record.getClass() != writer.type) {
      throw new IllegalArgumentException(
          "topic "
              + topic
              + " carries "
              + writer.type.getSimpleName()
              + ", not "
              + record.getClass().getSimpleName()
              + "; see topics.yaml");
    }
    try {
      return workbench.get().write(writer, record);
    } catch (IOException | RuntimeException failure) {
      throw new IllegalArgumentException(
          writer.type.getSimpleName()
              + " for topic "
              + topic
              + " cannot be written: "
              + failure.getMessage()
              + "; set every required field",
          failure);
    }
  }

  /**
   * Reads one Kafka value. The writer's schema is looked up by its id, once, and resolved to the
   * reader's.
   *
   * @param topic where it was read, for messages
   * @param bytes the Kafka value; null (a tombstone) is undecodable here
   * @param type class to read into
   * @return a new record
   * @throws WireException if the bytes are not such a record: UNDECODABLE, UNKNOWN_SCHEMA_ID or
   *     WRONG_SCHEMA
   * @throws RegistryUnavailableException if the registry does not answer (first record of a schema
   *     id only)
   */
  public <T extends SpecificRecord> T deserialize(String topic, byte[] bytes, Class<T> type)
      throws WireException {
    int id = schemaId(topic, bytes);
    Workbench bench = workbench.get();
    AvroReading<T> reader = bench.reader(type, id);
    if (reader == null) {
      reader = newReader(topic, id, type);
      bench.keep(type, id, reader);
    }
    return bench.read(topic, bytes, reader, type);
  }

  private static int schemaId(String topic, byte[] bytes) throws WireException {
    if (bytes == null || bytes.length < HEADER_BYTES) {
      throw new WireException(
          DeadLetterReason.UNDECODABLE,
          "value on "
              + topic
              + " has "
              + (bytes == null ? "no" : bytes.length)
              + " bytes; the wire format starts with 0x00 and a four-byte schema id; write it with a registry serializer");
    }
    if (bytes[0] != MAGIC) {
      throw new WireException(
          DeadLetterReason.UNDECODABLE,
          String.format(
              "value on %s starts with byte 0x%02x; the wire format starts with 0x00; write it with a registry serializer",
              topic, bytes[0]));
    }
    return (bytes[1] & 0xff) << 24
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 8
        | (bytes[4] & 0xff);
  }

  private <T extends SpecificRecord> AvroReading<T> newReader(String topic, int id, Class<T> type)
      throws WireException {
    Schema reading = SpecificData.getForClass(type).getSchema(type);
    Schema writing = writerSchema(topic, id);
    if (!resolves(reading, writing)) {
      throw new WireException(
          DeadLetterReason.WRONG_SCHEMA,
          "schema id "
              + id
              + " on "
              + topic
              + " is "
              + writing.getFullName()
              + ", which does not resolve to "
              + reading.getFullName()
              + "; write the record class of this topic (topics.yaml)");
    }
    return AvroReading.of(writing, type);
  }

  private static boolean resolves(Schema reading, Schema writing) {
    return writing.getType() == Schema.Type.RECORD
        && writing.getFullName().equals(reading.getFullName())
        && SchemaCompatibility.checkReaderWriterCompatibility(reading, writing).getType()
            == SchemaCompatibilityType.COMPATIBLE;
  }

  private Schema writerSchema(String topic, int id) throws WireException {
    Schema known = writers.get(id);
    if (known != null) {
      return known;
    }
    Optional<Schema> found = ask(id);
    if (found.isEmpty()) {
      throw new WireException(
          DeadLetterReason.UNKNOWN_SCHEMA_ID,
          "schema id "
              + id
              + " on "
              + topic
              + " is unknown to "
              + registry.name()
              + "; register the writer's schema there, or correct the writer's registry address");
    }
    writers.put(id, found.get());
    return found.get();
  }

  private Optional<Schema> ask(int id) {
    if (unknownIds.contains(id)) {
      return Optional.empty();
    }
    Optional<Schema> found = registry.schemaOf(id);
    if (found.isEmpty()) {
      unknownIds.add(id);
    }
    return found;
  }

  private TopicWriter topicWriter(String topic) {
    String subject = Subjects.ofTopic(topic);
    Class<? extends SpecificRecord> type = Subjects.typeOfTopic(topic);
    int id =
        registry
            .idOf(subject, Subjects.schemaOf(subject))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the schema of "
                            + type.getSimpleName()
                            + " is not registered in subject "
                            + subject
                            + " of "
                            + registry.name()
                            + "; run the subjects command first"));
    return new TopicWriter(type, id, Subjects.schemaOf(subject));
  }

  /** What writing to one topic needs; one for each topic. */
  private record TopicWriter(Class<? extends SpecificRecord> type, int id, Schema schema) {}

  /** One thread's tools. */
  private static final class Workbench {

    private final Map<Class<?>, Map<Integer, AvroReading<?>>> readers = new HashMap<>();
    private final Map<TopicWriter, AvroPlan> plans = new IdentityHashMap<>();

    byte[] write(TopicWriter topic, SpecificRecord record) throws IOException {
      AvroPlan plan = plans.computeIfAbsent(topic, any -> AvroPlan.of(topic.schema, topic.type));
      byte[] bytes = plan.write(record, HEADER_BYTES);
      bytes[0] = MAGIC;
      bytes[1] = (byte) (topic.id >>> 24);
      bytes[2] = (byte) (topic.id >>> 16);
      bytes[3] = (byte) (topic.id >>> 8);
      bytes[4] = (byte) topic.id;
      return bytes;
    }

    @SuppressWarnings("unchecked")
    <T extends SpecificRecord> AvroReading<T> reader(Class<T> type, int id) {
      Map<Integer, AvroReading<?>> byId = readers.get(type);
      return byId == null ? null : (AvroReading<T>) byId.get(id);
    }

    void keep(Class<?> type, int id, AvroReading<?> reader) {
      readers.computeIfAbsent(type, any -> new HashMap<>()).put(id, reader);
    }

    <T extends SpecificRecord> T read(
        String topic, byte[] bytes, AvroReading<T> reader, Class<T> type) throws WireException {
      T record;
      try {
        record = reader.read(bytes, HEADER_BYTES);
      } catch (IOException | RuntimeException failure) {
        throw new WireException(
            DeadLetterReason.UNDECODABLE,
            "value on "
                + topic
                + " is not the Avro binary of "
                + type.getSimpleName()
                + ": "
                + failure.getMessage()
                + "; check the writer",
            failure);
      }
      int left = reader.left();
      if (left > 0) {
        throw new WireException(
            DeadLetterReason.UNDECODABLE,
            "value on "
                + topic
                + " has "
                + left
                + " bytes after the end of "
                + type.getSimpleName()
                + "; check the writer");
      }
      return record;
    }
  }
}
