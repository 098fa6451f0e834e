package dev.zhifu.rules.matching;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of a {@link KeyRecord} behind a format byte. Format 1, which is read but no longer written,
 * has no waiting events. Not thread-safe.
 */
final class KeyRecordCodec {
  private static final byte FORMAT = 2;
  private static final byte WITHOUT_WAITING = 1;

  private final MatchEventSerializer events;
  private final DataOutputSerializer output = new DataOutputSerializer(1024);
  private final DataInputDeserializer input = new DataInputDeserializer();

  KeyRecordCodec(MatchEventSerializer events) {
    this.events = events;
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
    return output.getCopyOfBuffer();
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
    if (format != FORMAT && format != WITHOUT_WAITING) {
      throw new IOException(
          "Key record format "
              + format
              + " is neither "
              + FORMAT
              + " nor "
              + WITHOUT_WAITING
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
