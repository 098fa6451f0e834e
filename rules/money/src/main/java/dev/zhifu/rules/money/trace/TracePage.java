package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.trace.FlowRows.Row;
import dev.zhifu.rules.money.trace.Statement.Suspect;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trace as one page with a picture: accounts in columns by level, transfers as bands as wide as
 * the money, ends marked; below it the flow table. It needs nothing else: no script, no font, no
 * network.
 */
public final class TracePage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));
  private static final int COLUMN = 230;
  private static final int NODE = 148;
  private static final int ROW = 58;
  private static final int TOP = 46;
  private static final int MOST_ROWS = 40;
  private static final String STYLE =
      """
      :root{--ink:#1c2430;--soft:#5b6675;--grid:#e3e7ec;--flow:#1f6f8b;--end:#c4572a;--there:#2f7d4f;--paper:#fff}
      *{box-sizing:border-box}
      body{margin:0;background:#f4f6f8;color:var(--ink);font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
      main{max-width:1280px;margin:0 auto;padding:28px 20px 60px}
      h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:0 0 10px}h2 span{color:var(--soft);font-weight:400;font-size:15px;margin-left:8px}
      .soft{color:var(--soft)}p{margin:6px 0}
      section{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:18px 20px;margin-top:16px}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:10px;margin-top:16px}
      .tile{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px 14px}
      .tile b{display:block;font-size:22px;line-height:1.25}.tile i{font-style:normal;color:var(--soft);font-size:13px}
      .wide{overflow-x:auto}svg{display:block}svg text{font-size:12px;fill:var(--ink)}svg .small{font-size:11px;fill:var(--soft)}
      .node{fill:#fff;stroke:var(--flow);stroke-width:1.3}.node.there{fill:#e7f3ec;stroke:var(--there)}.node.end{fill:#fbeee8;stroke:var(--end)}
      .band{fill:none;stroke:var(--flow);stroke-opacity:.32}.band.end{stroke:var(--end);stroke-opacity:.38}
      table{border-collapse:collapse;font-size:13px;width:100%}th,td{padding:5px 8px;border-bottom:1px solid var(--grid);text-align:left;white-space:nowrap}
      th{color:var(--soft);font-weight:500}.money{text-align:right}
      """;

  private final CaseTrace trace;
  private final StringBuilder page = new StringBuilder();
  private final List<Row> rows;
  private final Map<String, int[]> places = new HashMap<>();

  private TracePage(CaseTrace trace) {
    this.trace = trace;
    this.rows = FlowRows.of(trace);
  }

  /** The page. */
  public static String of(CaseTrace trace) {
    TracePage page = new TracePage(trace);
    page.write();
    return page.page.toString();
  }

  private void write() {
    page.append("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    page.append("<title>止付 Zhifu · 资金追踪 trace</title><style>").append(STYLE);
    page.append("</style></head><body><main><h1>资金追踪 Trace</h1>");
    head();
    picture();
    table();
    suspects();
    page.append("</main></body></html>\n");
  }

  private void head() {
    CaseTrace.Sums sums = trace.sums();
    page.append("<p class=\"soft\">")
        .append(trace.isComplete() ? "追踪已完成 complete" : "追踪进行中 under way")
        .append(
            String.format(
                Locale.ROOT,
                " · %,d 账户 accounts · %,d 转账 transfers · 区间: 先进先出–按比例 interval: FIFO–pro rata",
                trace.statements().size(),
                rows.size()))
        .append("</p><div class=\"tiles\">");
    tile(pair(sums.lossFifo(), sums.lossProRata()), "损失 loss, yuan");
    tile(pair(sums.thereFifo(), sums.thereProRata()), "仍在账户 still there, yuan");
    tile(pair(sums.endedFifo(), sums.endedProRata()), "已到终点 come to an end, yuan");
    tile(String.format(Locale.ROOT, "%.1f%%", trace.weight() * 100), "已核实权重 weight returned");
    page.append("</div>");
  }

  private static String pair(long one, long other) {
    return one == other
        ? TraceText.yuan(one)
        : TraceText.yuan(Math.min(one, other)) + "–" + TraceText.yuan(Math.max(one, other));
  }

  private void tile(String number, String words) {
    page.append("<div class=\"tile\"><b>")
        .append(number)
        .append("</b><i>")
        .append(words)
        .append("</i></div>");
  }

  // --- the picture

  private void picture() {
    Map<Integer, List<Statement>> columns = new TreeMap<>();
    for (Statement statement : trace.statements()) {
      if (statement.level() > 0) {
        columns.computeIfAbsent(statement.level(), level -> new ArrayList<>()).add(statement);
      }
    }
    Map<String, Long> endsBy = new TreeMap<>();
    int most = 1;
    StringBuilder nodes = new StringBuilder();
    int levels = columns.keySet().stream().mapToInt(Integer::intValue).max().orElse(1);
    for (Map.Entry<Integer, List<Statement>> column : columns.entrySet()) {
      List<Statement> of = column.getValue();
      of.sort(Comparator.comparingDouble(this::height).thenComparing(s -> s.account().token()));
      int shown = Math.min(of.size(), MOST_ROWS);
      for (int i = 0; i < shown; i++) {
        int x = column.getKey() * COLUMN;
        int y = TOP + i * ROW;
        places.put(of.get(i).account().token(), new int[] {x, y});
        node(nodes, of.get(i), x, y);
      }
      if (of.size() > shown) {
        text(
            nodes,
            column.getKey() * COLUMN,
            TOP + shown * ROW + 16,
            "small",
            "另有 " + (of.size() - shown) + " 个账户 more");
      }
      most = Math.max(most, of.size() > shown ? shown + 1 : shown);
    }
    int victims = victims(nodes);
    int endX = (levels + 1) * COLUMN;
    int ends = ends(nodes, endsBy, endX);
    int height = TOP + Math.max(most, Math.max(victims, ends)) * ROW + 20;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"trace\">",
            endX + NODE + 10,
            height,
            endX + NODE + 10,
            height));
    text(svg, 2, 18, "small", "受害人 victim");
    for (int level = 1; level <= levels; level++) {
      text(svg, level * COLUMN, 18, "small", level + "级 L" + level);
    }
    text(svg, endX, 18, "small", "终点 ends");
    bands(svg, endX);
    svg.append(nodes).append("</svg>");
    section(
        "资金走向", "bands are as wide as the claimed money", "<div class=\"wide\">" + svg + "</div>");
  }

  /** Mean height of the accounts that paid this one, so that bands cross little. */
  private double height(Statement statement) {
    return statement.inflows().stream()
        .map(in -> places.get(in.edge().payer().token()))
        .filter(place -> place != null)
        .mapToInt(place -> place[1])
        .average()
        .orElse(0);
  }

  private void node(StringBuilder nodes, Statement statement, int x, int y) {
    boolean there = !statement.remaining().isNone();
    box(nodes, x, y, there ? "node there" : "node");
    text(nodes, x + 8, y + 17, "", cut(statement.account().token()));
    text(
        nodes,
        x + 8,
        y + 34,
        "small",
        there
            ? "在 " + TraceText.interval(statement.remaining())
            : statement.account().bank() + " 已转空");
  }

  private int victims(StringBuilder nodes) {
    int count = 0;
    for (Row row : rows) {
      String victim = row.edge().payer().token();
      if (row.level() == 1 && !places.containsKey(victim)) {
        int y = TOP + count++ * ROW;
        places.put(victim, new int[] {0, y});
        box(nodes, 0, y, "node end");
        text(nodes, 8, y + 17, "", cut(victim));
        text(nodes, 8, y + 34, "small", row.edge().payer().bank());
      }
    }
    return count;
  }

  private int ends(StringBuilder nodes, Map<String, Long> sums, int x) {
    for (Row row : rows) {
      if (row.end() != End.FOLLOWED) {
        sums.merge(row.end().name(), row.share().proRata(), Long::sum);
      }
    }
    int count = 0;
    for (Map.Entry<String, Long> end : sums.entrySet()) {
      int y = TOP + count++ * ROW;
      places.put("■" + end.getKey(), new int[] {x, y});
      box(nodes, x, y, "node end");
      text(nodes, x + 8, y + 17, "", End.valueOf(end.getKey()).words());
      text(nodes, x + 8, y + 34, "small", TraceText.yuan(end.getValue()));
    }
    return count;
  }

  private void bands(StringBuilder svg, int endX) {
    long loss = Math.max(1, trace.sums().lossProRata());
    Map<String, long[]> bundles = new TreeMap<>();
    for (Row row : rows) {
      String to = row.end() == End.FOLLOWED ? row.edge().payee().token() : "■" + row.end().name();
      bundles.computeIfAbsent(row.edge().payer().token() + "\u0000" + to, key -> new long[1])[0] +=
          Math.max(row.share().proRata(), row.share().fifo());
    }
    bundles.forEach(
        (key, sum) -> {
          String[] ends = key.split("\u0000");
          int[] from = places.get(ends[0]);
          int[] to = places.get(ends[1]);
          if (from != null && to != null) {
            double width = Math.max(1.2, 26.0 * sum[0] / loss);
            band(svg, from, to, width, ends[1].startsWith("■"));
          }
        });
  }

  private static void band(StringBuilder svg, int[] from, int[] to, double width, boolean end) {
    int x1 = from[0] + NODE;
    int x2 = to[0];
    int y1 = from[1] + 22;
    int y2 = to[1] + 22;
    int bend = Math.max(40, Math.abs(x2 - x1) / 2);
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"band%s\" stroke-width=\"%.1f\" d=\"M%d %dC%d %d %d %d %d %d\"/>",
            end ? " end" : "",
            width,
            x1,
            y1,
            x1 + bend,
            y1,
            x2 - bend,
            y2,
            x2,
            y2));
  }

  private static void box(StringBuilder svg, int x, int y, String look) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"44\" rx=\"6\"/>",
            look,
            x,
            y,
            NODE));
  }

  private static void text(StringBuilder svg, int x, int y, String look, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>",
            x,
            y,
            look,
            escape(text)));
  }

  /** A token is long; its end tells it apart. */
  private static String cut(String token) {
    int most = 18;
    return token.length() <= most ? token : "…" + token.substring(token.length() - most + 1);
  }

  // --- tables

  private void table() {
    StringBuilder table = new StringBuilder("<div class=\"wide\"><table><tr>");
    for (String head :
        new String[] {
          "层级", "时间", "转出账户", "银行", "转入账户", "银行", "金额（元）", "其中涉案（元）", "流水号", "去向", "任务"
        }) {
      table.append("<th>").append(head).append("</th>");
    }
    table.append("</tr>");
    for (Row row : rows) {
      Edge edge = row.edge();
      table.append("<tr>");
      cell(table, "", row.level() + "级");
      cell(table, "", TIME.format(Instant.ofEpochMilli(edge.at())));
      cell(table, "", edge.payer().token());
      cell(table, "", edge.payer().bank());
      cell(table, "", edge.payee().isCash() ? "现金 " + edge.means().atm() : edge.payee().token());
      cell(table, "", edge.payee().bank());
      cell(table, "money", TraceText.yuan(edge.fen()));
      cell(table, "money", TraceText.interval(row.share()));
      cell(table, "", edge.bankId().isEmpty() ? edge.id() : edge.bankId());
      cell(table, "", row.end().words());
      cell(table, "", row.end().task().words());
      table.append("</tr>");
    }
    section("资金流向表", "flow table", table + "</table></div>");
  }

  private void suspects() {
    StringBuilder table = new StringBuilder();
    for (Statement statement : trace.statements()) {
      for (Suspect suspect : statement.suspects()) {
        table.append("<tr>");
        cell(table, "", suspect.edge().payer().token());
        cell(table, "", suspect.edge().payer().bank());
        cell(table, "", suspect.edge().payee().token());
        cell(table, "", TIME.format(Instant.ofEpochMilli(suspect.edge().at())));
        cell(table, "money", TraceText.yuan(suspect.edge().fen()));
        table.append("</tr>");
      }
    }
    if (table.length() > 0) {
      section(
          "可能的其他受害人",
          "others who paid the same account and have not reported",
          "<div class=\"wide\"><table><tr><th>转出账户</th><th>银行</th><th>转入账户</th><th>时间</th><th>金额（元）</th></tr>"
              + table
              + "</table></div>");
    }
  }

  private void section(String title, String english, String body) {
    page.append("<section><h2>")
        .append(title)
        .append("<span>")
        .append(english)
        .append("</span></h2>")
        .append(body)
        .append("</section>");
  }

  private static void cell(StringBuilder table, String look, String text) {
    table.append("<td class=\"").append(look).append("\">").append(escape(text)).append("</td>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
