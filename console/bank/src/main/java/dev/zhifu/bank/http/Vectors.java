package dev.zhifu.bank.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StandingAuthorisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The published vectors (docs/envelope.md), as they travel in a conformance run. */
final class Vectors {
  private Vectors() {}

  /** Every order of the folder, each with the standing authorisation that its bank has. */
  static List<ObjectNode> read(Path folder) {
    List<ObjectNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("orders"))) {
      for (Path file : files.sorted().toList()) {
        ObjectNode vector = object(file);
        String standing = vector.path("standing").asText();
        vector.set(
            "standing",
            standing.isEmpty()
                ? GatewayClient.JSON.nullNode()
                : object(folder.resolve("standing").resolve(standing + ".json")));
        all.add(vector);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("vectors in " + folder + " cannot be read", e);
    }
  }

  private static ObjectNode object(Path file) throws IOException {
    return (ObjectNode) GatewayClient.JSON.readTree(Files.readString(file));
  }

  static OrderEnvelope envelope(JsonNode vector) {
    return new OrderEnvelope(
        bytes(vector, "payload"),
        Integer.parseInt(text(vector, "version")),
        text(vector, "keyId"),
        bytes(vector, "signature"));
  }

  static StandingAuthorisation standing(JsonNode fields) {
    List<AccountKind> kinds =
        Stream.of(text(fields, "accountKinds").split(",")).map(AccountKind::valueOf).toList();
    return StandingAuthorisation.newBuilder()
        .setAuthorisationId(text(fields, "authorisationId"))
        .setRevision(Integer.parseInt(text(fields, "revision")))
        .setOfficerId(text(fields, "officerId"))
        .setRules(List.of(text(fields, "rules").split(",")))
        .setMinScore(number(fields, "minScoreMillionths") / 1e6)
        .setMaxAmountFen(number(fields, "maxAmountFen"))
        .setAccountKinds(kinds)
        .setMaxOrdersPerHour((int) number(fields, "maxOrdersPerHour"))
        .setMaxOrdersPerBankDay((int) number(fields, "maxOrdersPerBankDay"))
        .setMaxOrdersPerDay((int) number(fields, "maxOrdersPerDay"))
        .setMaxFenPerDay(number(fields, "maxFenPerDay"))
        .setMaxFenPerHour(number(fields, "maxFenPerHour"))
        .setMaxFenPerBankDay(number(fields, "maxFenPerBankDay"))
        .setValidFrom(Instant.ofEpochMilli(number(fields, "validFromMs")))
        .setValidTo(Instant.ofEpochMilli(number(fields, "validToMs")))
        .setLegalOpinion(text(fields, "legalOpinion"))
        .setRevoked(Boolean.parseBoolean(text(fields, "revoked")))
        .setRenewedAt(Instant.ofEpochMilli(number(fields, "validFromMs")))
        .setKeyId(text(fields, "keyId"))
        .setSignature(bytes(fields, "signature"))
        .build();
  }

  static String text(JsonNode fields, String name) {
    if (!fields.path(name).isTextual()) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return fields.path(name).asText();
  }

  static long number(JsonNode fields, String name) {
    return Long.parseLong(text(fields, name));
  }

  private static ByteBuffer bytes(JsonNode fields, String name) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text(fields, name)));
  }

  static JsonNode parse(byte[] body) {
    try {
      return GatewayClient.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
