package dev.zhifu.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.schemas.Samples;
import dev.zhifu.wire.BankTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroReadingTest {
  private static final int RECORDS = 40;
  private static final int SPOILED = 60;
  private static final long SEED = 20261129;

  static Stream<Class<? extends SpecificRecord>> types() {
    return Subjects.table().values().stream().distinct();
  }

  private static byte[] bytes(Schema schema, Object datum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** What a reading comes to: the record with what is left, or the fault in its words. */
  private static Object outcome(Reading reading) {
    try {
      return reading.read();
    } catch (IOException | RuntimeException fault) {
      return fault.getClass().getName() + ": " + fault.getMessage();
    }
  }

  /** Reads one record. */
  @FunctionalInterface
  private interface Reading {
    Object read() throws IOException;
  }

  /** Our reader of what a schema wrote, and Avro's. */
  private record Readers(
      Schema writing, AvroReading<?> ours, SpecificDatumReader<SpecificRecord> avro) {
    static Readers of(Class<? extends SpecificRecord> type) {
      return of(SpecificData.getForClass(type).getSchema(type), type);
    }

    static Readers of(Schema writing, Class<? extends SpecificRecord> type) {
      SpecificData model = SpecificData.getForClass(type);
      return new Readers(
          writing,
          AvroReading.of(writing, type),
          new SpecificDatumReader<>(writing, model.getSchema(type), model));
    }

    void assertSame(byte[] bytes) {
      BoundedDecoder decoder = new BoundedDecoder();
      assertThat(outcome(() -> List.of(ours.read(bytes, 0), ours.left())))
          .isEqualTo(
              outcome(
                  () -> List.of(avro.read(null, decoder.reset(bytes, 0)), decoder.remaining())));
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRecordOfEveryTopicIsReadAsAvroReadsIt(Class<? extends SpecificRecord> type)
      throws IOException {
    Readers readers = Readers.of(type);
    AvroReading<?> reading = readers.ours();
    assertThat(reading.isPlanned()).as("%s is planned throughout", type).isTrue();
    int seen = 0;
    for (Object random : new RandomData(readers.writing(), RECORDS, SEED)) {
      byte[] bytes = bytes(readers.writing(), random);
      SpecificRecord record = reading.read(bytes, 0);
      assertThat(reading.left()).isZero();
      assertThat(reading.wasPlanned()).as("%s", record).isTrue();
      readers.assertSame(bytes);
      seen++;
    }
    assertThat(seen).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatIsSpoiledIsReadAndRefusedAsByAvro(Class<? extends SpecificRecord> type)
      throws IOException {
    Readers readers = Readers.of(type);
    Random random = new Random(SEED);
    for (Object datum : new RandomData(readers.writing(), 4, SEED)) {
      byte[] whole = bytes(readers.writing(), datum);
      for (int round = 0; round < SPOILED; round++) {
        byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
        readers.assertSame(cut);
        byte[] flipped = whole.clone();
        flipped[random.nextInt(whole.length)] = (byte) random.nextInt();
        readers.assertSame(flipped);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(9));
        readers.assertSame(longer);
      }
    }
  }

  @Test
  void aRecordBehindAHeadIsReadFromThere() throws IOException {
    Schema schema = BankTransaction.getClassSchema();
    byte[] bytes = AvroPlan.of(schema, BankTransaction.class).write(Samples.transfer(), 5);
    AvroReading<BankTransaction> reading = AvroReading.of(schema, BankTransaction.class);
    assertThat(reading.read(bytes, 5)).isEqualTo(Samples.transfer());
    assertThat(reading.left()).isZero();
    byte[] more = Arrays.copyOf(bytes, bytes.length + 3);
    assertThat(reading.read(more, 5)).isEqualTo(Samples.transfer());
    assertThat(reading.left()).isEqualTo(3);
  }

  /** Names, order and kinds of fields decide what bytes mean; what is said beside them does not. */
  @Test
  void anotherSchemaIsResolvedByAvroAndOtherWordsInItChangeNothing() throws IOException {
    Schema own = BankTransaction.getClassSchema();
    Schema bare = new Schema.Parser().parse(org.apache.avro.SchemaNormalization.toParsingForm(own));
    assertThat(AvroReading.of(bare, BankTransaction.class).isPlanned()).isTrue();

    Schema newer = withOneMore(own);
    AvroReading<BankTransaction> reading = AvroReading.of(newer, BankTransaction.class);
    assertThat(reading.isPlanned()).isFalse();
    Object datum = new RandomData(newer, 1, SEED).iterator().next();
    byte[] bytes = bytes(newer, datum);
    Readers.of(newer, BankTransaction.class).assertSame(bytes);
    assertThat(reading.read(bytes, 0).getSchema()).isEqualTo(own);
    assertThat(reading.wasPlanned()).isFalse();
  }

  private static Schema withOneMore(Schema own) {
    Schema newer = Schema.createRecord(own.getName(), null, own.getNamespace(), false);
    List<Schema.Field> fields =
        Stream.concat(
                Stream.of(new Schema.Field("aNewOne", SchemaBuilder.builder().longType())),
                own.getFields().stream().map(field -> new Schema.Field(field, field.schema())))
            .toList();
    newer.setFields(fields);
    return newer;
  }

  @Test
  void aLengthIsNotBelievedBeyondTheBytesThereAre() {
    Schema schema = BankTransaction.getClassSchema();
    AvroReading<BankTransaction> reading = AvroReading.of(schema, BankTransaction.class);
    byte[] bytes = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'a'};
    assertThatThrownBy(() -> reading.read(bytes, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a field claims 2147483647 bytes, 1 left");
  }

  @Test
  void listsInSeveralBlocksOrWithTheirSizeAreReadAsByAvro() throws IOException {
    Readers readers = Readers.of(withList());
    Schema schema = readers.writing();
    for (Object datum : new RandomData(schema, RECORDS, SEED)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      // Blocks of few bytes, each with its size before it.
      BinaryEncoder encoder =
          new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
      readers.assertSame(out.toByteArray());
    }
  }

  private static Class<? extends SpecificRecord> withList() {
    return types()
        .filter(
            each ->
                SpecificData.getForClass(each).getSchema(each).getFields().stream()
                    .anyMatch(field -> field.schema().getType() == Schema.Type.ARRAY))
        .findFirst()
        .orElseThrow();
  }
}
