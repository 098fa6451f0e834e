package dev.zhifu.rules.scenario;

import java.math.BigDecimal;

/** Amounts as scenarios write them: yuan with at most two decimals. */
final class Yuan {
  private Yuan() {}

  static long fen(String text) throws RowException {
    if (!text.matches("\\d{1,12}(\\.\\d{1,2})?")) {
      throw new RowException(
          "amount is " + text, "write yuan with at most two decimals, such as 48900.00");
    }
    return new BigDecimal(text).movePointRight(2).longValueExact();
  }
}
