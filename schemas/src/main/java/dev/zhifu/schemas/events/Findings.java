package dev.zhifu.schemas.events;

import dev.zhifu.schemas.topics.BankCodes;
import dev.zhifu.wire.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks of single fields; keeps the first fault found. One per record checked. Every event of the
 * stream passes here, so that texts are put together only once a fault is found: rules are
 * constants, and where a field stands is told by {@link #inside}.
 */
final class Findings {

  /** Longest token or id of a part, in characters. */
  static final int LONGEST_TOKEN = 64;

  /** Longest event id: source, transaction id and phase. */
  static final int LONGEST_EVENT_ID = 160;

  /** Largest amount, fen: one trillion yuan. Keeps every sum of a window far inside a long. */
  static final long LARGEST_FEN = 100_000_000_000_000L;

  static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LONGEST_SHOWN = 48;

  private final Enum<?> kind;
  private String path = "";
  private Fault first;

  /**
   * @param kind kind of the record, for messages; null when it has none
   */
  Findings(Enum<?> kind) {
    this.kind = kind;
  }

  /** Fields named from here on stand inside {@code part}; the empty string is the record itself. */
  void inside(String part) {
    path = part;
  }

  Optional<Fault> first() {
    return Optional.ofNullable(first);
  }

  boolean clean() {
    return first == null;
  }

  void missing(String field, String rule) {
    add(DeadLetterReason.MISSING_FIELD, field, "null", rule, "send it with " + field + " set");
  }

  void contradiction(String field, Object value, String rule) {
    add(
        DeadLetterReason.CONTRADICTORY_FIELDS,
        field,
        shown(value),
        rule,
        "correct the field that is wrong and send it again");
  }

  /** Refuses unless {@code holds}. */
  void require(boolean holds, String field, Object value, String rule) {
    if (!holds) {
      contradiction(field, value, rule);
    }
  }

  /** {@code value} must be null unless {@code allowed}. */
  void onlyIf(boolean allowed, String field, Object value, String rule) {
    if (!allowed && value != null) {
      contradiction(field, value, rule);
    }
  }

  /** {@code value} must be set exactly when {@code expected}. */
  void exactlyIf(boolean expected, String field, Object value, String rule) {
    if (expected && value == null) {
      missing(field, rule);
    }
    onlyIf(expected, field, value, rule);
  }

  /** A token or id that must be there. */
  void token(String field, String value) {
    text(field, value, LONGEST_TOKEN, true);
  }

  /** A token or id that may be null. */
  void optionalToken(String field, String value) {
    if (value != null) {
      token(field, value);
    }
  }

  /** An event id; longer than a token. */
  void eventId(String field, String value) {
    text(field, value, LONGEST_EVENT_ID, true);
  }

  /** An event id that must be source and serial with a colon between. */
  void serialId(String source, String eventId) {
    eventId("eventId", eventId);
    int colon = source.length();
    boolean fits =
        eventId.length() > colon + 1 && eventId.startsWith(source) && eventId.charAt(colon) == ':';
    require(fits, "eventId", eventId, "it must be source ':' serial");
  }

  /** Words that a person wrote; may be any language. */
  void words(String field, String value) {
    text(field, value, LONGEST_TOKEN, false);
  }

  private void text(String field, String value, int longest, boolean asciiOnly) {
    if (value == null || value.isBlank()) {
      add(
          DeadLetterReason.MISSING_FIELD,
          field,
          value == null ? "null" : "'" + value + "'",
          "it must not be empty",
          "send it with " + field + " set, or null where the contract allows");
    } else if (value.length() > longest) {
      add(
          DeadLetterReason.OVERSIZED,
          field,
          value.length() + " characters",
          "at most " + longest + " are allowed",
          "send the token or id, not the content behind it");
    } else if (asciiOnly && !isPrintable(value)) {
      contradiction(
          field, value, "only printable ASCII without spaces is allowed in tokens and ids");
    }
  }

  void bank(String field, String code) {
    if (!BankCodes.isWellFormed(code)) {
      add(
          DeadLetterReason.UNKNOWN_BANK,
          field,
          shown(code),
          "a bank code is " + BankCodes.FORM,
          "send the institution code of the directory");
    }
  }

  void amount(String field, long fen) {
    if (fen <= 0) {
      add(
          DeadLetterReason.NEGATIVE_AMOUNT,
          field,
          Long.toString(fen),
          "an amount is above 0 fen",
          "send the amount moved as a positive number; a return of money is the phase REVERSED");
    }
    size(field, fen);
  }

  /** Magnitude of any sum of money. */
  void size(String field, long fen) {
    if (fen > LARGEST_FEN || fen < -LARGEST_FEN) {
      add(
          DeadLetterReason.OVERSIZED,
          field,
          Long.toString(fen),
          "at most " + LARGEST_FEN + " fen are allowed",
          "check the unit: fen, hundredths of a yuan");
    }
  }

  void currency(String field, String code) {
    if (!"CNY".equals(code)) {
      add(
          DeadLetterReason.UNKNOWN_CURRENCY,
          field,
          shown(code),
          "only CNY is accepted",
          "convert at the bank or do not send it");
    }
  }

  /** A time of reception: within the years that make sense. */
  void time(String field, Instant at) {
    if (at == null) {
      missing(field, "every message has it");
    } else if (at.isBefore(EARLIEST) || !at.isBefore(LATEST)) {
      add(
          DeadLetterReason.ABSURD_TIME,
          field,
          at.toString(),
          "times lie from " + EARLIEST + " to " + LATEST,
          "check the unit: milliseconds since 1970, UTC");
    }
  }

  /**
   * A time that may lie at most a day after {@code reference}; the difference is what clocks may be
   * apart.
   */
  void notAfter(String field, Instant at, String referenceField, Instant reference) {
    time(field, at);
    if (at != null && reference != null && at.isAfter(reference.plus(CLOCK_TOLERANCE))) {
      add(
          DeadLetterReason.ABSURD_TIME,
          field,
          at.toString(),
          "it must not be more than "
              + CLOCK_TOLERANCE.toHours()
              + " h after "
              + referenceField
              + " "
              + reference,
          "check the sender's clock");
    }
  }

  void absurdTime(String field, Object value, String rule) {
    add(DeadLetterReason.ABSURD_TIME, field, shown(value), rule, "check the sender's clock");
  }

  void oversized(String field, int size, int most) {
    if (size > most) {
      add(
          DeadLetterReason.OVERSIZED,
          field,
          size + " entries",
          "at most " + most + " are allowed",
          "send fewer");
    }
  }

  private void add(
      DeadLetterReason reason, String field, String value, String rule, String wayOut) {
    if (first != null) {
      return;
    }
    String full = path.isEmpty() ? field : path + "." + field;
    String of = kind == null ? "" : " (" + kind + ")";
    first = new Fault(reason, full, full + " is " + value + of + "; " + rule + "; " + wayOut);
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** The value for a message: short, on one line, and a token only by its end. */
  private static String shown(Object value) {
    if (!(value instanceof String text)) {
      return String.valueOf(value);
    }
    String line = text.replaceAll("\\p{Cntrl}", "?");
    boolean token = line.length() == 32 && line.matches("[0-9a-f]+");
    if (token) {
      return Events.mask(line);
    }
    return "'"
        + (line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line)
        + "'";
  }
}
