package dev.zhifu.rules.money.trace;

import dev.zhifu.rules.money.Share;
import dev.zhifu.rules.money.trace.Statement.In;
import dev.zhifu.rules.money.trace.Statement.Out;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A trace as a tree in the terminal. */
public final class TraceText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));
  private static final int FEN = 100;

  private final CaseTrace trace;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  private TraceText(CaseTrace trace) {
    this.trace = trace;
  }

  /** Lines of the tree, from each account that a victim paid. */
  public static List<String> of(CaseTrace trace) {
    TraceText text = new TraceText(trace);
    for (Statement statement : trace.statements()) {
      for (In in : statement.inflows()) {
        if (in.loss()) {
          text.loss(statement, in);
        }
      }
    }
    return text.lines;
  }

  private void loss(Statement statement, In in) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s  %s  %s → %s  %s",
            time(in.edge()),
            yuan(in.edge().fen()),
            in.edge().payer().token(),
            name(in.edge()),
            in.standing() == Statement.Standing.FOUND ? "" : in.standing()));
    account(statement, "");
  }

  private void account(Statement statement, String indent) {
    if (!shown.add(statement.account().token())) {
      lines.add(indent + "   (shown above)");
      return;
    }
    List<Out> outs = statement.outflows();
    if (!statement.remaining().isNone()) {
      lines.add(
          indent
              + (outs.isEmpty() ? "└─ " : "├─ ")
              + "still there "
              + interval(statement.remaining())
              + " of a balance of "
              + yuan(statement.balanceFen()));
    }
    for (int i = 0; i < outs.size(); i++) {
      boolean last = i == outs.size() - 1;
      Out out = outs.get(i);
      lines.add(
          indent
              + (last ? "└─ " : "├─ ")
              + String.format(
                  Locale.ROOT,
                  "%s  %s  → %s  claimed %s%s",
                  time(out.edge()),
                  yuan(out.edge().fen()),
                  name(out.edge()),
                  interval(out.share()),
                  out.end() == End.FOLLOWED ? "" : "  ■ " + out.end() + task(out.end())));
      Statement next = trace.of(out.edge().payee().token());
      if (out.end() == End.FOLLOWED && next != null) {
        account(next, indent + (last ? "   " : "│  "));
      }
    }
  }

  private static String task(End end) {
    return end.task() == End.Task.NONE ? "" : " → task " + end.task();
  }

  private static String name(Edge edge) {
    return edge.payee().isCash()
        ? "cash" + (edge.means().atm().isEmpty() ? "" : " at " + edge.means().atm())
        : edge.payee().token() + " (" + edge.payee().bank() + ")";
  }

  private static String time(Edge edge) {
    return TIME.format(Instant.ofEpochMilli(edge.at()));
  }

  /** An interval, or one sum where both accounts say the same; a tilde marks an unknown order. */
  public static String interval(Share share) {
    String mark = share.ambiguous() ? "~" : "";
    return share.low() == share.high()
        ? mark + yuan(share.low())
        : mark + yuan(share.low()) + "–" + yuan(share.high());
  }

  /** Fen as yuan. */
  public static String yuan(long fen) {
    return String.format(Locale.ROOT, "%,d.%02d", fen / FEN, fen % FEN);
  }
}
