package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of a flow table 资金流向表: every transfer with claimed money in it, by level and time. */
public final class FlowRows {
  private static final Comparator<Row> ORDER =
      Comparator.comparingInt(Row::level)
          .thenComparing(row -> row.edge().at())
          .thenComparing(row -> row.edge().id());

  private FlowRows() {}

  /**
   * One transfer.
   *
   * @param level transfers from the victim, 1 for the loss itself
   * @param edge the transfer
   * @param share claimed money in it
   * @param end followed, or why not
   */
  public record Row(int level, Edge edge, Share share, End end) {}

  /** All transfers of a trace. */
  public static List<Row> of(CaseTrace trace) {
    List<Row> rows = new ArrayList<>();
    for (Statement statement : trace.statements()) {
      for (In in : statement.inflows()) {
        if (in.loss() && in.standing() == Statement.Standing.FOUND) {
          rows.add(new Row(1, in.edge(), in.share(), End.FOLLOWED));
        }
      }
      for (Out out : statement.outflows()) {
        rows.add(new Row(statement.level() + 1, out.edge(), out.share(), out.end()));
      }
    }
    rows.sort(ORDER);
    return rows;
  }

  /** The transfers by which money came to one account. */
  public static List<Row> to(CaseTrace trace, String account) {
    List<Row> all = of(trace);
    Set<String> accounts = new HashSet<>(Set.of(account));
    Set<Row> rows = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Row row : all) {
        boolean leads = row.end() == End.FOLLOWED && accounts.contains(row.edge().payee().token());
        if (leads && rows.add(row)) {
          accounts.add(row.edge().payer().token());
          grown = true;
        }
      }
    }
    return all.stream().filter(rows::contains).toList();
  }
}
