package dev.zhifu.jobs.backtest;

import dev.zhifu.wire.AccountKind;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Kinds of accounts from {@code account,bank,kind}; accounts that the file does not name are UNKNOWN.
 *
 * @param kinds kind by account
 */
record AccountsFile(Map<String, AccountKind> kinds) implements Serializable {

  static AccountsFile none() {
    return new AccountsFile(Map.of());
  }

  static AccountsFile read(Path file) {
    Map<String, AccountKind> kinds = new HashMap<>();
    var rows = CsvFile.open(file, List.of("account", "bank", "kind"));
    while (rows.hasNext()) {
      Map<String, String> row = rows.next();
      kinds.put(row.get("account"), parse(row.get("kind")));
    }
    return new AccountsFile(kinds);
  }

  AccountKind kind(String account) {
    return kinds.getOrDefault(account, AccountKind.UNKNOWN);
  }

  private static AccountKind parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "personal" -> AccountKind.PERSONAL;
      case "merchant" -> AccountKind.MERCHANT;
      case "company", "corporate" -> AccountKind.COMPANY;
      case "payroll" -> AccountKind.PAYROLL;
      default -> AccountKind.UNKNOWN;
    };
  }
}
