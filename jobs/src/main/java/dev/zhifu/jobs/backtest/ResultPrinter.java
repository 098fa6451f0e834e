package dev.zhifu.jobs.backtest;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A result for people: plain text that also reads in a page as it is. */
final class ResultPrinter {
  private static final String NOTHING = "-";
  private static final int MOST_IDS = 10;

  private final PrintStream out;

  ResultPrinter(PrintStream out) {
    this.out = out;
  }

  void print(BacktestResult result) {
    head(result);
    if (result.agreement() != null) {
      agreement(result.agreement());
    }
    if (result.comparison() != null) {
      comparison(result.comparison());
    }
    BacktestScore.Report figures = result.figures();
    found(figures);
    cost(figures);
    subscribers(result.subscribers());
    budgets(figures);
    intervals(figures);
    line("");
    List<String> silent =
        figures.byRule().entrySet().stream()
            .filter(rule -> rule.getValue().alerts() == 0)
            .map(Map.Entry::getKey)
            .toList();
    if (!silent.isEmpty()) {
      line("No hit of %s.", String.join(", ", silent));
    }
    line(
        "P* is precision with decoys set aside. - is a ratio without a denominator, or what the data do not tell.");
    if (figures.decoyTransactions() > 0) {
      line(
          "Decoys: %,d transactions, %,d of them alerted; %,d cases, %,d of them alerted.",
          figures.decoyTransactions(),
          figures.all().transactions().decoys(),
          figures.decoyCases(),
          figures.decoyCasesAlerted());
    }
  }

  private void head(BacktestResult result) {
    line("Rules: %s", String.join(", ", result.rules()));
    line(
        "Events: %,d (%,d transactions) of %,d accounts, %s to %s",
        result.events(), result.transactions(), result.accounts(), result.from(), result.to());
    if (result.turnedAway() + result.contradictions() > 0) {
      line(
          "Turned away: %,d against their contract, %,d with a known id and other content",
          result.turnedAway(), result.contradictions());
      result.firstTurnedAway().forEach(one -> line("  %s", one));
    }
    line("Features not available in this data: %s", words(result.missingFeatures()));
    for (Map.Entry<String, Set<String>> rule : result.missingByRule().entrySet()) {
      if (!rule.getValue().isEmpty()) {
        line("  %s asks for %s", rule.getKey(), words(rule.getValue()));
      }
    }
    result.troubles().forEach(trouble -> line("TROUBLE: rule %s", trouble));
    line("Final hits: %,d, SHA-256 of their sorted ids %s", result.hits(), result.hitsSha256());
    line(
        "Cases opened by scoring: %,d, of which %,d reached the score of a HOLD",
        result.casesOpened(), result.casesAtHoldScore());
  }

  private void agreement(Agreement agreement) {
    line(
        "The job's own final hits: %,d, SHA-256 %s; found again: %,d, SHA-256 %s: %s",
        agreement.job(),
        agreement.jobSha256(),
        agreement.again(),
        agreement.againSha256(),
        agreement.isEqual() ? "the same, hit for hit" : "NOT the same");
    ids("only the job has", agreement.onlyJob());
    ids("only found again", agreement.onlyAgain());
  }

  private void ids(String what, List<String> ids) {
    ids.stream().limit(MOST_IDS).forEach(id -> line("  %s %s", what, id));
    if (ids.size() > MOST_IDS) {
      line("  %s %,d more", what, ids.size() - MOST_IDS);
    }
  }

