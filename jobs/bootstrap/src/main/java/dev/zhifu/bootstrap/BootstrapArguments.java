package dev.zhifu.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param bank transaction files, at least one
 * @param telecom call files
 * @param accounts kinds of accounts; null when there is no such file
 * @param to folder that the savepoint goes into; new or empty
 * @param until the cut: first instant that belongs to the stream
 * @param json where the result goes as JSON too; null for nowhere
 * @param parallelism of the operators
 */
record BootstrapArguments(
    List<Path> bank,
    List<Path> telecom,
    Path accounts,
    Path to,
    Instant until,
    Path json,
    int parallelism) {

  static final String USAGE =
      """
      usage: BootstrapMain --bank FILE... [--telecom FILE...] [--accounts FILE] --to DIR --until INSTANT
                           [--parallelism N] [--json FILE]
        --bank         transactions, --telecom calls and messages, --accounts kinds: as for a back-test
        --to           folder for the savepoint, new or empty
        --until        the cut, UTC such as 2026-03-01T16:00:00Z: history ends before it, the stream begins at it
        --parallelism  1 to 128 (default: 1); changes no state
        --json         write the result to FILE too""";

  private static final int MOST_PARALLEL = 128;

  /**
   * Reads the words of the command line.
   *
   * @throws BootstrapException naming the word that is wrong
   */
  static BootstrapArguments parse(String... words) {
    Parser parser = new Parser();
    for (String word : words) {
      parser.take(word);
    }
    return parser.end();
  }

  private static final class Parser {
    private final List<Path> bank = new ArrayList<>();
    private final List<Path> telecom = new ArrayList<>();
    private Path accounts;
    private Path to;
    private Instant until;
    private Path json;
    private int parallelism = 1;
    private String option;

    void take(String word) {
      if (word.startsWith("--")) {
        option = word;
        return;
      }
      switch (option == null ? "" : option) {
        case "--bank" -> bank.add(file(word));
        case "--telecom" -> telecom.add(file(word));
        case "--accounts" -> accounts = file(word);
        case "--to" -> to = folder(word);
        case "--until" -> until = instant(word);
        case "--json" -> json = Path.of(word);
        case "--parallelism" -> parallelism = number(word);
        default ->
            throw new BootstrapException(
                "'"
                    + word
                    + "' stands behind "
                    + (option == null ? "no option" : option)
                    + "; there are --bank, --telecom, --accounts, --to, --until, --parallelism and --json");
      }
    }

    private Path file(String word) {
      Path file = Path.of(word);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new BootstrapException(
            option
                + " is "
                + word
                + ", which is no file that can be read; name a CSV file, gzipped or not");
      }
      return file;
    }

    private static Path folder(String word) {
      Path folder = Path.of(word).toAbsolutePath();
      String[] there = folder.toFile().list();
      if (Files.exists(folder) && (there == null || there.length > 0)) {
        throw new BootstrapException(
            "--to is " + word + ", which holds something already; name a new or empty folder");
      }
      return folder;
    }

    private static Instant instant(String word) {
      try {
        return Instant.ofEpochMilli(Instant.parse(word).toEpochMilli());
      } catch (DateTimeException e) {
        throw new BootstrapException(
            "--until is '" + word + "'; write UTC time such as 2026-03-01T16:00:00Z");
      }
    }

    private static int number(String word) {
      try {
        int number = Integer.parseInt(word);
        if (number >= 1 && number <= MOST_PARALLEL) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The sentence below covers it.
      }
      throw new BootstrapException(
          "--parallelism is " + word + "; it must be a number from 1 to " + MOST_PARALLEL);
    }

    BootstrapArguments end() {
      require(!bank.isEmpty(), "--bank", "at least one file of transactions");
      require(to != null, "--to", "the folder for the savepoint");
      require(until != null, "--until", "the instant at which history ends and the stream begins");
      return new BootstrapArguments(bank, telecom, accounts, to, until, json, parallelism);
    }

    private static void require(boolean given, String option, String what) {
      if (!given) {
        throw new BootstrapException(option + " is missing; name " + what);
      }
    }
  }
}
