package dev.zhifu.stack.path;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records for the topics as bytes, made once and sent many times. The five bytes that name a
 * record's schema are left free: each registry gives its own ids.
 */
final class LoadFile {
  /** Topics that a load writes; their place here stands in the file. */
  static final List<String> TOPICS =
      List.of(
          "bank.transactions",
          "bank.access",
          "telecom.events",
          "officer.acts",
          "clock.ticks",
          "stop.authorisations",
          "list.entries");

  /** Bytes at a value's head for magic byte and schema id. */
  static final int HEADER_BYTES = 5;

  private static final int EVENT_TOPICS = 3;
  private static final int BUFFER = 1 << 20;
  private static final byte ASKS = 1;
  private static final byte PAST = 2;

  /**
   * One record.
   *
   * @param topic where it goes
   * @param key Kafka key, UTF-8
   * @param value Avro binary behind {@link #HEADER_BYTES} free bytes
   * @param atMs event time, UTC milliseconds
   * @param ids what outputs name as their cause: event id, or act id and report id; none for ticks
   *     and lists
   * @param asks true for a transfer that awaits an answer
   * @param past true for the days before the first live one
   */
  record Entry(
      String topic,
      String key,
      byte[] value,
      long atMs,
      List<String> ids,
      boolean asks,
      boolean past) {

    /** True for a bank or telecom event, which has a planned moment of its own. */
    boolean isEvent() {
      return TOPICS.indexOf(topic) < EVENT_TOPICS;
    }
  }

  private LoadFile() {}

  /** Writes entries one by one. */
  static final class Writer implements AutoCloseable {
    private final DataOutputStream out;
    private final java.io.ByteArrayOutputStream buffer = new java.io.ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;

    Writer(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    <T extends SpecificRecord> void write(
        String topic,
        String key,
        SpecificDatumWriter<T> writer,
        T value,
        long atMs,
        List<String> ids,
        boolean asks,
        boolean past)
        throws IOException {
      out.writeByte(TOPICS.indexOf(topic));
      out.writeByte((asks ? ASKS : 0) | (past ? PAST : 0));
      out.writeLong(atMs);
      out.writeUTF(key);
      out.writeByte(ids.size());
      for (String id : ids) {
        out.writeUTF(id);
      }
      buffer.reset();
      encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
      writer.write(value, encoder);
      encoder.flush();
      out.writeInt(buffer.size());
      buffer.writeTo(out);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads entries in their order; one thread. */
  static final class Reader implements AutoCloseable {
    private final DataInputStream in;

    Reader(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    /** The next entry; null at the end. */
    Entry next() throws IOException {
      int topic;
      try {
        topic = in.readByte();
      } catch (EOFException e) {
        return null;
      }
      byte flags = in.readByte();
      long atMs = in.readLong();
      String key = in.readUTF();
      String[] ids = new String[in.readByte()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = in.readUTF();
      }
      int length = in.readInt();
      byte[] value = new byte[HEADER_BYTES + length];
      in.readFully(value, HEADER_BYTES, length);
      return new Entry(
          TOPICS.get(topic),
          key,
          value,
          atMs,
          List.of(ids),
          (flags & ASKS) != 0,
          (flags & PAST) != 0);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
