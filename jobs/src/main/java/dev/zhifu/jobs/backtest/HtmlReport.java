package dev.zhifu.jobs.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as one page with pictures that needs nothing else: no script, no font, no network. */
final class HtmlReport {
  private static final String STYLE =
      """
      :root{--ink:#1c2430;--soft:#5b6675;--grid:#e3e7ec;--a:#1f6f8b;--b:#c4572a;--c:#d9a441;--paper:#fff}
      *{box-sizing:border-box}
      body{margin:0;background:#f4f6f8;color:var(--ink);font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
      main{max-width:940px;margin:0 auto;padding:28px 20px 60px}
      h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:0 0 10px}
      h2 span{color:var(--soft);font-weight:400;font-size:15px;margin-left:8px}
      p{margin:6px 0}.soft{color:var(--soft)}
      section{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:18px 20px;margin-top:16px}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:10px;margin-top:16px}
      .tile{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px 14px}
      .tile b{display:block;font-size:24px;line-height:1.2}.tile i{font-style:normal;color:var(--soft);font-size:13px}
      svg{width:100%;height:auto;display:block}
      svg text{font-size:13px;fill:var(--ink)}svg .small{font-size:12px;fill:var(--soft)}svg .number{font-size:12.5px}
      .start{text-anchor:start}.middle{text-anchor:middle}.end{text-anchor:end}
      .grid{stroke:var(--grid)}.mark{stroke:var(--soft);stroke-dasharray:4 3}.whisker{stroke:var(--ink);stroke-width:1.4}
      rect.a,circle.a{fill:var(--a)}rect.b,circle.b{fill:var(--b)}rect.c,circle.c{fill:var(--c)}
      .curve{stroke-width:2}.curve.a{stroke:var(--a)}.curve.b{stroke:var(--b)}.curve.c{stroke:var(--c)}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-size:13.5px;width:100%}
      th,td{padding:5px 8px;border-bottom:1px solid var(--grid);text-align:right;white-space:nowrap}
      th:first-child,td:first-child{text-align:left}th{color:var(--soft);font-weight:500;vertical-align:bottom}
      code{font-size:12px;word-break:break-all}
      """;

  private final StringBuilder page = new StringBuilder();
  private final BacktestResult result;
  private final BacktestScore.Report figures;

  private HtmlReport(BacktestResult result) {
    this.result = result;
    this.figures = result.figures();
  }

  static String of(BacktestResult result) {
    HtmlReport report = new HtmlReport(result);
    report.write();
    return report.page.toString();
  }

