package dev.zhifu.bench;

import dev.zhifu.rules.money.trace.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The newest word of every account on every claim. */
final class TracedAccounts {
  private final Map<String, TreeMap<String, Statement>> stated = new TreeMap<>();

  /** What an account states; older statements are passed over. */
  void take(Statement statement) {
    TreeMap<String, Statement> byClaim =
        stated.computeIfAbsent(statement.account().token(), token -> new TreeMap<>());
    Statement known = byClaim.get(statement.claim());
    if (known == null || known.revision() < statement.revision()) {
      byClaim.put(statement.claim(), statement);
    }
  }

  /** Every newest statement, account by account. */
  List<Statement> statements() {
    return stated.values().stream().map(Map::values).flatMap(Collection::stream).toList();
  }
}
