package dev.zhifu.rules.matching;

import dev.zhifu.rules.language.EventKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of a {@link KeyRecord} behind a format byte. Formats 1, without waiting events, and 2,
 * without what was judged about the tail, are read but no longer written. Not thread-safe.
 */
final class KeyRecordCodec {
  private static final byte FORMAT = 3;
  private static final byte WITHOUT_JUDGEMENTS = 2;
  private static final byte WITHOUT_WAITING = 1;
  private static final byte NOT_JUDGED = -1;
  private static final EventKind[] KINDS = EventKind.values();

  private final MatchEventSerializer events;
  private final DataOutputSerializer output = new DataOutputSerializer(1024);
  private final DataInputDeserializer input = new DataInputDeserializer();

  /** Names the matcher whose judgements are written: another's are not good here. */
  private final long judge;

  KeyRecordCodec(MatchEventSerializer events, long judge) {
    this.events = events;
    this.judge = judge;
  }

  byte[] encode(KeyRecord record) throws IOException {
    output.clear();
    output.writeByte(FORMAT);
    output.writeLong(record.decidedTo);
    output.writeLong(record.timerAt);
    output.writeInt(record.tail.size());
    for (MatchEvent event : record.tail) {
      events.serialize(event, output);
    }
    output.writeInt(record.waiting.size());
    for (Waiting start : record.waiting) {
      write(start);
    }
    writeTimes(record.dueByRule);
    writeTimes(record.overflowedUntil);
    output.writeInt(record.said().size());
    for (Map.Entry<String, Announced> entry : record.said().entrySet()) {
      output.writeUTF(entry.getKey());
      write(entry.getValue());
    }
    writeJudgements(record.tail);
    return output.getCopyOfBuffer();
  }

  /** Who takes each event of the tail, so that a key that is read again need not decode them. */
  private void writeJudgements(List<MatchEvent> tail) throws IOException {
    output.writeLong(judge);
    for (MatchEvent event : tail) {
      Takers takers = event.takersBefore();
      if (takers == null || takers.kind() == null) {
        output.writeByte(NOT_JUDGED);
        continue;
      }
      output.writeByte(takers.kind().ordinal());
      output.writeLong(takers.judgedBy());
      output.writeShort(takers.notes().length);
      for (long note : takers.notes()) {
        output.writeLong(note);
      }
    }
  }

  private void readJudgements(List<MatchEvent> tail) throws IOException {
    boolean own = input.readLong() == judge;
    for (MatchEvent event : tail) {
      byte kind = input.readByte();
      if (kind == NOT_JUDGED) {
        continue;
      }
      long judgedBy = input.readLong();
      long[] notes = new long[input.readShort()];
      for (int i = 0; i < notes.length; i++) {
        notes[i] = input.readLong();
      }
      if (own) {
        event.noteTakers(Takers.unplaced(KINDS[kind], judgedBy, notes), 0);
      }
    }
  }

  private void write(Waiting start) throws IOException {
    events.serialize(start.event(), output);
    output.writeLong(start.untilMs());
    int[] numbers = start.numbers();
    output.writeInt(numbers.length);
    for (int number : numbers) {
      output.writeInt(number);
    }
  }

  private void writeTimes(Map<Integer, Long> times) throws IOException {
    output.writeInt(times.size());
    for (Map.Entry<Integer, Long> entry : times.entrySet()) {
      output.writeInt(entry.getKey());
      output.writeLong(entry.getValue());
    }
  }

  private void write(Announced hit) throws IOException {
    output.writeInt(hit.ruleNumber());
    output.writeInt(hit.revision());
    output.writeBoolean(hit.holds());
    output.writeBoolean(hit.isFinal());
    output.writeLong(hit.forgetAtMs());
    output.writeLong(hit.fingerprint());
    output.writeInt(hit.hit().length);
    output.write(hit.hit());
  }

  KeyRecord decode(byte[] bytes) throws IOException {
    input.setBuffer(bytes);
    byte format = input.readByte();
    if (format < WITHOUT_WAITING || format > FORMAT) {
      throw new IOException(
          "Key record format "
              + format
              + " is none of "
              + WITHOUT_WAITING
              + " to "
              + FORMAT
              + ": the snapshot is from another version");
    }
    KeyRecord record = new KeyRecord();
    record.decidedTo = input.readLong();
    record.timerAt = input.readLong();
    for (int left = input.readInt(); left > 0; left--) {
      record.tail.add(events.deserialize(input));
    }
    if (format != WITHOUT_WAITING) {
      for (int left = input.readInt(); left > 0; left--) {
        record.waiting.add(readWaiting());
      }
    }
    readTimes(record.dueByRule);
    readTimes(record.overflowedUntil);
    for (int left = input.readInt(); left > 0; left--) {
      record.say(input.readUTF(), readAnnounced());
    }
    if (format > WITHOUT_JUDGEMENTS) {
      readJudgements(record.tail);
    }
    return record;
  }

  private Waiting readWaiting() throws IOException {
    MatchEvent event = events.deserialize(input);
    long untilMs = input.readLong();
    int[] numbers = new int[input.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = input.readInt();
    }
    return new Waiting(event, untilMs, numbers);
  }

  private void readTimes(Map<Integer, Long> times) throws IOException {
    for (int left = input.readInt(); left > 0; left--) {
      times.put(input.readInt(), input.readLong());
    }
  }

  private Announced readAnnounced() throws IOException {
    int ruleNumber = input.readInt();
    int revision = input.readInt();
    boolean holds = input.readBoolean();
    boolean isFinal = input.readBoolean();
    long forgetAtMs = input.readLong();
    long fingerprint = input.readLong();
    byte[] hit = new byte[input.readInt()];
    input.readFully(hit);
    return new Announced(ruleNumber, revision, holds, isFinal, forgetAtMs, fingerprint, hit);
  }
}
