package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * One event as one key sees it, with its place in the total order: event time, bank serial (none
 * sorts first), event id, side. Equality follows that order. Read from state it stays undecoded
 * until somebody looks at its content.
 */
public final class MatchEvent implements Comparable<MatchEvent> {
  private final long timeMs;
  private final Long serial;
  private final String id;
  private final Side side;
  private final AvroCodec<EnrichedEvent> codec;
  private EventView view;
  private byte[] body;
  private long fingerprint;

  /** What {@link #takers} was told last, and at which state of the rules. */
  private Takers takers;

  private int takersJudgedAt;

  private MatchEvent(
      long timeMs, Long serial, String id, Side side, AvroCodec<EnrichedEvent> codec) {
    this.timeMs = timeMs;
    this.serial = serial;
    this.id = id;
    this.side = side;
    this.codec = codec;
  }

  /**
   * An event that has just arrived.
   *
   * @param codec writes it when it is kept
   */
  public static MatchEvent of(EventView view, AvroCodec<EnrichedEvent> codec) {
    EnrichedEvent event = view.event();
    MatchEvent made =
        new MatchEvent(
            event.getOccurredAt().toEpochMilli(),
            event.getSerial(),
            event.getEventId(),
            view.side(),
            codec);
    made.view = view;
    return made;
  }

  /** An event read from state; {@code body} is decoded when first looked at. */
  static MatchEvent stored(
      long timeMs,
      Long serial,
      String id,
      Side side,
      long fingerprint,
      byte[] body,
      AvroCodec<EnrichedEvent> codec) {
    MatchEvent made = new MatchEvent(timeMs, serial, id, side, codec);
    made.fingerprint = fingerprint;
    made.body = body;
    return made;
  }

  /** Event time, UTC milliseconds. */
  public long timeMs() {
    return timeMs;
  }

  /** Bank serial for ties at equal times; null when none is given. */
  public Long serial() {
    return serial;
  }

  /** Id of the event. */
  public String id() {
    return id;
  }

  /** How the key stands in the event. */
  public Side side() {
    return side;
  }

  /** The event with its features, as the key sees it. */
  public EventView view() {
    if (view == null) {
      try {
        view = new EventView(codec.decode(fingerprint, body), side);
      } catch (IOException e) {
        throw new UncheckedIOException("Event " + id + " in match state cannot be read", e);
      }
    }
    return view;
  }

  /** Avro binary of the event, made once. */
  byte[] body() throws IOException {
    if (body == null) {
      body = codec.encode(view.event());
      fingerprint = codec.fingerprint();
    }
    return body;
  }

  /** Fingerprint of the schema that wrote {@link #body}; call that first. */
  long fingerprint() {
    return fingerprint;
  }

  /**
   * Rule versions that take the event, as they were noted.
   *
   * @param changes of the rules, {@link RuleSet#changes}
   * @return null when nothing was noted since
   */
  Takers takers(int changes) {
    return takersJudgedAt == changes ? takers : null;
  }

  /** What was noted last, perhaps before the rules changed; null when nothing was. */
  Takers takersBefore() {
    return takers;
  }

  /** Notes who takes the event, so that nobody is asked again while the rules stay. */
  void noteTakers(Takers found, int changes) {
    takers = found;
    takersJudgedAt = changes;
  }

  @Override
  public int compareTo(MatchEvent other) {
    int byTime = Long.compare(timeMs, other.timeMs);
    if (byTime != 0) {
      return byTime;
    }
    int bySerial = compareSerials(serial, other.serial);
    if (bySerial != 0) {
      return bySerial;
    }
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : side.compareTo(other.side);
  }

  private static int compareSerials(Long left, Long right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return left.compareTo(right);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MatchEvent event && compareTo(event) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(timeMs, id, side);
  }

  @Override
  public String toString() {
    return id + "@" + timeMs + "/" + side;
  }
}
