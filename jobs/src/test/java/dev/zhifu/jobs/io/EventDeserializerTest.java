package dev.zhifu.jobs.io;

import static dev.zhifu.jobs.io.Wire.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.ClockTick;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventDeserializerTest {
  private static final String TOPIC = "bank.transactions";

  private final EventDeserializer<BankTransaction> deserializer =
      new EventDeserializer<>(BankTransaction.class, Wire::codec);

  @BeforeEach
  void open() {
    deserializer.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(Wire.class.getClassLoader());
          }
        });
  }

  @Test
  void aValidRecordIsAnEventWithoutFeatures() {
    Ingested read = read(record(Wire.codec().serialize(TOPIC, Wire.transfer("t1"))));

    assertThat(read.deadLetter()).isNull();
    assertThat(read.event().getEvent()).isEqualTo(Wire.transfer("t1"));
    assertThat(read.event().getEventId()).isEqualTo("B01:t1:COMPLETED");
    assertThat(read.eventTimeMs()).isEqualTo(T0.toEpochMilli());
  }

  @Test
  void bytesThatAreNoRecordGoWholeToTheDeadLetters() {
    DeadLetter letter = refused(record(Wire.GARBAGE));

    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(letter.getDeadLetterId()).isEqualTo(TOPIC + ":3:42");
    assertThat(letter.getTopic()).isEqualTo(TOPIC);
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {'k'}));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(Wire.GARBAGE));
  }

  @Test
  void aSchemaIdThatTheRegistryDoesNotKnowIsNamed() {
    DeadLetter letter = refused(record(Wire.UNKNOWN_ID));

    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA_ID);
    assertThat(letter.getExplanation()).contains(String.valueOf(0x7f000000));
  }

  @Test
  void aRecordOfAnotherContractIsRefused() {
    byte[] other = Wire.codec().serialize("clock.ticks", new ClockTick(T0, 1L, "clock-1", false));

    assertThat(refused(record(other)).getReason()).isEqualTo(DeadLetterReason.WRONG_SCHEMA);
  }

  @Test
  void aRecordThatContradictsItselfIsRefusedWithTheFieldAndTheWayOut() {
    BankTransaction negative = Wire.transfer("t1");
    negative.setAmountFen(-1);

    DeadLetter letter = refused(record(Wire.codec().serialize(TOPIC, negative)));

    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NEGATIVE_AMOUNT);
    assertThat(letter.getExplanation()).startsWith("amountFen is -1");
  }

  @Test
  void aHeartbeatIsATimeAndNothingElse() {
    ConsumerRecord<byte[], byte[]> record = record(null);
    record
        .headers()
        .add(EventDeserializer.HEARTBEAT, "1772416800000".getBytes(StandardCharsets.US_ASCII));

    assertThat(read(record)).isEqualTo(new Ingested(null, null, 1_772_416_800_000L));
  }

  @Test
  void aHeartbeatThatIsNoTimeIsRefused() {
    ConsumerRecord<byte[], byte[]> record = record(null);
    record.headers().add(EventDeserializer.HEARTBEAT, "noon".getBytes(StandardCharsets.US_ASCII));

    assertThat(refused(record).getExplanation()).contains("'noon'").contains("UTC milliseconds");
  }

  @Test
  void aHeartbeatWithoutItsTimeIsRefused() {
    ConsumerRecord<byte[], byte[]> record = record(null);
    record.headers().add(EventDeserializer.HEARTBEAT, null);

    assertThat(refused(record).getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
  }

  @Test
  void aRecordWithoutValueAndHeartbeatIsRefused() {
    assertThat(refused(record(null)).getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
  }

  private DeadLetter refused(ConsumerRecord<byte[], byte[]> record) {
    Ingested read = read(record);
    assertThat(read.event()).isNull();
    assertThat(read.eventTimeMs()).as("a dead letter has no event time").isEqualTo(Long.MIN_VALUE);
    return read.deadLetter();
  }

  private Ingested read(ConsumerRecord<byte[], byte[]> record) {
    List<Ingested> out = new ArrayList<>();
    deserializer.deserialize(record, new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>(TOPIC, 3, 42, new byte[] {'k'}, value);
  }
}
