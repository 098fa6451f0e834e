package dev.zhifu.jobs.backtest;

import dev.zhifu.rules.money.trace.TraceSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line of a trace on files asks for.
 *
 * @param bank transaction files
 * @param accounts kinds of accounts; null when there is no such file
 * @param lists lists at whose accounts a trace ends, as stored history keeps them; null for none
 * @param account account that a victim paid
 * @param at when, by the victim's word
 * @param fen amount
 * @param payer account that paid; null when not said
 * @param settings limits of the trace
 * @param json where the trace goes as JSON; null for nowhere
 * @param html where it goes as a page; null for nowhere
 * @param csv where the flow table goes as CSV; null for nowhere
 */
record TraceArguments(
    List<Path> bank,
    Path accounts,
    Path lists,
    String account,
    Instant at,
    long fen,
    String payer,
    TraceSettings settings,
    Path json,
    Path html,
    Path csv) {

  static final String USAGE =
      """
      usage: TraceMain --bank FILE... --account A --at T --amount X [--payer P] [--accounts FILE] [--lists FILE]
                       [--deepest N] [--broadest N] [--least YUAN] [--dwell HOURS]
                       [--json FILE] [--html FILE] [--flow FILE]
        --bank      transactions: txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type
        --account   account that was paid
        --at        when, UTC such as 2026-03-02T10:00:00Z; found within 10 minutes
        --amount    yuan
        --payer     account that paid, when several paid the same
        --accounts  account,bank,kind
        --lists     lists.avro of stored history: pooled, hub, trader and protected accounts end it, as in the job
        --deepest   most transfers from the victim (default 12); --broadest of one account (200)
        --least     yuan of claimed money that are followed (1000); --dwell hours that money lay (72)
        --json, --html, --flow  write the trace, a page with a picture, the flow table as CSV""";

  /**
   * Reads the words of the command line.
   *
   * @throws BacktestException naming the word that is wrong
   */
  static TraceArguments parse(String... words) {
    Words given = new Words(words);
    List<Path> bank = given.files("--bank");
    if (bank.isEmpty()) {
      throw new BacktestException("--bank is not given; name at least one file");
    }
    TraceSettings by = TraceSettings.defaults();
    TraceSettings settings;
    try {
      settings =
          new TraceSettings(
              (int) given.number("--deepest", by.deepest()),
              (int) given.number("--broadest", by.broadest()),
              given.has("--least") ? fen("--least", given.one("--least")) : by.leastFen(),
              by.leastShare(),
              given.number("--dwell", by.longestDwellMs() / 3_600_000) * 3_600_000,
              by.matchToleranceMs(),
              by.upstreamMs(),
              by.upstreamLeastFen());
    } catch (IllegalArgumentException e) {
      throw new BacktestException(e.getMessage());
    }
    return new TraceArguments(
        bank,
        given.file("--accounts"),
        given.file("--lists"),
        given.one("--account"),
        instant(given.one("--at")),
        fen("--amount", given.one("--amount")),
        given.has("--payer") ? given.one("--payer") : null,
        settings,
        given.file("--json"),
        given.file("--html"),
        given.file("--flow"));
  }

  private static Instant instant(String word) {
    try {
      return Instant.parse(word);
    } catch (DateTimeException e) {
      throw new BacktestException(
          "--at is '" + word + "'; write UTC time such as 2026-03-02T10:00:00Z");
    }
  }

  private static long fen(String option, String word) {
    try {
      long fen = new BigDecimal(word).movePointRight(2).longValueExact();
      if (fen > 0) {
        return fen;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Falls to the one refusal below.
    }
    throw new BacktestException(
        option + " is '" + word + "'; write yuan above 0 with at most two decimals");
  }

  /** Options with their values. */
  private static final class Words {
    private static final List<String> OPTIONS =
        List.of(
            "--bank",
            "--accounts",
            "--lists",
            "--account",
            "--at",
            "--amount",
            "--payer",
            "--deepest",
            "--broadest",
            "--least",
            "--dwell",
            "--json",
            "--html",
            "--flow");
    private final List<String> options = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    private Words(String... words) {
      String option = null;
      for (String word : words) {
        if (OPTIONS.contains(word)) {
          option = word;
        } else if (option == null || word.startsWith("--")) {
          throw new BacktestException("'" + word + "' is no option of a trace");
        } else {
          options.add(option);
          values.add(word);
        }
      }
    }

    private boolean has(String option) {
      return options.contains(option);
    }

    private String one(String option) {
      int first = options.indexOf(option);
      if (first < 0 || first != options.lastIndexOf(option)) {
        throw new BacktestException(option + " must be given once");
      }
      return values.get(first);
    }

    private Path file(String option) {
      return has(option) ? Path.of(one(option)) : null;
    }

    private List<Path> files(String option) {
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < options.size(); i++) {
        if (options.get(i).equals(option)) {
          files.add(Path.of(values.get(i)));
        }
      }
      return files;
    }

    private long number(String option, long byDefault) {
      if (!has(option)) {
        return byDefault;
      }
      try {
        return Integer.parseUnsignedInt(one(option));
      } catch (NumberFormatException e) {
        throw new BacktestException(
            option + " is '" + one(option) + "'; write a whole number from 0 on");
      }
    }
  }
}
