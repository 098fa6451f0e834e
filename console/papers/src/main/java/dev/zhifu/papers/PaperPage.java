package dev.zhifu.papers;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all papers share: one XHTML page that needs nothing else and prints on A4. */
final class PaperPage {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(CHINA);
  static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.ROOT).withZone(CHINA);
  private static final String STYLE =
      """
      body{font-family:zhifu-han,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;font-size:10.5pt;line-height:1.7;color:#111;margin:0}
      .sheet{max-width:182mm;margin:0 auto}.wide .sheet{max-width:266mm}
      h1{font-size:18pt;font-weight:normal;text-align:center;margin:0 0 2mm}
      .number{text-align:right;margin:0 0 4mm}
      table{border-collapse:collapse;width:100%;margin:2mm 0 4mm}
      th,td{border:0.6pt solid #333;padding:1.2mm 1.8mm;vertical-align:middle;font-weight:normal;text-align:left}
      th{background:#f0f0f0;white-space:nowrap}
      td.money{text-align:right;white-space:nowrap}td.when{white-space:nowrap}
      .wide table{font-size:8.5pt;line-height:1.45}
      thead{display:table-header-group}tr{page-break-inside:avoid}
      p{margin:0 0 2mm;text-indent:2em}p.plain{text-indent:0}
      .sign{margin-top:9mm;text-align:right;line-height:2}
      .small{font-size:8.5pt;color:#444;text-indent:0}
      .opinion{height:22mm;vertical-align:top}
      @media screen{body{background:#e9ebee}.sheet{background:#fff;padding:16mm;margin:8mm auto}}
      """;

  private PaperPage() {}

  static String yuan(long fen) {
    return Yuan.figures(fen) + "元";
  }

  static void row(StringBuilder body, String a, String b, String c, String d) {
    body.append("<tr><th>").append(a).append("</th>");
    cell(body, "", b);
    body.append("<th>").append(c).append("</th>");
    cell(body, "", d);
    body.append("</tr>");
  }

  /** One field over the whole width. */
  static void line(StringBuilder body, String head, String text) {
    wide(body, head, "", text);
  }

  /** The same with room for an opinion in handwriting. */
  static void wide(StringBuilder body, String head, String text) {
    wide(body, head, " class=\"opinion\"", text);
  }

  private static void wide(StringBuilder body, String head, String attribute, String text) {
    body.append("<tr><th>")
        .append(head)
        .append("</th><td colspan=\"3\"")
        .append(attribute)
        .append(">")
        .append(escape(text))
        .append("</td></tr>");
  }

  static void paragraph(StringBuilder body, String text) {
    body.append("<p>").append(escape(text)).append("</p>");
  }

  static void cell(StringBuilder body, String look, String text) {
    body.append("<td class=\"").append(look).append("\">").append(escape(text)).append("</td>");
  }

  /** Unit, officers and day at the end. */
  static void sign(
      StringBuilder body, String unit, List<RefundFile.Officer> officers, Instant decidedAt) {
    body.append("<div class=\"sign\">").append(escape(unit)).append("（印章）<br/>");
    body.append("承办人：")
        .append(
            escape(
                officers.stream().map(RefundFile.Officer::name).collect(Collectors.joining("、"))))
        .append("<br/>")
        .append(DAY.format(decidedAt))
        .append("</div>");
  }

  /**
   * A page.
   *
   * @param newest what it was made from is not newer
   */
  static String page(String title, String number, String body, boolean wide, Instant newest) {
    return "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-CN\"><head><meta charset=\"utf-8\"/><title>"
        + title
        + "</title><style>"
        + (wide ? "@page{size:A4 landscape;margin:14mm}" : "@page{size:A4;margin:18mm 16mm}")
        + STYLE
        + "</style></head><body class=\""
        + (wide ? "wide" : "tall")
        + "\"><div class=\"sheet\"><h1>"
        + title
        + "</h1><div class=\"number\">"
        + escape(number)
        + "</div>"
        + body
        + "<p class=\"small\">本文书由止付系统根据"
        + DAY.format(newest)
        + "前的交易记录拟制，须经办案单位审核、签批并加盖印章后生效。</p></div></body></html>\n";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
