package dev.zhifu.rules.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.RuleHit;
import dev.zhifu.wire.RulePublication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * All that a decision rests on, in one file: keys {@code hit}, {@code events} and {@code
 * publication}, each a record in Avro's JSON form.
 *
 * @param hit the hit as it was said
 * @param events the events of its evidence with the features of their moment, and those that {@link
 *     Support} it; others are ignored
 * @param publication the rule's version as it was published
 */
public record Dossier(RuleHit hit, List<EnrichedEvent> events, RulePublication publication) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a dossier.
   *
   * @throws IllegalArgumentException saying what the text lacks
   */
  public static Dossier parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      List<EnrichedEvent> events = new ArrayList<>();
      for (JsonNode event : required(root, "events")) {
        events.add(read(event, EnrichedEvent.getClassSchema()));
      }
      return new Dossier(
          read(required(root, "hit"), RuleHit.getClassSchema()),
          events,
          read(required(root, "publication"), RulePublication.getClassSchema()));
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "the dossier cannot be read: "
              + e.getMessage()
              + "; it needs hit, events and publication in Avro's JSON form, as zhifu explain --to writes them",
          e);
    }
  }

  private static JsonNode required(JsonNode root, String key) throws IOException {
    JsonNode node = root == null ? null : root.get(key);
    if (node == null) {
      throw new IOException("key " + key + " is missing");
    }
    return node;
  }

  private static <T extends SpecificRecord> T read(JsonNode node, Schema schema)
      throws IOException {
    return new SpecificDatumReader<T>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, node.toString()));
  }

  /** The dossier as one JSON object. */
  public String toJson() {
    try {
      ObjectNode root = JSON.createObjectNode();
      root.set("hit", write(hit));
      ArrayNode list = root.putArray("events");
      for (EnrichedEvent event : events) {
        list.add(write(event));
      }
      root.set("publication", write(publication));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a record always has a JSON form", e);
    }
  }

  private static JsonNode write(SpecificRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
    new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return JSON.readTree(out.toString(StandardCharsets.UTF_8));
  }
}
