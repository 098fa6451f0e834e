package dev.zhifu.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code basis:}, the sources of a pattern with their grades. */
final class BasisReader {
  private static final Set<String> GRADES = Set.of("A", "B", "C", "D");
  private static final String OWN = "engineering default";

  private final Problems problems;

  BasisReader(Problems problems) {
    this.problems = problems;
  }

  List<RuleSheet.Basis> read(Fields fields) {
    List<RuleSheet.Basis> basis = new ArrayList<>();
    fields.required("basis", "[{source: engineering default}]");
    for (Node node : fields.list("basis")) {
      basis.add(source(Fields.of(node, "a source of 'basis'", problems)));
    }
    return List.copyOf(basis);
  }

  private RuleSheet.Basis source(Fields fields) {
    String source = fields.text("source", OWN);
    String grade = fields.optionalText("grade", "B");
    fields.refuseOthers();
    if (source.isEmpty()) {
      return new RuleSheet.Basis("", "");
    }
    Unverified.refuse(problems, fields.optional("source"), source);
    if (grade != null && !GRADES.contains(grade)) {
      problems.fault(
          fields.optional("grade"),
          "the grade is '" + grade + "'",
          "write A (law text read), B (official), C (public code) or D (secondary); what was not read is no basis");
    }
    if (grade == null && !source.equals(OWN)) {
      problems.fault(
          fields.node(),
          "the source '" + source + "' has no grade",
          "add grade: A, B, C or D, or write 'source: " + OWN + "'");
    }
    return new RuleSheet.Basis(source, grade == null ? "" : grade);
  }
}
