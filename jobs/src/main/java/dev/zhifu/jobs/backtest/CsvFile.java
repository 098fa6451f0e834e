package dev.zhifu.jobs.backtest;

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
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads a CSV file with a header line, gzipped or not, row by row. */
final class CsvFile {
  private CsvFile() {}

  /**
   * Opens a file and checks that its header has the columns needed.
   *
   * @throws BacktestException naming the file and every column that is missing
   */
  static Iterator<Map<String, String>> open(Path file, List<String> columns) {
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(gzip ? new GZIPInputStream(raw, 1 << 16) : raw, StandardCharsets.UTF_8));
      String header = text.readLine();
      List<String> found = header == null ? List.of() : Arrays.asList(header.split(",", -1));
      List<String> missing = columns.stream().filter(column -> !found.contains(column)).toList();
      if (!missing.isEmpty()) {
        throw new BacktestException(
            file + " lacks the column(s) " + String.join(", ", missing) + "; its header must name "
                + String.join(",", columns));
      }
      CsvSchema.Builder schema = CsvSchema.builder();
      found.forEach(schema::addColumn);
      return new CsvMapper().readerForMapOf(String.class).with(schema.build()).readValues(text);
    } catch (IOException e) {
      throw new BacktestException(
          file + " cannot be read (" + e.getMessage() + "); name a readable CSV file, gzipped or not");
    }
  }
}
