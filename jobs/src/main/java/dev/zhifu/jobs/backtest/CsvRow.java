package dev.zhifu.jobs.backtest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * One line of a CSV file, read by column; every fault names file, line, column and value.
 *
 * @param file the file
 * @param line number of the line, the header being 1
 * @param fields value by column
 */
record CsvRow(Path file, long line, Map<String, String> fields) {

  /** A column's text; may be empty. */
  String text(String column) {
    String value = fields.get(column);
    if (value == null) {
      throw fault(
          "the line ends before column "
              + column
              + "; give every line as many values as the header has");
    }
    return value;
  }

  /** A column's text, which must not be empty. */
  String required(String column) {
    String value = text(column);
    if (value.isEmpty()) {
      throw fault(column + " is empty; every line needs it");
    }
    return value;
  }

  /** A point in time such as {@code 2024-03-01T00:30:00.000Z}. */
  Instant instant(String column) {
    String value = required(column);
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw fault(column + " is '" + value + "'; write UTC time such as 2024-03-01T00:30:00.000Z");
    }
  }

  /** Yuan with at most two decimals as fen, exactly. */
  long fen(String column) {
    String value = required(column);
    try {
      return new BigDecimal(value).movePointRight(2).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw fault(
          column + " is '" + value + "'; write yuan with at most two decimals, such as 1234.50");
    }
  }

  /** A whole number from 0 on. */
  int count(String column) {
    String value = required(column);
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw fault(column + " is '" + value + "'; write a whole number from 0 on");
    }
  }

  /** A yes or no, written 1 or 0. */
  boolean flag(String column) {
    return switch (required(column)) {
      case "1" -> true;
      case "0" -> false;
      default -> throw fault(column + " is '" + text(column) + "'; write 1 or 0");
    };
  }

  /** A fault of this line, to be thrown. */
  BacktestException fault(String why) {
    return new BacktestException(file + ":" + line + ": " + why);
  }
}
