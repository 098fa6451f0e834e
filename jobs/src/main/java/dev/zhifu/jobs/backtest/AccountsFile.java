package dev.zhifu.jobs.backtest;

import dev.zhifu.wire.AccountKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Kinds of accounts from {@code account,bank,kind}; accounts that the file does not name, and kinds
 * that are not ours, are UNKNOWN.
 *
 * @param kinds kind by account
 */
record AccountsFile(Map<String, AccountKind> kinds) {

  static AccountsFile none() {
    return new AccountsFile(Map.of());
  }

  static AccountsFile read(Path file) {
    Map<String, AccountKind> kinds = new HashMap<>();
    CsvRows rows = CsvRows.open(file, List.of("account", "kind"));
    while (rows.hasNext()) {
      CsvRow row = rows.next();
      kinds.put(row.required("account"), parse(row.text("kind")));
    }
    return new AccountsFile(kinds);
  }

  AccountKind kind(String account) {
    return kinds.getOrDefault(account, AccountKind.UNKNOWN);
  }

  private static AccountKind parse(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "PERSONAL" -> AccountKind.PERSONAL;
      case "MERCHANT" -> AccountKind.MERCHANT;
      case "COMPANY", "CORPORATE" -> AccountKind.COMPANY;
      case "PAYROLL" -> AccountKind.PAYROLL;
      case "MEDICAL" -> AccountKind.MEDICAL;
      case "GOVERNMENT" -> AccountKind.GOVERNMENT;
      case "UTILITY" -> AccountKind.UTILITY;
      case "POOLED" -> AccountKind.POOLED;
      default -> AccountKind.UNKNOWN;
    };
  }
}
