package dev.zhifu.rules.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.rules.language.AfterMatch;
import dev.zhifu.rules.language.Contiguity;
import dev.zhifu.rules.language.EventView;
import dev.zhifu.rules.language.Rule;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.KeyKind;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Bases written before a change of the event's schema stay readable. */
class MatchStateEvolutionTest {
  private static final String RETIRED = "retiredFeature";

  @Test
  void bytesOfAnOlderSchemaAreReadOnceTheSnapshotNamesIt() throws Exception {
    EnrichedEvent event = Events.telecom("k", "e1", 1000, 0, 4);
    AvroCodec<EnrichedEvent> codec = new AvroCodec<>(EnrichedEvent.class);
    Schema older = withOneMoreFeature();
    byte[] bytes = writtenWith(older, codec.encode(event));
    long fingerprint = SchemaNormalization.parsingFingerprint64(older);

    assertThatThrownBy(() -> codec.decode(fingerprint, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not known");
    codec.remember(new Schema.Parser().parse(older.toString()));
    assertThat(codec.decode(fingerprint, bytes)).isEqualTo(event);
    assertThat(codec.knownSchemas()).hasSize(2);
  }

  @Test
  void anOlderEventGoesThroughABaseWithoutBeingEncodedAgain() throws Exception {
    EnrichedEvent event = Events.telecom("k", "e1", 1000, 0, 4);
    AvroCodec<EnrichedEvent> codec = new AvroCodec<>(EnrichedEvent.class);
    Schema older = withOneMoreFeature();
    long fingerprint = codec.remember(older);
    byte[] body = writtenWith(older, codec.encode(event));
    EventView view = Events.subject(event);
    MatchEvent stored = MatchEvent.stored(1000, null, "e1", view.side(), fingerprint, body, codec);

    MatchEventSerializer serializer = new MatchEventSerializer(codec);
    DataOutputSerializer output = new DataOutputSerializer(64);
    serializer.serialize(stored, output);
    MatchEvent read = serializer.deserialize(new DataInputDeserializer(output.getCopyOfBuffer()));
    assertThat(read.body()).isEqualTo(body);
    assertThat(read.fingerprint()).isEqualTo(fingerprint);
    assertThat(read.view()).isEqualTo(view);
    assertThat(read).isEqualTo(stored);
  }

  @Test
  void theOrderIsTimeThenSerialThenIdThenSide() {
    AvroCodec<EnrichedEvent> codec = new AvroCodec<>(EnrichedEvent.class);
    EnrichedEvent noSerial = Events.telecom("k", "z", 5, 0, 0);
    EnrichedEvent first = Events.telecom("k", "b", 5, 0, 0);
    first.setSerial(1L);
    EnrichedEvent second = Events.telecom("k", "a", 5, 0, 0);
    second.setSerial(2L);
    EnrichedEvent later = Events.telecom("k", "0", 6, 0, 0);
    List<MatchEvent> events = new ArrayList<>();
    for (EnrichedEvent event : List.of(later, second, first, noSerial)) {
      events.add(MatchEvent.of(Events.subject(event), codec));
    }
    assertThat(events.stream().sorted().map(MatchEvent::id)).containsExactly("z", "b", "a", "0");
  }

  @Test
  void aKeyPastTheCapOverflowsAloneAndRecovers() throws Exception {
    Rule rule =
        Rules.rule(
            "R",
            1,
            1000,
            AfterMatch.NO_SKIP,
            Rules.step("a", Contiguity.BEGIN, Rules.isKind(0)),
            Rules.step("b", Contiguity.FOLLOWED_BY, Rules.isKind(1)));
    Heard heard = new Heard();
    StreamMatcher matcher =
        new StreamMatcher(RuleSet.of(List.of(rule)), new MatchSettings(5, 0), heard);
    for (int i = 0; i < 10; i++) {
      matcher.accept(
          KeyKind.HOLDER, "flood", Side.SUBJECT, Events.telecom("k", "f" + i, 100 + i, 0, 0));
    }
    matcher.accept(KeyKind.HOLDER, "calm", Side.SUBJECT, Events.telecom("k", "c0", 100, 0, 0));
    matcher.accept(KeyKind.HOLDER, "calm", Side.SUBJECT, Events.telecom("k", "c1", 101, 1, 0));
    matcher.advanceTo(200);
    assertThat(heard.overflowed).containsExactly("flood");
    assertThat(heard.finals).hasSize(1);
    matcher.accept(KeyKind.HOLDER, "flood", Side.SUBJECT, Events.telecom("k", "g0", 2000, 0, 0));
    matcher.accept(KeyKind.HOLDER, "flood", Side.SUBJECT, Events.telecom("k", "g1", 2001, 1, 0));
    matcher.advanceTo(10_000);
    assertThat(heard.finals).hasSize(2);
    assertThat(matcher.keys()).isZero();
    assertThat(matcher.stateBytes()).isZero();
  }

  private static final class Heard implements HitListener {
    final List<RuleHit> finals = new ArrayList<>();
    final List<String> overflowed = new ArrayList<>();

    @Override
    public void onHit(RuleHit hit) {
      if (hit.getIsFinal()) {
        finals.add(hit);
      }
    }

    @Override
    public void onLate(KeyKind keyKind, String key, MatchEvent event) {
      throw new AssertionError(event);
    }

    @Override
    public void onOverflow(KeyKind keyKind, String key, Rule rule) {
      overflowed.add(key);
    }

    @Override
    public void onQuarantine(Rule rule, Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** An earlier schema: it had one more feature, since removed. */
  private static Schema withOneMoreFeature() {
    String json = EnrichedEvent.getClassSchema().toString();
    int fields =
        json.indexOf("\"fields\":[", json.indexOf("\"name\":\"Features\""))
            + "\"fields\":[".length();
    String field = "{\"name\":\"" + RETIRED + "\",\"type\":[\"null\",\"long\"],\"default\":null},";
    return new Schema.Parser().parse(json.substring(0, fields) + field + json.substring(fields));
  }

  private static byte[] writtenWith(Schema schema, byte[] current) throws IOException {
    GenericData model = GenericData.get();
    GenericData.Record record =
        (GenericData.Record)
            new GenericDatumReader<Object>(EnrichedEvent.getClassSchema(), schema, model)
                .read(null, DecoderFactory.get().binaryDecoder(current, null));
    ((GenericData.Record) record.get("features")).put(RETIRED, 7L);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<Object>(schema, model).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
