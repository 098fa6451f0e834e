package dev.zhifu.desk.export;

import java.util.List;

/**
 * A table to be written.
 *
 * @param title of the sheet
 * @param about what it shows, of when, for whom; printed above it
 * @param columns their heads
 * @param rows cells: text, numbers, or {@link Yuan}
 */
public record Sheet(String title, String about, List<String> columns, List<List<Object>> rows) {

  /** Money, in fen. */
  public record Yuan(long fen) {}
}
