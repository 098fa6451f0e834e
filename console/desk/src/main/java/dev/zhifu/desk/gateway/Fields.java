package dev.zhifu.desk.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;

/** Fields of what a bank posts; each says what is wrong with it in a sentence for the bank. */
final class Fields {
  private Fields() {}

  /** A text; a fault does not show it, for names and stories are texts and faults are logged. */
  static String text(JsonNode body, String field, int longest) {
    JsonNode value = body.path(field);
    if (!value.isTextual() || value.asText().length() > longest) {
      throw new FieldException(
          field
              + (value.isMissingNode()
                  ? " is missing"
                  : value.isTextual()
                      ? " has " + value.asText().length() + " characters"
                      : " is no text")
              + "; it is a text of at most "
              + longest);
    }
    return value.asText();
  }

  static String matching(JsonNode body, String field, String pattern) {
    if (!body.path(field).asText("").matches(pattern)) {
      throw new FieldException(
          field + " is " + shown(body.path(field)) + "; it matches " + pattern);
    }
    return body.path(field).asText();
  }

  static <E extends Enum<E>> E word(JsonNode body, String field, Class<E> type) {
    try {
      return Enum.valueOf(type, body.path(field).asText(""));
    } catch (IllegalArgumentException e) {
      throw new FieldException(
          field + " is " + shown(body.path(field)) + "; it is one of " + EnumSet.allOf(type));
    }
  }

  static Long number(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new FieldException(field + " is " + shown(value) + "; it is a whole number of fen");
    }
    return value.asLong();
  }

  static Instant time(JsonNode body, String field, boolean required) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (required) {
        throw new FieldException(field + " is missing; it is a time such as 2026-03-02T01:00:00Z");
      }
      return null;
    }
    try {
      return Instant.parse(value.asText());
    } catch (DateTimeException e) {
      throw new FieldException(
          field + " is " + shown(value) + "; it is a time such as 2026-03-02T01:00:00Z");
    }
  }

  /** A text that is not blank. */
  static String filled(JsonNode body, String field, int longest) {
    String text = text(body, field, longest).strip();
    if (text.isEmpty()) {
      throw new FieldException(field + " is empty; it is a text of at most " + longest);
    }
    return text;
  }

  /** As {@link #matching}, for what must not be said again: the fault does not show the value. */
  static String secret(JsonNode body, String field, String pattern) {
    String text = body.path(field).asText("").replaceAll("[\\s-]", "");
    if (!text.matches(pattern)) {
      throw new FieldException(field + " is missing or malformed; it matches " + pattern);
    }
    return text;
  }

  /** An amount that must be there, 0 or more. */
  static long fen(JsonNode body, String field) {
    Long fen = number(body, field);
    if (fen == null || fen < 0) {
      throw new FieldException(field + " is " + fen + "; it is a whole number of fen, 0 or more");
    }
    return fen;
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return value.isMissingNode() ? "missing" : text.substring(0, Math.min(80, text.length()));
  }
}
