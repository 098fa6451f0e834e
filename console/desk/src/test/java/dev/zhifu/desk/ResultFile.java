package dev.zhifu.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Figures that the documents quote: kept with the sources when {@code -Ddocs.write=true}. */
final class ResultFile {
  private static final Path RESULTS = Path.of("../../benchmarks/results");

  private ResultFile() {}

  /** Machine, load and day in one line. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s %s, Java %s, load %.1f when it was written, %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        // The day of the run on purpose: a figure without one says little.
        LocalDate.now(ZoneOffset.UTC));
  }

  static void write(String name, String text) {
    System.out.println(text);
    if (Boolean.getBoolean("docs.write")) {
      try {
        Files.writeString(RESULTS.resolve(name), text, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
