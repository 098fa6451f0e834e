package dev.zhifu.bench.report;

import java.util.List;

/**
 * A table with its title.
 *
 * @param rows the first one is its head
 */
record Table(String title, List<List<String>> rows) {
  void markdown(StringBuilder out) {
    out.append('\n').append(title).append("\n\n");
    for (int i = 0; i < rows.size(); i++) {
      out.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        out.append("|---".repeat(rows.get(i).size())).append("|\n");
      }
    }
  }

  void html(StringBuilder out) {
    out.append("<h2>").append(Page.text(title)).append("</h2><table>");
    for (int i = 0; i < rows.size(); i++) {
      out.append("<tr>");
      for (String cell : rows.get(i)) {
        String tag = i == 0 ? "th" : "td";
        String style = cell.equals("met") || cell.equals("missed") ? " class=" + cell : "";
        out.append('<').append(tag).append(style).append('>').append(Page.text(cell));
      }
    }
    out.append("</table>");
  }
}
