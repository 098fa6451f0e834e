package dev.zhifu.jobs.backtest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param bank transaction files
 * @param telecom call files; one file of either kind at least, unless history is stored
 * @param stored folder of stored history, in the place of files; null for none
 * @param labels truth, of transactions, accounts and subscribers
 * @param accounts kinds of accounts; null when there is no such file
 * @param rules catalogues or rules' own folders; at least one, or none to run the rules that {@code
 *     stored} had, each at its own time
 * @param compare drafts, rules' own folders, to be compared with {@code rules}; empty for none
 * @param json where the result goes as JSON too; null for nowhere
 * @param html where it goes as a page with pictures; null for nowhere
 * @param parallelism of the operators
 */
record BacktestArguments(
    List<Path> bank,
    List<Path> telecom,
    Path stored,
    List<Path> labels,
    Path accounts,
    List<Path> rules,
    List<Path> compare,
    Path json,
    Path html,
    int parallelism) {

  static final String USAGE =
      """
      usage: BacktestMain [--bank FILE...] [--telecom FILE...] [--stored DIR] [--labels FILE...] [--accounts FILE]
                          [--rules DIR...] [--compare DIR...] [--json FILE] [--html FILE] [--parallelism N]
        --bank         transactions: txnId,ts,payerAccount,payerBank,payeeAccount,payeeBank,amount,currency,channel,type
        --telecom      calls and messages: eventId,ts,caller,callee,type,duration,roaming
        --stored       a folder of stored history instead of files: events as the job enriched them, its rules, its hits
        --labels       truth: txnId,illicit,typology,caseId,role, account,illicit,note and subscriber,fraud
        --accounts     account,bank,kind
        --rules        a catalogue, whose live rules run, or one rule's folder, draft or not (default: rules/catalogue;
                       with --stored: what was in force, each version in its time)
        --compare      drafts: what --rules would find with them in it, against without; figures are of the set with them
        --json         write the result to FILE too
        --html         write it as a page with pictures to FILE
        --parallelism  1 to 128 (default: 1); changes no result
      All files are CSV with a header, gzipped or not; bank and telecom files sorted by ts.""";

  private static final Path CATALOGUE = Path.of("rules", "catalogue");
  private static final int MOST_PARALLEL = 128;

  /**
   * Reads the words of the command line.
   *
   * @throws BacktestException naming the word that is wrong
   */
  static BacktestArguments parse(String... words) {
    Parser parser = new Parser();
    for (String word : words) {
      parser.take(word);
    }
    return parser.end();
  }

  private static final class Parser {
    private final List<Path> bank = new ArrayList<>();
    private final List<Path> telecom = new ArrayList<>();
    private final List<Path> stored = new ArrayList<>();
    private final List<Path> labels = new ArrayList<>();
    private final List<Path> accounts = new ArrayList<>();
    private final List<Path> rules = new ArrayList<>();
    private final List<Path> compare = new ArrayList<>();
    private final List<Path> json = new ArrayList<>();
    private final List<Path> html = new ArrayList<>();
    private Integer parallelism;
    private String option;
    private int values;

    void take(String word) {
      if (word.startsWith("--")) {
        closeOption();
        option = word;
        values = 0;
        return;
      }
      if (option == null) {
        throw new BacktestException(
            "'" + word + "' stands before any option; begin with --bank FILE");
      }
      values++;
      switch (option) {
        case "--bank" -> bank.add(file(word));
        case "--telecom" -> telecom.add(file(word));
        case "--stored" -> stored.add(Path.of(word));
        case "--labels" -> labels.add(file(word));
        case "--accounts" -> accounts.add(file(word));
        case "--rules" -> rules.add(Path.of(word));
        case "--compare" -> compare.add(Path.of(word));
        case "--json" -> json.add(Path.of(word));
        case "--html" -> html.add(Path.of(word));
        case "--parallelism" -> parallelism = parallelism(word);
        default -> throw unknown();
      }
    }

    private Path file(String word) {
      Path file = Path.of(word);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new BacktestException(
            option
                + " is "
                + word
                + ", which is no file that can be read; name a CSV file, gzipped or not");
      }
      return file;
    }

    private int parallelism(String word) {
      try {
        int number = Integer.parseInt(word);
        if (parallelism == null && number >= 1 && number <= MOST_PARALLEL) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The sentence below covers it.
      }
      throw new BacktestException(
          "--parallelism is " + word + "; it must be one number from 1 to " + MOST_PARALLEL);
    }

    private void closeOption() {
      if (option == null || values > 0) {
        return;
      }
      switch (option) {
        case "--bank",
            "--telecom",
            "--stored",
            "--labels",
            "--accounts",
            "--rules",
            "--compare",
            "--json",
            "--html",
            "--parallelism" ->
            throw new BacktestException(
                option + " has no value; write " + option + " and then what it names");
        default -> throw unknown();
      }
    }

    private BacktestException unknown() {
      return new BacktestException(
          "there is no option "
              + option
              + "; there are --bank, --telecom, --stored, --labels, --accounts, --rules, --compare, --json, --html and --parallelism");
    }

    BacktestArguments end() {
      closeOption();
      boolean files = !bank.isEmpty() || !telecom.isEmpty();
      Path history = atMostOne("--stored", stored);
      if (files && history != null) {
        throw new BacktestException(
            "--stored is given beside --bank or --telecom; go over stored history or over files");
      }
      if (history != null && !accounts.isEmpty()) {
        throw new BacktestException(
            "--accounts is given beside --stored, whose events say the kinds of accounts; leave it out");
      }
      if (!files && history == null) {
        throw new BacktestException(
            "--bank and --telecom are missing; name at least one file of transactions or calls");
      }
      if (rules.isEmpty() && history == null) {
        rules.add(CATALOGUE);
      }
      return new BacktestArguments(
          bank,
          telecom,
          history,
          labels,
          atMostOne("--accounts", accounts),
          rules,
          compare,
          atMostOne("--json", json),
          atMostOne("--html", html),
          parallelism == null ? 1 : parallelism);
    }

    private static Path atMostOne(String option, List<Path> given) {
      if (given.size() > 1) {
        throw new BacktestException(option + " names " + given.size() + " files; it takes one");
      }
      return given.isEmpty() ? null : given.get(0);
    }
  }
}
