package dev.zhifu.desk.export;

import dev.zhifu.desk.export.Sheet.Yuan;
import dev.zhifu.desk.words.Words;
import dev.zhifu.papers.PaperPdf;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a sheet as XLSX or PDF. */
public final class SheetWriter {
  private static final int TITLE_MAX = 31;
  private static final String STYLE =
      """
      @page { size: A4 landscape; margin: 14mm; }
      body { font-family: zhifu-han; font-size: 9pt; } h1 { font-size: 13pt; font-weight: normal; margin: 0 0 4pt; }
      p { color: #444; } table { border-collapse: collapse; width: 100%; -fs-table-paginate: paginate; }
      th, td { border: 0.5pt solid #777; padding: 2pt 4pt; text-align: left; font-weight: normal; } th { background: #eee; } td.n { text-align: right; }
      """;

  private SheetWriter() {}

  /** As XLSX. Text is written as text: what looks like a formula is none. */
  public static void xlsx(Sheet sheet, OutputStream out) throws IOException {
    try (Workbook book = new Workbook(out, "Zhifu", "1.0")) {
      Worksheet page =
          book.newWorksheet(
              sheet.title().substring(0, Math.min(TITLE_MAX, sheet.title().length())));
      page.value(0, 0, sheet.about());
      for (int column = 0; column < sheet.columns().size(); column++) {
        page.value(1, column, sheet.columns().get(column));
        page.style(1, column).bold().set();
      }
      for (int row = 0; row < sheet.rows().size(); row++) {
        List<Object> cells = sheet.rows().get(row);
        for (int column = 0; column < cells.size(); column++) {
          cell(page, row + 2, column, cells.get(column));
        }
      }
      page.freezePane(0, 2);
    }
  }

  private static void cell(Worksheet page, int row, int column, Object value) {
    if (value instanceof Yuan yuan) {
      page.value(row, column, BigDecimal.valueOf(yuan.fen(), 2));
      page.style(row, column).format("#,##0.00").set();
    } else if (value instanceof Number number) {
      page.value(row, column, number);
    } else {
      page.value(row, column, String.valueOf(value));
    }
  }

  /**
   * As PDF.
   *
   * @param font TrueType font with Chinese letters
   */
  public static void pdf(Sheet sheet, Words words, Path font, OutputStream out) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("<html><head><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escaped(sheet.title()))
        .append("</h1><p>")
        .append(escaped(sheet.about()))
        .append("</p><table><thead><tr>");
    sheet.columns().forEach(head -> page.append("<th>").append(escaped(head)).append("</th>"));
    page.append("</tr></thead><tbody>");
    for (List<Object> row : sheet.rows()) {
      page.append("<tr>");
      row.forEach(
          cell ->
              page.append(
                      cell instanceof Yuan || cell instanceof Number ? "<td class=\"n\">" : "<td>")
                  .append(
                      escaped(
                          cell instanceof Yuan yuan
                              ? words.yuan(yuan.fen())
                              : String.valueOf(cell)))
                  .append("</td>"));
      page.append("</tr>");
    }
    page.append("</tbody></table></body></html>");
    PaperPdf.write(page.toString(), font, out);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
