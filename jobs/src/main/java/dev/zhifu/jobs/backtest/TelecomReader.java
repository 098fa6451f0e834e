package dev.zhifu.jobs.backtest;

import dev.zhifu.schemas.events.EventIds;
import dev.zhifu.wire.SmsClass;
import dev.zhifu.wire.TelecomEvent;
import dev.zhifu.wire.TelecomKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Calls and messages with the columns {@code eventId,ts,caller,callee,type,duration,roaming}, as
 * carriers tell them: a call once about the number called and once about the number that calls,
 * each time its start and, after its duration, its end; a message about its receiver. Numbers serve
 * as tokens; the file names no holders, so that calls and transfers do not meet.
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
          List.of(
              signal(row, TelecomKind.SMS_IN, true, "", at).setSmsClass(SmsClass.OTHER).build());
      case "VOICE" -> {
        int seconds = row.count("duration");
        List<SpecificRecord> signals = new ArrayList<>(call(row, true, "", at, seconds));
        if (!row.required("caller").equals(row.required("callee"))) {
          signals.addAll(call(row, false, "-placed", at, seconds));
        }
        yield signals;
      }
      default -> throw row.fault("type is '" + row.text("type") + "'; it must be VOICE or SMS");
    };
  }

  private static List<SpecificRecord> call(
      CsvRow row, boolean incoming, String suffix, Instant at, int seconds) {
    String session = row.required("eventId");
    return List.of(
        signal(row, TelecomKind.CALL_START, incoming, suffix, at).setSessionId(session).build(),
        signal(row, TelecomKind.CALL_END, incoming, suffix + "-end", at.plusSeconds(seconds))
            .setSessionId(session)
            .setDurationSeconds(seconds)
            .build());
  }

  private static TelecomEvent.Builder signal(
      CsvRow row, TelecomKind kind, boolean incoming, String suffix, Instant at) {
    String caller = row.required("caller");
    String callee = row.required("callee");
    return TelecomEvent.newBuilder()
        .setEventId(EventIds.serialEventId(SOURCE, row.required("eventId") + suffix))
        .setSource(SOURCE)
        .setKind(kind)
        .setOccurredAt(at)
        .setReceivedAt(at)
        .setNumberToken(incoming ? callee : caller)
        .setPeerToken(incoming ? caller : callee)
        .setIncoming(incoming);
  }
}
