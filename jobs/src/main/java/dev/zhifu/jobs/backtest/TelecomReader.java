package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Calls and messages with the columns {@code eventId,ts,caller,callee,type,duration,roaming}, as
 * signals about the called number: a call becomes its start and, after its duration, its end.
 * Numbers serve as tokens; the file names no holders, so that calls and transfers do not meet.
 */
final class TelecomReader implements RowReader {
  private static final String SOURCE = "FILE";

  @Override
  public List<String> columns() {
    return List.of("eventId", "ts", "caller", "callee", "type", "duration", "roaming");
  }

  @Override
  public List<SpecificRecord> read(CsvRow row) {
    Instant at = row.instant("ts");
    return switch (row.required("type")) {
      case "SMS" ->
          List.of(signal(row, TelecomKind.SMS_IN, "", at).setSmsClass(SmsClass.OTHER).build());
      case "VOICE" -> {
        int seconds = row.count("duration");
        yield List.of(
            signal(row, TelecomKind.CALL_START, "", at)
                .setSessionId(row.required("eventId"))
                .build(),
            signal(row, TelecomKind.CALL_END, "-end", at.plusSeconds(seconds))
                .setSessionId(row.required("eventId"))
                .setDurationSeconds(seconds)
                .build());
      }
      default -> throw row.fault("type is '" + row.text("type") + "'; it must be VOICE or SMS");
    };
  }

  private static TelecomEvent.Builder signal(
      CsvRow row, TelecomKind kind, String suffix, Instant at) {
    return TelecomEvent.newBuilder()
        .setEventId(EventIds.serialEventId(SOURCE, row.required("eventId") + suffix))
        .setSource(SOURCE)
        .setKind(kind)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken(row.required("callee"))
        .setPeerToken(row.required("caller"));
  }
}
