package dev.zhifu.oracle;

import dev.zhifu.rules.language.EventView;
import dev.zhifu.wire.AppClass;
import dev.zhifu.wire.EnrichedEvent;
import dev.zhifu.wire.Features;
import dev.zhifu.wire.PrefixClass;
import dev.zhifu.wire.Side;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of the histories: four telecom kinds with a value, and what the rules call them. */
final class Signals {
  static final List<String> WORDS = List.of("call.start", "call.end", "sms.in", "url.hit");
  private static final List<TelecomKind> KINDS =
      List.of(
          TelecomKind.CALL_START, TelecomKind.CALL_END, TelecomKind.SMS_IN, TelecomKind.URL_HIT);

  /** Values run from 0 to below this. */
  static final int VALUES = 6;

  private Signals() {}

  /** What an event says, without time and id. */
  record Content(int kind, int value) {}

  /** Every content that an event may have. */
  static List<Content> contents() {
    List<Content> all = new ArrayList<>();
    for (int kind = 0; kind < KINDS.size(); kind++) {
      for (int value = 0; value < VALUES; value++) {
        all.add(new Content(kind, value));
      }
    }
    return all;
  }

  /** An event whose field {@code otpCount} is its value. */
  static EnrichedEvent event(String key, String id, long timeMs, Content content) {
    Instant at = Instant.ofEpochMilli(timeMs);
    TelecomEvent event = new TelecomEvent();
    event.setEventId(id);
    event.setSource("C1");
    event.setKind(KINDS.get(content.kind()));
    event.setOccurredAt(at);
    event.setReceivedAt(at);
    event.setNumberToken(key);
    event.setPeerPrefix(PrefixClass.UNKNOWN);
    event.setSmsClass(SmsClass.NONE);
    event.setAppClass(AppClass.NONE);
    event.setOtpCount(content.value());
    EnrichedEvent enriched = new EnrichedEvent();
    enriched.setEventId(id);
    enriched.setOccurredAt(at);
    enriched.setEvent(event);
    enriched.setFeatures(new Features());
    return enriched;
  }

  /** An event in one line. */
  static String describe(EnrichedEvent event) {
    TelecomEvent content = (TelecomEvent) event.getEvent();
    String serial = event.getSerial() == null ? "" : " serial " + event.getSerial();
    return "%d %s %s %d%s"
        .formatted(
            timeOf(event),
            event.getEventId(),
            WORDS.get(KINDS.indexOf(content.getKind())),
            content.getOtpCount(),
            serial);
  }

  static EventView view(EnrichedEvent event) {
    return new EventView(event, Side.SUBJECT);
  }

  static long timeOf(EnrichedEvent event) {
    return event.getOccurredAt().toEpochMilli();
  }
}
