package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers everything wrong with one file, so that it is reported whole. */
final class Problems {
  private static final Comparator<RuleProblem> BY_PLACE =
      Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column);

  private final String file;
  private final List<RuleProblem> faults = new ArrayList<>();
  private final List<RuleProblem> warnings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void fault(Node node, String what, String fix) {
    Mark mark = node.getStartMark().orElseThrow();
    fault(mark.getLine() + 1, mark.getColumn() + 1, what, fix);
  }

  void fault(int line, int column, String what, String fix) {
    faults.add(new RuleProblem(file, line, column, what, fix));
  }

  void warning(Node node, String what, String fix) {
    Mark mark = node.getStartMark().orElseThrow();
    warnings.add(new RuleProblem(file, mark.getLine() + 1, mark.getColumn() + 1, what, fix));
  }

  void warning(int line, int column, String what, String fix) {
    warnings.add(new RuleProblem(file, line, column, what, fix));
  }

  boolean none() {
    return faults.isEmpty();
  }

  List<RuleProblem> faults() {
    faults.sort(BY_PLACE);
    return List.copyOf(faults);
  }

  List<RuleProblem> warnings() {
    warnings.sort(BY_PLACE);
    return List.copyOf(warnings);
  }
}