  private void comparison(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("with drafts, against live", "live", "drafted", "new", "lost", "shared"));
    rows.add(row("hits", comparison.hits()));
    rows.add(row("accounts alerted", comparison.accounts()));
    rows.add(row("money, fen", comparison.moneyFen()));
    table(rows);
    List<List<String>> days = new ArrayList<>();
    days.add(List.of("accounts alerted a day", "live", "drafted"));
    comparison
        .days()
        .forEach(day -> days.add(List.of(day.day(), count(day.live()), count(day.drafted()))));
    table(days);
  }

  private static List<String> row(String name, Comparison.Change change) {
    return List.of(
        name,
        count(change.live()),
        count(change.drafted()),
        count(change.added()),
        count(change.lost()),
        count(change.shared()));
  }

  private static String words(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private void found(BacktestScore.Report figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "found", "alerts", "txns", "txn P", "P*", "txn R", "txn F1", "money R", "cases",
            "case P", "P*", "case R", "95 %", "in time", "case F1", "accts", "acct P", "acct R",
            "acct F1"));
    each(figures, (name, line) -> rows.add(foundRow(name, line)));
    table(rows);
  }

  private static List<String> foundRow(String name, Figures line) {
    Level transactions = line.transactions();
    Level cases = line.cases();
    Level accounts = line.accounts();
    String interval =
        line.caseRecallLow() == null
            ? NOTHING
            : share(line.caseRecallLow()) + "–" + share(line.caseRecallHigh());
    return List.of(
        name,
        count(line.alerts()),
        count(transactions.alerted()),
        share(transactions.precision()),
        share(transactions.precisionDecoysAside()),
        share(transactions.recall()),
        share(transactions.f1()),
        share(line.moneyRecall()),
        cases.illicit() == 0 ? NOTHING : cases.found() + "/" + cases.illicit(),
        share(cases.precision()),
        share(cases.precisionDecoysAside()),
        share(cases.recall()),
        interval,
        share(line.caseRecallInTime()),
        share(cases.f1()),
        accounts.illicit() == 0 ? NOTHING : accounts.found() + "/" + accounts.illicit(),
        share(accounts.precision()),
        share(accounts.recall()),
        share(accounts.f1()));
  }

  private void cost(BacktestScore.Report figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "cost and time",
            "accts alerted",
            "per 10,000 accts",
            "alerts per 10,000 txns",
            "decoy txns",
            "median min to alert",
            "p95 min"));
    each(
        figures,
        (name, line) ->
            rows.add(
                List.of(
                    name,
                    count(line.accounts().alerted()),
                    number(line.alertsPer10kAccounts()),
                    number(line.alertsPer10kTransactions()),
                    count(line.transactions().decoys()),
                    number(line.medianMinutesToAlert()),
                    number(line.p95MinutesToAlert()))));
    table(rows);
  }

  private void subscribers(Map<String, Level> figures) {
    if (figures.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("by subscriber", "alerted", "right", "fraudulent", "P", "R", "F1"));
    figures.forEach(
        (name, level) ->
            rows.add(
                List.of(
                    name,
                    count(level.alerted()),
                    count(level.right()),
                    count(level.illicit()),
                    share(level.precision()),
                    share(level.recall()),
                    share(level.f1()))));
    table(rows);
  }

  private void budgets(BacktestScore.Report figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "budget",
            "10: accts",
            "case P",
            "case R",
            "acct P",
            "acct R",
            "50: accts",
            "case P",
            "case R",
            "acct P",
            "acct R",
            "decoy txns",
            "decoy cases"));
    each(
        figures,
        (name, line) -> {
          List<String> row = new ArrayList<>(List.of(name));
          for (Budget budget : line.budgets()) {
            row.add(budget.looked() + "/" + budget.allowed());
            row.add(share(budget.cases().precision()));
            row.add(share(budget.cases().recall()));
            row.add(share(budget.accounts().precision()));
            row.add(share(budget.accounts().recall()));
          }
          row.add(share(line.decoys().transactionRate()));
          row.add(share(line.decoys().caseRate()));
          rows.add(row);
        });
    table(rows);
  }

  private void intervals(BacktestScore.Report figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "95 % intervals",
            "txn P",
            "P*",
            "txn R",
            "txn F1",
            "case P",
            "P*",
            "case R",
            "case F1",
            "in time",
            "money R",
            "acct P",
            "acct R",
            "median min"));
    each(
        figures,
        (name, line) -> {
          Intervals in = line.intervals();
          if (in != null) {
            rows.add(
                List.of(
                    name,
                    span(in.transactionPrecision()),
                    span(in.transactionPrecisionDecoysAside()),
                    span(in.transactionRecall()),
                    span(in.transactionF1()),
                    span(in.casePrecision()),
                    span(in.casePrecisionDecoysAside()),
                    span(in.caseRecall()),
                    span(in.caseF1()),
                    span(in.caseRecallInTime()),
                    span(in.moneyRecall()),
                    span(in.accountPrecision()),
                    span(in.accountRecall()),
                    minutes(in.medianMinutesToAlert())));
          }
        });
    if (rows.size() > 1) {
      table(rows);
    }
  }

  private static String span(Interval interval) {
    return interval == null ? NOTHING : share(interval.low()) + "–" + share(interval.high());
  }

  private static String minutes(Interval interval) {
    return interval == null ? NOTHING : number(interval.low()) + "–" + number(interval.high());
  }

  private interface EachLine {
    void accept(String name, Figures line);
  }

  private static void each(BacktestScore.Report figures, EachLine each) {
    each.accept("all", figures.all());
    figures
        .byRule()
        .forEach(
            (rule, line) -> {
              if (line.alerts() > 0) {
                each.accept("rule " + rule, line);
              }
            });
    figures.byTypology().forEach(each::accept);
  }

  private void table(List<List<String>> rows) {
    out.println();
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        text.append(i == 0 ? row.get(i) + gap : "  " + gap + row.get(i));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String share(Double value) {
    return value == null ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String number(Double value) {
    return value == null ? NOTHING : String.format(Locale.ROOT, "%.1f", value);
  }
}
