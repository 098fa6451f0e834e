package dev.zhifu.jobs.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.jobs.flow.FeatureInput;
import dev.zhifu.jobs.flow.HolderScore;
import dev.zhifu.jobs.flow.Ingested;
import dev.zhifu.jobs.flow.PartReport;
import dev.zhifu.jobs.flow.Routed;
import dev.zhifu.jobs.score.AccountInput;
import dev.zhifu.jobs.score.HolderInput;
import dev.zhifu.jobs.score.Verdict;
import dev.zhifu.wire.AccountRef;
import dev.zhifu.wire.BankAccessEvent;
import dev.zhifu.wire.BankTransaction;
import dev.zhifu.wire.DeadLetter;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.ReasonCode;
import dev.zhifu.wire.ReportedTransfer;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.ScoreShare;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.TelecomEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TravelTypesTest {
  private static final long SEED = 42;
  private final Random random = new Random(SEED);

  @Test
  void everyFieldOfEveryEventArrivesAsItWasSent() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      EnrichedEvent event = event(i);
      assertThat(sent(TravelTypes.ENRICHED, event))
          .as("seed %d, event %d", SEED, i)
          .isEqualTo(event);
      EnrichedEvent bare = EnrichedEvent.newBuilder(event).setFeatures(new Features()).build();
      Ingested read = new Ingested(bare, null, i);
      assertThat(sent(TravelTypes.INGESTED, read)).isEqualTo(read);
      FeatureInput input = FeatureInput.event("key" + i, event);
      assertThat(sent(TravelTypes.FEATURE_INPUT, input)).isEqualTo(input);
      FeatureInput note = FeatureInput.note("key" + i, event);
      assertThat(sent(TravelTypes.FEATURE_INPUT, note)).isEqualTo(note);
      Routed routed = Routed.of(KeyKind.PAIR, "a|b", Side.CREDIT, event);
      assertThat(sent(TravelTypes.ROUTED, routed)).isEqualTo(routed);
    }
  }

  @Test
  void aDeadLetterAndAHeartbeatArriveAsTheyWereSent() throws IOException {
    for (int i = 0; i < 100; i++) {
      DeadLetter letter = (DeadLetter) record(DeadLetter.getClassSchema());
      Ingested refused = new Ingested(null, letter, Long.MIN_VALUE);
      assertThat(sent(TravelTypes.INGESTED, refused)).isEqualTo(refused);
    }
    Ingested heartbeat = new Ingested(null, null, 7);
    assertThat(sent(TravelTypes.INGESTED, heartbeat)).isEqualTo(heartbeat);
  }

  @Test
  void aQuestionArrivesAsItWasSent() throws IOException {
    Set<Boolean> ownStops = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ReportedTransfer transfer = (ReportedTransfer) record(ReportedTransfer.getClassSchema());
      ownStops.add(transfer.getOwnStop() != null);
      FeatureInput query = FeatureInput.query(transfer, "r1", null, 7, "a1");
      assertThat(sent(TravelTypes.FEATURE_INPUT, query)).isEqualTo(query);
    }
    assertThat(ownStops).as("with a bank's own stop and without").hasSize(2);
  }

  @Test
  void hitsAndLinksArriveAtScoringAsTheyWereSent() throws IOException {
    for (int i = 0; i < 500; i++) {
      RuleHit hit = (RuleHit) record(RuleHit.getClassSchema());
      HolderInput forHolder = new HolderInput("holder" + i, hit, null, null, i);
      assertThat(sent(ScoringTypes.HOLDER_INPUT, forHolder)).isEqualTo(forHolder);
      AccountInput forAccount = AccountInput.of("account" + i, hit, -i);
      assertThat(sent(ScoringTypes.ACCOUNT_INPUT, forAccount)).isEqualTo(forAccount);
      HolderScore link =
          new HolderScore(
              "account" + i,
              (AccountRef) record(AccountRef.getClassSchema()),
              "holder" + i,
              (BankTransaction) record(BankTransaction.getClassSchema()),
              "case",
              List.of((ScoreShare) record(ScoreShare.getClassSchema())),
              i % 2 == 0 ? List.of() : List.of("A3", "A5"),
              random.nextBoolean(),
              random.nextBoolean(),
              i % 3 == 0 ? null : "report",
              i);
      AccountInput linked = new AccountInput("account" + i, null, link, null, null);
      assertThat(sent(ScoringTypes.ACCOUNT_INPUT, linked)).isEqualTo(linked);
    }
  }

  @Test
  void whatIsRareArrivesAtScoringAsItWasSent() throws IOException {
    PartReport part =
        new PartReport(
            "e1", "t1", "ICBC", 1, 2, KeyKind.HOLDER, "h1", Side.DEBIT, "a1", 0.5, false, null);
    HolderInput ofHolder = new HolderInput("holder", null, part, null);
    assertThat(sent(ScoringTypes.HOLDER_INPUT, ofHolder)).isEqualTo(ofHolder);
    AccountInput ofAccount = new AccountInput("a1", null, null, null, part);
    assertThat(sent(ScoringTypes.ACCOUNT_INPUT, ofAccount)).isEqualTo(ofAccount);
    Verdict verdict = new Verdict("a1", 9, "act", ReasonCode.NOT_INVOLVED);
    AccountInput judged = AccountInput.of(verdict, 3);
    assertThat(sent(ScoringTypes.ACCOUNT_INPUT, judged)).isEqualTo(judged);
  }

  @Test
  void itsBytesAreRefusedForState() {
    assertThatThrownBy(() -> serializer(TravelTypes.ROUTED).snapshotConfiguration())
        .hasMessageContaining("state needs a serializer whose bytes last");
  }

  private EnrichedEvent event(int i) {
    List<Schema> bodies =
        List.of(
            BankTransaction.getClassSchema(),
            BankAccessEvent.getClassSchema(),
            TelecomEvent.getClassSchema());
    EnrichedEvent event = new EnrichedEvent();
    event.setEventId("事件-" + i);
    event.setOccurredAt(Instant.ofEpochMilli(random.nextLong() >>> 20));
    event.setSerial(random.nextBoolean() ? null : random.nextLong());
    event.setEvent(record(bodies.get(i % bodies.size())));
    event.setFeatures((Features) record(Features.getClassSchema()));
    return event;
  }

  private SpecificRecordBase record(Schema schema) {
    SpecificRecordBase record =
        (SpecificRecordBase) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.schema()));
    }
    return record;
  }

  private Object value(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> random.nextInt(3) == 0 ? null : value(schema.getTypes().get(1));
      case RECORD -> record(schema);
      case ARRAY -> new ArrayList<>(List.of(value(schema.getElementType())));
      case ENUM -> constant(schema);
      case STRING -> random.nextBoolean() ? "" : "token " + random.nextInt() + " 名";
      case BYTES -> ByteBuffer.wrap(new byte[] {1, (byte) random.nextInt(), 3});
      case BOOLEAN -> random.nextBoolean();
      case DOUBLE -> random.nextGaussian();
      case INT ->
          schema.getLogicalType() == null
              ? (Object) random.nextInt()
              : LocalDate.ofEpochDay(random.nextInt(40_000));
      case LONG ->
          schema.getLogicalType() == null
              ? (Object) random.nextLong()
              : Instant.ofEpochMilli(random.nextLong() >>> 20);
      default -> throw new IllegalArgumentException("no value for " + schema);
    };
  }

  private Object constant(Schema schema) {
    Object[] constants = SpecificData.get().getClass(schema).getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private static <T> T sent(TypeInformation<T> type, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer(type).serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = serializer(type).deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }
}
