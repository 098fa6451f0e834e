package dev.zhifu.schemas.stored;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** One Avro container file of one kind of record. */
public final class StoredFile {
  private static final int COMPRESSION = 6;

  private StoredFile() {}

  /**
   * Records of a file, in its order.
   *
   * @param <T> record class
   */
  public static final class Rows<T extends SpecificRecord> implements Iterator<T>, Closeable {
    private final Path file;
    private final DataFileReader<T> reader;

    private Rows(Path file, DataFileReader<T> reader) {
      this.file = file;
      this.reader = reader;
    }

    /** A note that was written beside the records; null when there is none of that name. */
    public String note(String name) {
      return reader.getMetaString(name);
    }

    @Override
    public boolean hasNext() {
      try {
        return reader.hasNext();
      } catch (AvroRuntimeException e) {
        throw damaged(file, e);
      }
    }

    @Override
    public T next() {
      try {
        return reader.next();
      } catch (AvroRuntimeException e) {
        throw damaged(file, e);
      }
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Writes a file anew.
   *
   * @param notes kept beside the records, by name
   * @return how many records
   * @throws UncheckedIOException when it cannot be written
   */
  public static <T extends SpecificRecord> long write(
      Path file, Class<T> type, Iterator<T> records, Map<String, String> notes) {
    SpecificDatumWriter<T> form = new SpecificDatumWriter<>(type);
    long written = 0;
    try (DataFileWriter<T> writer = new DataFileWriter<>(form)) {
      writer.setCodec(CodecFactory.deflateCodec(COMPRESSION));
      notes.forEach(writer::setMeta);
      writer.create(SpecificData.get().getSchema(type), file.toFile());
      while (records.hasNext()) {
        writer.append(records.next());
        written++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
    return written;
  }

  /**
   * Opens a file; records of an older schema are read as today's.
   *
   * @throws UncheckedIOException when it is missing or no such file
   */
  public static <T extends SpecificRecord> Rows<T> read(Path file, Class<T> type) {
    try {
      DataFileReader<T> reader =
          new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(type));
      requireEnd(file, reader.previousSync());
      return new Rows<>(file, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + " cannot be read as stored history: " + e.getMessage(), e);
    }
  }

  /** Avro takes a file that was cut off for one that ends: each block ends as the header does. */
  private static void requireEnd(Path file, long afterHeader) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (!Arrays.equals(mark(bytes, afterHeader), mark(bytes, bytes.length()))) {
        throw new IOException("it is damaged, its end is missing; export it again");
      }
    }
  }

  private static byte[] mark(RandomAccessFile bytes, long end) throws IOException {
    byte[] mark = new byte[DataFileConstants.SYNC_SIZE];
    bytes.seek(end - mark.length);
    bytes.readFully(mark);
    return mark;
  }

  private static UncheckedIOException damaged(Path file, AvroRuntimeException e) {
    return new UncheckedIOException(
        file + " is damaged: " + e.getMessage() + "; export it again", new IOException(e));
  }
}
