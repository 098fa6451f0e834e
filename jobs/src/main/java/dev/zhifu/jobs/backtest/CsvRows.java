package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a CSV file with a header, gzipped or not; empty lines are passed over. Closes the file
 * at its end.
 */
final class CsvRows implements Iterator<CsvRow> {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final BufferedReader text;
  private final List<String> header;
  private final ObjectReader reader;
  private String next;
  private long line = 1;

  private CsvRows(Path file, BufferedReader text, List<String> header) {
    this.file = file;
    this.text = text;
    this.header = header;
    CsvSchema.Builder schema = CsvSchema.builder();
    header.forEach(schema::addColumn);
    this.reader = new CsvMapper().readerForMapOf(String.class).with(schema.build());
  }

  /**
   * Opens a file and checks that its header has the columns needed; their order is free, further
   * ones are ignored.
   *
   * @throws BacktestException naming the file and every column that is missing
   */
  static CsvRows open(Path file, List<String> columns) {
    CsvRows rows = open(file);
    List<String> missing =
        columns.stream().filter(column -> !rows.header.contains(column)).toList();
    if (!missing.isEmpty()) {
      rows.close();
      throw new BacktestException(
          file
              + " lacks the column(s) "
              + String.join(", ", missing)
              + "; its header must name "
              + String.join(",", columns));
    }
    rows.advance();
    return rows;
  }

  /** Columns that the file's first line names. */
  static List<String> header(Path file) {
    CsvRows rows = open(file);
    rows.close();
    return rows.header;
  }

  private static CsvRows open(Path file) {
    try {
      BufferedReader text =
          new BufferedReader(new InputStreamReader(plain(file), StandardCharsets.UTF_8), BUFFER);
      String first = text.readLine();
      List<String> header =
          first == null
              ? List.of()
              : Arrays.stream(first.replace("\uFEFF", "").split(",", -1))
                  .map(String::trim)
                  .toList();
      return new CsvRows(file, text, header);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputStream plain(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public CsvRow next() {
    if (next == null) {
      throw new NoSuchElementException(file + " has ended");
    }
    CsvRow row = parse();
    advance();
    return row;
  }

  private CsvRow parse() {
    try {
      return new CsvRow(file, line, reader.readValue(next));
    } catch (JacksonException e) {
      throw new BacktestException(
          file
              + ":"
              + line
              + ": the line is not CSV of "
              + header.size()
              + " columns: "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void advance() {
    try {
      do {
        next = text.readLine();
        line++;
      } while (next != null && next.isEmpty());
      if (next == null) {
        text.close();
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static BacktestException unreadable(Path file, IOException e) {
    return new BacktestException(
        file
            + " cannot be read ("
            + e.getMessage()
            + "); name a readable CSV file, gzipped or not");
  }
}