  private void write() {
    page.append("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    page.append("<title>止付 Zhifu · 回测 back-test</title><style>").append(STYLE);
    page.append("</style></head><body><main>");
    head();
    tiles();
    levels();
    typologies();
    budget();
    time();
    days();
    rules();
    absent();
    page.append("</main></body></html>\n");
  }

  private void head() {
    page.append("<h1>回测 Back-test</h1>");
    paragraph(
        "soft",
        String.format(
            Locale.ROOT,
            "%,d 事件 events · %,d 交易 transactions · %,d 账户 accounts · %s – %s (UTC)",
            result.events(),
            result.transactions(),
            result.accounts(),
            result.from(),
            result.to()));
    paragraph("", "规则 Rules: " + String.join(", ", result.rules()));
    page.append("<p>命中 Hits: ")
        .append(count(result.hits()))
        .append(" · SHA-256 <code>")
        .append(result.hitsSha256())
        .append("</code></p>");
    result.troubles().forEach(trouble -> paragraph("", "故障 TROUBLE: " + trouble));
  }

  private void tiles() {
    Figures all = figures.all();
    page.append("<div class=\"tiles\">");
    tile(share(all.cases().recall()), "案件召回率 case recall");
    tile(share(all.caseRecallInTime()), "末笔前预警 in time");
    tile(share(all.moneyRecall()), "金额召回率 money recall");
    tile(share(all.cases().precision()), "预警准确率 precision");
    tile(number(all.alertsPer10kAccounts()), "每万账户预警 accounts alerted per 10,000");
    tile(number(all.medianMinutesToAlert()), "预警中位分钟 median minutes to alert");
    page.append("</div>");
  }

  private void levels() {
    Figures all = figures.all();
    Intervals in = all.intervals();
    List<Bar> bars = new ArrayList<>();
    level(bars, "交易 transactions", all.transactions());
    level(bars, "案件 cases", all.cases());
    level(bars, "账户 accounts", all.accounts());
    if (in != null) {
      Interval[] of = {
        in.transactionPrecision(),
        in.transactionPrecisionDecoysAside(),
        in.transactionRecall(),
        in.transactionF1(),
        in.casePrecision(),
        in.casePrecisionDecoysAside(),
        in.caseRecall(),
        in.caseF1(),
        in.accountPrecision(),
        null,
        in.accountRecall(),
        in.accountF1()
      };
      for (int i = 0; i < bars.size(); i++) {
        Bar bar = bars.get(i);
        bars.set(i, new Bar(bar.name(), bar.value(), of[i], bar.look()));
      }
    }
    section(
        "准确率与召回率",
        "precision and recall, with 95 % bootstrap intervals over cases",
        BarChart.draw("precision and recall", bars)
            + "<p class=\"soft\">P* 将诱饵(与案件同构的正常交易)排除在外。 P* sets decoys aside: benign look-alikes. "
            + decoyWords()
            + "</p>");
  }

  private static void level(List<Bar> bars, String name, Level level) {
    bars.add(new Bar(name + " P", level.precision(), null, "b"));
    bars.add(new Bar(name + " P*", level.precisionDecoysAside(), null, "c"));
    bars.add(new Bar(name + " R", level.recall(), null, "a"));
    bars.add(new Bar(name + " F1", level.f1(), null, "a"));
  }

  private String decoyWords() {
    Decoys decoys = figures.all().decoys();
    if (decoys.transactions() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "诱饵误报 Decoys alerted: %,d / %,d 交易 transactions, %,d / %,d 案件 cases.",
        decoys.transactionsAlerted(),
        decoys.transactions(),
        decoys.casesAlerted(),
        decoys.cases());
  }

  private void typologies() {
    if (figures.byTypology().isEmpty()) {
      return;
    }
    List<Bar> bars = new ArrayList<>();
    figures
        .byTypology()
        .forEach(
            (name, line) -> {
              Intervals in = line.intervals();
              bars.add(
                  new Bar(
                      name + " 召回 recall",
                      line.cases().recall(),
                      in == null ? null : in.caseRecall(),
                      "a"));
              bars.add(
                  new Bar(
                      "及时 in time",
                      line.caseRecallInTime(),
                      in == null ? null : in.caseRecallInTime(),
                      "c"));
            });
    section("按手法", "by typology: share of cases", BarChart.draw("cases by typology", bars));
  }

  private void budget() {
    section(
        "预警预算",
        "under a budget: the highest case scores first",
        CurveChart.draw("precision and recall by budget", figures.budgetCurve()));
  }

  private void time() {
    section(
        "首笔涉案交易至预警",
        "from the first illicit transaction to the alert",
        figures.minutesToAlert().isEmpty()
            ? "<p>没有命中案件。 No case was found.</p>"
            : ColumnChart.draw("minutes to alert", TimeBins.of(figures.minutesToAlert()))
                + "<p class=\"soft\">中位 median "
                + number(figures.all().medianMinutesToAlert())
                + " min · p95 "
                + number(figures.all().p95MinutesToAlert())
                + " min</p>");
  }

  private void days() {
    List<ColumnChart.Column> columns =
        figures.days().stream()
            .map(
                day ->
                    new ColumnChart.Column(
                        day.day().substring(5),
                        day.accounts(),
                        day.day() + ": " + day.accounts() + " accounts, " + day.hits() + " hits"))
            .toList();
    section(
        "每日预警账户",
        "accounts alerted each day (UTC)",
        columns.isEmpty() ? "<p>没有预警。 No alert.</p>" : ColumnChart.draw("alerts a day", columns));
  }

  private void rules() {
    StringBuilder table =
        new StringBuilder("<div class=\"wide\"><table><tr><th>规则 rule<th>命中<br>hits");
    table.append("<th>账户<br>accounts<th>每万账户<br>per 10,000<th>交易 P<br>txn P<th>交易 R<br>txn R");
    table.append(
        "<th>案件 P<br>case P<th>案件 R<br>case R<th>及时<br>in time<th>金额 R<br>money R<th>诱饵交易<br>decoy txns</tr>");
    row(table, "全部 all", figures.all());
    for (Map.Entry<String, Figures> rule : figures.byRule().entrySet()) {
      row(table, rule.getKey(), rule.getValue());
    }
    for (Map.Entry<String, Figures> one : figures.byTypology().entrySet()) {
      row(table, one.getKey(), one.getValue());
    }
    section("按规则与手法", "by rule and typology", table.append("</table></div>").toString());
  }

  private static void row(StringBuilder table, String name, Figures line) {
    table.append("<tr><td>").append(Svg.escape(name));
    for (String value :
        List.of(
            count(line.alerts()),
            count(line.accounts().alerted()),
            number(line.alertsPer10kAccounts()),
            share(line.transactions().precision()),
            share(line.transactions().recall()),
            share(line.cases().precision()),
            share(line.cases().recall()),
            share(line.caseRecallInTime()),
            share(line.moneyRecall()),
            count(line.decoys().transactionsAlerted()))) {
      table.append("<td>").append(value);
    }
    table.append("</tr>");
  }

  private void absent() {
    StringBuilder words = new StringBuilder();
    result
        .missingByRule()
        .forEach(
            (rule, names) -> {
              if (!names.isEmpty()) {
                words
                    .append("<p>")
                    .append(Svg.escape(rule + ": " + String.join(", ", names)))
                    .append("</p>");
              }
            });
    section(
        "数据缺少的",
        "what the data cannot give",
        words.isEmpty() ? "<p>无 nothing</p>" : words.toString());
  }

  private void section(String zh, String en, String body) {
    page.append("<section><h2>")
        .append(zh)
        .append("<span>")
        .append(en)
        .append("</span></h2>")
        .append(body)
        .append("</section>");
  }

  private void paragraph(String look, String text) {
    page.append("<p class=\"").append(look).append("\">").append(Svg.escape(text)).append("</p>");
  }

  private void tile(String value, String name) {
    page.append("<div class=\"tile\"><b>")
        .append(value)
        .append("</b><i>")
        .append(name)
        .append("</i></div>");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String share(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String number(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%,.1f", value);
  }
}
