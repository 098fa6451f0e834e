package dev.zhifu.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhifu.schemas.Samples;
import dev.zhifu.schemas.events.EnrichedEvents;
import dev.zhifu.wire.BankInbound;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetterReason;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.ReceiptResult;
import dev.zhifu.wire.StopPaymentReceipt;
import dev.zhifu.wire.TelecomKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroCodecTest {

  private static final String TOPIC = "bank.transactions";
  private static final long SEED = 20260302;

  private final SchemaRegistry registry = SchemaRegistry.inMemory();
  private final AvroCodec codec = new AvroCodec(registry);

  @BeforeEach
  void registerAll() {
    Subjects.all().forEach(subject -> registry.register(subject, Subjects.schemaOf(subject)));
  }

  @Test
  void aRecordComesBackAsItWent() throws WireException {
    BankTransaction sent = Samples.transfer();
    sent.getPayer().setCipher(ByteBuffer.wrap(new byte[] {1, 2, 3}));

    byte[] bytes = codec.serialize(TOPIC, sent);

    assertThat(codec.deserialize(TOPIC, bytes, BankTransaction.class)).isEqualTo(sent);
  }

  @Test
  void theBytesAreConfluentsWireFormat() throws Exception {
    byte[] bytes = codec.serialize(TOPIC, Samples.transfer());

    int id =
        registry.idOf("bank.transactions-value", BankTransaction.getClassSchema()).orElseThrow();
    assertThat(bytes[0]).isZero();
    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
    assertThat(
            new SpecificDatumReader<>(BankTransaction.class)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null)))
        .isEqualTo(Samples.transfer());
  }

  @Test
  void unionsAndNestedRecordsComeBackToo() throws WireException {
    EnrichedEvent event = EnrichedEvents.of(Samples.telecom(TelecomKind.CALL_END));
    event.getFeatures().setDwellMinutes(2.5);
    BankInbound inbound =
        BankInbound.newBuilder()
            .setBank("B01")
            .setBody(
                StopPaymentReceipt.newBuilder()
                    .setOrderId("o")
                    .setApplicationId("a")
                    .setAccountToken(Samples.MULE)
                    .setBank("B01")
                    .setPayloadSha256("p")
                    .setResult(ReceiptResult.STOPPED)
                    .setStartTime(Samples.T0)
                    .setAt(Samples.T0)
                    .build())
            .build();

    assertThat(
            codec.deserialize(
                "risk.enriched", codec.serialize("risk.enriched", event), EnrichedEvent.class))
        .isEqualTo(event);
    assertThat(
            codec.deserialize(
                "bank.B01.inbound",
                codec.serialize("bank.B01.inbound", inbound),
                BankInbound.class))
        .isEqualTo(inbound);
  }

  @Test
  void anOlderWritersRecordIsReadWithDefaults() throws Exception {
    Schema older = without(ClockTick.getClassSchema(), "filled");
    int id = registry.register("clock.ticks-value", older).orElseThrow();
    GenericRecord tick = new GenericData.Record(older);
    tick.put("at", Samples.T0.toEpochMilli());
    tick.put("sequence", 7L);
    tick.put("writer", "w");

    ClockTick read = codec.deserialize("clock.ticks", framed(id, older, tick), ClockTick.class);

    assertThat(read.getSequence()).isEqualTo(7);
    assertThat(read.getFilled()).isFalse();
    assertThat(read.getAt()).isEqualTo(Samples.T0);
  }

  @Test
  void anotherTopicsRecordIsOfTheWrongSchema() {
    byte[] telecom = codec.serialize("telecom.events", Samples.telecom(TelecomKind.SMS_IN));

    WireException refused = refused(telecom);

    assertThat(refused.reason()).isEqualTo(DeadLetterReason.WRONG_SCHEMA);
    assertThat(refused)
        .hasMessageContaining("dev.zhifu.wire.TelecomEvent")
        .hasMessageContaining(TOPIC);
  }

  @Test
  void noBytesFewBytesAndForeignBytesAreUndecodable() {
    for (byte[] bytes : new byte[][] {null, {}, {0, 0, 0}, "{\"json\":1}".getBytes()}) {
      WireException refused = refused(bytes);

      assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
      assertThat(refused).hasMessageContaining("0x00").hasMessageContaining(TOPIC);
    }
  }

  @Test
  void everyTruncationAndAnyExtraByteIsUndecodable() {
    byte[] good = codec.serialize(TOPIC, Samples.transfer());
    for (int length = 5; length < good.length; length++) {
      assertThat(refused(Arrays.copyOf(good, length)).reason())
          .as("first %d bytes", length)
          .isEqualTo(DeadLetterReason.UNDECODABLE);
    }

    assertThat(refused(Arrays.copyOf(good, good.length + 1)))
        .hasMessageContaining("1 bytes after the end");
  }

  @Test
  void damagedBytesNeverEndTheProcess() {
    System.out.println("seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] good = codec.serialize(TOPIC, Samples.transfer());
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good.clone();
      for (int hit = 0; hit < 1 + random.nextInt(4); hit++) {
        bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt(256);
      }
      try {
        codec.deserialize(TOPIC, bad, BankTransaction.class);
      } catch (WireException expected) {
        refused++;
      }
    }

    assertThat(refused).isGreaterThan(1_000);
    assertThatCode(() -> codec.deserialize(TOPIC, good, BankTransaction.class))
        .doesNotThrowAnyException();
  }

  @Test
  void aClaimedLengthOfTwoGigabytesAllocatesNothing() {
    byte[] header = Arrays.copyOf(codec.serialize(TOPIC, Samples.transfer()), 5);
    byte[] claim = Arrays.copyOf(header, 10);
    // 2^31 - 1 as zigzag: the first string's length.
    System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, claim, 5, 5);

    assertThat(refused(claim)).hasMessageContaining("claims 2147483647 bytes, 0 left");
  }

  @Test
  void anUnknownIdIsAskedForOnceInAWhile() throws Exception {
    try (RegistryStub stub = new RegistryStub()) {
      AtomicLong nanos = new AtomicLong();
      AvroCodec remote = new AvroCodec(SchemaRegistry.at(stub.settings()), nanos::get);
      byte[] bytes = {0, 0, 0, 0, 9, 1};

      for (int i = 0; i < 1_000; i++) {
        WireException refused =
            catchThrowableOfType(
                WireException.class, () -> remote.deserialize(TOPIC, bytes, BankTransaction.class));
        assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA_ID);
        assertThat(refused).hasMessageContaining("schema id 9").hasMessageContaining("127.0.0.1");
      }
      assertThat(stub.questions()).hasSize(1);

      stub.put(9, BankTransaction.getClassSchema().toString());
      byte[] good = codec.serialize(TOPIC, Samples.transfer());
      ByteBuffer.wrap(good).putInt(1, 9);
      nanos.set(31_000_000_000L);
      assertThat(remote.deserialize(TOPIC, good, BankTransaction.class))
          .isEqualTo(Samples.transfer());
      remote.deserialize(TOPIC, good, BankTransaction.class);
      assertThat(stub.questions()).hasSize(2);
    }
  }

  @Test
  void manyUnknownIdsDoNotFillTheHeap() {
    UnknownIds unknown = new UnknownIds(() -> 0);
    for (int id = 0; id < 10_000; id++) {
      unknown.add(id);
    }

    assertThat(unknown.size()).isEqualTo(UnknownIds.LIMIT);
    assertThat(unknown.contains(9_999)).isTrue();
    assertThat(unknown.contains(0)).isFalse();
  }

  @Test
  void aFailingRegistryIsNotTheRecordsFault() throws Exception {
    try (RegistryStub stub = new RegistryStub()) {
      stub.breakDown();
      AvroCodec remote = new AvroCodec(SchemaRegistry.at(stub.settings()));

      assertThatThrownBy(
              () -> remote.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 9, 1}, BankTransaction.class))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("schema of id 9");
    }
  }

  @Test
  void whatIsNotRegisteredIsNotWritten() {
    AvroCodec empty = new AvroCodec(SchemaRegistry.inMemory());

    assertThatThrownBy(() -> empty.serialize(TOPIC, Samples.transfer()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bank.transactions-value")
        .hasMessageContaining("subjects command");
  }

  @Test
  void aTopicTakesItsOwnRecordsWholeAndNoOthers() {
    assertThatThrownBy(() -> codec.serialize(TOPIC, Samples.report()))
        .hasMessageContaining("carries BankTransaction, not VictimReport");
    assertThatThrownBy(() -> codec.serialize("no.such.topic", Samples.report()))
        .hasMessageContaining("topics.yaml");
    assertThatThrownBy(() -> codec.serialize(TOPIC, new BankTransaction()))
        .hasMessageContaining("set every required field");
    assertThatCode(
            () ->
                codec.deserialize(
                    TOPIC, codec.serialize(TOPIC, Samples.transfer()), BankTransaction.class))
        .as("a failed write leaves nothing behind")
        .doesNotThrowAnyException();
  }

  @Test
  void settingsTravelInAJobGraph() throws Exception {
    RegistrySettings settings = new RegistrySettings("http://127.0.0.1:8081/");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(settings).isEqualTo(new RegistrySettings("http://127.0.0.1:8081"));
    assertThat(settings.codec()).isSameAs(((RegistrySettings) copy).codec());
    assertThatThrownBy(() -> new RegistrySettings("localhost:8081")).hasMessageContaining("http");
  }

  private WireException refused(byte[] bytes) {
    return catchThrowableOfType(
        WireException.class, () -> codec.deserialize(TOPIC, bytes, BankTransaction.class));
  }

  private static Schema without(Schema schema, String field) {
    Schema copy =
        Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
    copy.setFields(
        schema.getFields().stream()
            .filter(each -> !each.name().equals(field))
            .map(each -> new Schema.Field(each, each.schema()))
            .toList());
    return copy;
  }

  private static byte[] framed(int id, Schema schema, GenericRecord record) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(5).putInt(1, id).array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
