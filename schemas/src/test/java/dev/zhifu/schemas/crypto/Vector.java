package dev.zhifu.schemas.crypto;

import dev.zhifu.wire.AccountKind;
import dev.zhifu.wire.OrderEnvelope;
import dev.zhifu.wire.StandingAuthorisation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One published file: flat JSON, one field a line, all values strings, so that a shell can read it.
 */
record Vector(Map<String, String> fields) {
  private static final Pattern FIELD = Pattern.compile("^  \"(\\w+)\": \"([^\"]*)\",?$");
  private static final HexFormat HEX = HexFormat.of();

  static Vector parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      Matcher matcher = FIELD.matcher(line);
      if (matcher.matches()) {
        fields.put(matcher.group(1), matcher.group(2));
      }
    }
    return new Vector(fields);
  }

  String print() {
    return fields.entrySet().stream()
        .map(field -> "  \"" + field.getKey() + "\": \"" + field.getValue() + "\"")
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  String get(String name) {
    return fields.get(name);
  }

  OrderEnvelope envelope() {
    return new OrderEnvelope(
        bytes("payload"), Integer.parseInt(get("version")), get("keyId"), bytes("signature"));
  }

  static Vector of(StandingAuthorisation standing) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("authorisationId", standing.getAuthorisationId());
    fields.put("revision", String.valueOf(standing.getRevision()));
    fields.put("officerId", standing.getOfficerId());
    fields.put("rules", String.join(",", standing.getRules()));
    fields.put("minScoreMillionths", String.valueOf(Math.round(standing.getMinScore() * 1e6)));
    fields.put("maxAmountFen", String.valueOf(standing.getMaxAmountFen()));
    fields.put("accountKinds", join(standing.getAccountKinds()));
    fields.put("maxOrdersPerHour", String.valueOf(standing.getMaxOrdersPerHour()));
    fields.put("maxOrdersPerBankDay", String.valueOf(standing.getMaxOrdersPerBankDay()));
    fields.put("maxOrdersPerDay", String.valueOf(standing.getMaxOrdersPerDay()));
    fields.put("maxFenPerDay", String.valueOf(standing.getMaxFenPerDay()));
    fields.put("maxFenPerHour", String.valueOf(standing.getMaxFenPerHour()));
    fields.put("maxFenPerBankDay", String.valueOf(standing.getMaxFenPerBankDay()));
    fields.put("validFromMs", String.valueOf(standing.getValidFrom().toEpochMilli()));
    fields.put("validToMs", String.valueOf(standing.getValidTo().toEpochMilli()));
    fields.put("legalOpinion", standing.getLegalOpinion());
    fields.put("revoked", String.valueOf(standing.getRevoked()));
    fields.put("keyId", standing.getKeyId());
    fields.put("signature", HEX.formatHex(standing.getSignature().array()));
    return new Vector(fields);
  }

  StandingAuthorisation standing() {
    StandingAuthorisation standing = new StandingAuthorisation();
    standing.setAuthorisationId(get("authorisationId"));
    standing.setRevision(Integer.parseInt(get("revision")));
    standing.setOfficerId(get("officerId"));
    standing.setRules(List.of(get("rules").split(",")));
    standing.setMinScore(number("minScoreMillionths") / 1e6);
    standing.setMaxAmountFen(number("maxAmountFen"));
    standing.setAccountKinds(
        Arrays.stream(get("accountKinds").split(",")).map(AccountKind::valueOf).toList());
    standing.setMaxOrdersPerHour((int) number("maxOrdersPerHour"));
    standing.setMaxOrdersPerBankDay((int) number("maxOrdersPerBankDay"));
    standing.setMaxOrdersPerDay((int) number("maxOrdersPerDay"));
    standing.setMaxFenPerDay(number("maxFenPerDay"));
    standing.setMaxFenPerHour(number("maxFenPerHour"));
    standing.setMaxFenPerBankDay(number("maxFenPerBankDay"));
    standing.setValidFrom(Instant.ofEpochMilli(number("validFromMs")));
    standing.setValidTo(Instant.ofEpochMilli(number("validToMs")));
    standing.setLegalOpinion(get("legalOpinion"));
    standing.setRevoked(Boolean.parseBoolean(get("revoked")));
    standing.setRenewedAt(standing.getValidFrom());
    standing.setKeyId(get("keyId"));
    standing.setSignature(bytes("signature"));
    return standing;
  }

  long number(String name) {
    return Long.parseLong(get(name));
  }

  private ByteBuffer bytes(String name) {
    return ByteBuffer.wrap(HEX.parseHex(get(name)));
  }

  private static String join(List<AccountKind> kinds) {
    return kinds.stream().map(AccountKind::name).collect(Collectors.joining(","));
  }
}
