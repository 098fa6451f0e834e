package dev.zhifu.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.zhifu.rules.language.RuleResult;
import dev.zhifu.rules.language.RuleSet;
import dev.zhifu.rules.language.RuleSheet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Main of {@code zhifu calibrate}: chooses thresholds on labelled sets (docs/backtest.md).
 *
 * <p>Arguments, checked by the launcher: {@code --data DIR --rules DIR [--only ID]... [--set
 * NAME]... [--write] [--json FILE]}. Exit code 0 when it ran, 2 when a rule or a file is wrong.
 */
public final class CalibrateMain {
  private CalibrateMain() {}

  /** Runs it; see the class. */
  public static void main(String[] words) {
    System.exit(run(System.out, System.err, words));
  }

  static int run(PrintStream out, PrintStream err, String... words) {
    try {
      calibrate(Words.of(words), out, err);
      return 0;
    } catch (BacktestException | IOException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private record Words(
      Path data, Path rules, List<String> only, List<String> sets, boolean write, Path json) {

    static Words of(String... words) {
      Path data = null;
      Path rules = Path.of("rules", "catalogue");
      Path json = null;
      List<String> only = new ArrayList<>();
      List<String> sets = new ArrayList<>();
      boolean write = false;
      for (int i = 0; i < words.length; i++) {
        switch (words[i]) {
          case "--data" -> data = Path.of(words[++i]);
          case "--rules" -> rules = Path.of(words[++i]);
          case "--json" -> json = Path.of(words[++i]);
          case "--only" -> only.add(words[++i]);
          case "--set" -> sets.add(words[++i]);
          case "--write" -> write = true;
          default -> throw new BacktestException("there is no argument " + words[i]);
        }
      }
      if (data == null) {
        throw new BacktestException("--data is missing; name a folder of labelled sets");
      }
      return new Words(data, rules, only, sets, write, json);
    }
  }

  private static void calibrate(Words words, PrintStream out, PrintStream err) throws IOException {
    List<RuleResult> rules = rules(words);
    List<CalibrationSet> sets = new ArrayList<>();
    for (String name : names(words)) {
      CalibrationSet set = CalibrationSet.read(words.data(), name);
      err.printf(Locale.ROOT, "read %s: %,d events%n", name, set.events().size());
      sets.add(set);
    }
    Calibration calibration = new Calibration(sets, rules, err::println);
    Map<String, Calibration.Value> before = calibration.bySet();
    List<Calibration.Step> steps = calibration.tune();
    print(out, before, calibration.bySet(), steps);
    if (words.write()) {
      write(words.rules(), rules, calibration.texts(), out);
    }
    json(words.json(), before, calibration.bySet(), steps);
  }

  private static List<String> names(Words words) {
    List<String> there = CalibrationSet.names(words.data());
    for (String name : words.sets()) {
      if (!there.contains(name)) {
        throw new BacktestException("--set is " + name + "; " + words.data() + " holds " + there);
      }
    }
    if (there.isEmpty()) {
      throw new BacktestException(
          "--data "
              + words.data()
              + " holds no set; a set is NAME_txns.csv.gz and NAME_labels.csv.gz");
    }
    return words.sets().isEmpty() ? there : words.sets();
  }

  /** Every live rule takes part, so that one is not tuned to find what another finds already. */
  private static List<RuleResult> rules(Words words) throws IOException {
    RuleSet set = RuleSet.ofDirectory(words.rules());
    if (!set.ok()) {
      throw new BacktestException(
          set.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }
    List<RuleResult> live =
        set.results().stream()
            .filter(result -> result.sheet().status() == RuleSheet.Status.LIVE)
            .filter(result -> words.only().isEmpty() || words.only().contains(result.rule().id()))
            .toList();
    if (live.isEmpty()) {
      throw new BacktestException(
          "no live rule of " + words.rules() + " is among " + words.only() + "; nothing to tune");
    }
    return live;
  }

  private static void print(
      PrintStream out,
      Map<String, Calibration.Value> before,
      Map<String, Calibration.Value> after,
      List<Calibration.Step> steps) {
    out.printf("%-28s %8s %8s   %8s %8s%n", "set", "tuned", "then", "judged", "then");
    before.forEach(
        (set, value) ->
            out.printf(
                Locale.ROOT,
                "%-28s %8.3f %8.3f   %8.3f %8.3f%n",
                set,
                value.tuned(),
                after.get(set).tuned(),
                value.judged(),
                after.get(set).judged()));
    out.println();
    out.printf(
        "%d thresholds looked at, %d changed%n",
        steps.size(), steps.stream().filter(Calibration.Step::taken).count());
    steps.stream()
        .filter(Calibration.Step::taken)
        .forEach(step -> out.println(Calibration.words(step)));
  }

  private static void write(
      Path catalogue, List<RuleResult> rules, Map<String, String> texts, PrintStream out)
      throws IOException {
    for (RuleResult rule : rules) {
      String id = rule.rule().id();
      if (!rule.rule().text().equals(texts.get(id))) {
        Path file = catalogue.resolve(id).resolve("rule.yaml");
        Files.writeString(file, texts.get(id));
        out.println("wrote " + file + "; raise its version and run zhifu rules test " + id);
      }
    }
  }

  private static void json(
      Path file,
      Map<String, Calibration.Value> before,
      Map<String, Calibration.Value> after,
      List<Calibration.Step> steps)
      throws IOException {
    if (file == null) {
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("before", before);
    all.put("after", after);
    all.put("thresholds", steps);
    Files.writeString(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
            + "\n");
  }
}
