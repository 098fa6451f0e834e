package dev.zhifu.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zhifu.schemas.Samples;
import dev.zhifu.wire.BankTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroPlanTest {
  private static final int RECORDS = 40;
  private static final long SEED = 20261128;

  static Stream<Class<? extends SpecificRecord>> types() {
    return Subjects.table().values().stream().distinct();
  }

  private static <T> byte[] avro(DatumWriter<T> writer, T record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    writer.write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRecordOfEveryTopicIsWrittenByteForByteAsAvroDoes(Class<? extends SpecificRecord> type)
      throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    AvroPlan plan = AvroPlan.of(schema, type);
    SpecificDatumReader<SpecificRecord> reader = new SpecificDatumReader<>(schema, schema, model);
    SpecificDatumWriter<SpecificRecord> writer = new SpecificDatumWriter<>(schema, model);
    int seen = 0;
    for (Object random : new RandomData(schema, RECORDS, SEED)) {
      byte[] any = avro(new GenericDatumWriter<>(schema), random);
      SpecificRecord record = reader.read(null, DecoderFactory.get().binaryDecoder(any, null));
      assertThat(plan.write(record, 0)).as("%s", record).isEqualTo(avro(writer, record));
      seen++;
    }
    assertThat(seen).isEqualTo(RECORDS);
    assertThat(plan.isPlanned()).as("%s is planned throughout", type).isTrue();
  }

  @Test
  void textsOfAnyLengthAndScriptAreWrittenAsAvroDoes() throws IOException {
    SpecificData model = SpecificData.getForClass(BankTransaction.class);
    Schema schema = BankTransaction.getClassSchema();
    AvroPlan plan = AvroPlan.of(schema, BankTransaction.class);
    SpecificDatumWriter<SpecificRecord> writer = new SpecificDatumWriter<>(schema, model);
    for (String text :
        new String[] {
          "",
          "a",
          "a".repeat(127),
          "a".repeat(128),
          "a".repeat(5_000),
          "é",
          "止付",
          "a止",
          "\uD83D\uDE00",
          "\u0080",
          "\u007f",
          "止".repeat(2_000)
        }) {
      BankTransaction transfer = Samples.transfer();
      transfer.setTransactionId(text);
      assertThat(plan.write(transfer, 5))
          .as(text)
          .isEqualTo(concat(new byte[5], avro(writer, transfer)));
    }
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  @Test
  void aMissingFieldIsNamedAsAvroNamesIt() throws IOException {
    Schema schema = BankTransaction.getClassSchema();
    AvroPlan plan = AvroPlan.of(schema, BankTransaction.class);
    BankTransaction whole = Samples.transfer();
    byte[] before = plan.write(whole, 0);
    BankTransaction broken = Samples.transfer();
    broken.put(schema.getField("eventId").pos(), null);
    SpecificDatumWriter<SpecificRecord> writer =
        new SpecificDatumWriter<>(schema, SpecificData.getForClass(BankTransaction.class));
    Throwable words = catchThrowable(() -> avro(writer, broken));

    assertThatThrownBy(() -> plan.write(broken, 0))
        .hasSameClassAs(words)
        .hasMessage(words.getMessage())
        .hasMessageContaining("eventId");
    assertThat(plan.write(whole, 0)).as("a fault leaves nothing behind").isEqualTo(before);
  }
}
