package dev.zhifu.bench;

import dev.zhifu.schemas.wire.AvroReading;
import dev.zhifu.wire.EnrichedEvent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Events as bytes, made once and read by every configuration: a count, then each event's length and
 * Avro binary.
 */
final class EventFile {

  /** Writes events one by one. */
  static final class Writer implements AutoCloseable {
    private final DataOutputStream out;
    private final SpecificDatumWriter<EnrichedEvent> writer =
        new SpecificDatumWriter<>(EnrichedEvent.class);
    private final java.io.ByteArrayOutputStream buffer = new java.io.ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;

    Writer(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void write(EnrichedEvent event) throws IOException {
      buffer.reset();
      encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
      writer.write(event, encoder);
      encoder.flush();
      out.writeInt(buffer.size());
      buffer.writeTo(out);
    }

    @Override
    public void close() throws IOException {
      out.writeInt(-1);
      out.close();
    }
  }

  /** Decodes events again and again; one thread. */
  static final class Decoder {
    private final AvroReading<EnrichedEvent> reader =
        AvroReading.of(EnrichedEvent.getClassSchema(), EnrichedEvent.class);

    EnrichedEvent decode(byte[] bytes) throws IOException {
      return reader.read(bytes, 0);
    }
  }

  private EventFile() {}

  /** All events of a file, still as bytes. */
  static byte[][] read(Path file) throws IOException {
    List<byte[]> events = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int length = in.readInt(); length >= 0; length = in.readInt()) {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        events.add(bytes);
      }
    }
    return events.toArray(byte[][]::new);
  }
}
