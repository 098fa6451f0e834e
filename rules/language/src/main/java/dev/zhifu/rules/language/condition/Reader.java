package dev.zhifu.rules.language.condition;

import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.zhifu.rules.language.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a parsed condition before types are checked: resolves every name and refuses what the
 * language leaves out.
 */
final class Reader {
  private static final Set<String> OPERATORS =
      Set.of(
          "_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_", "-_",
          "_*_", "_/_", "_%_", "@in");
  private static final Map<String, String> ALL_OPERATORS =
      OPERATORS.stream().collect(Collectors.toMap(Function.identity(), Syntax::written));

  private final Names names;
  private final CelSource source;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> features = new TreeSet<>();
  private final Set<String> params = new TreeSet<>();
  private final List<Integer> bareNumbers = new ArrayList<>();
  private boolean comparesSteps;
  private boolean namesPhase;

  Reader(Names names, CelSource source) {
    this.names = names;
    this.source = source;
  }

  List<Fault> faults() {
    return faults;
  }

  Set<String> features() {
    return features;
  }

  Set<String> params() {
    return params;
  }

  List<Integer> bareNumbers() {
    return bareNumbers;
  }

  boolean comparesSteps() {
    return comparesSteps;
  }

  boolean namesPhase() {
    return namesPhase;
  }

  void read(CelExpr expr) {
    switch (expr.getKind()) {
      case CONSTANT -> constant(expr);
      case IDENT, SELECT -> name(expr);
      case CALL -> call(expr);
      case LIST -> expr.list().elements().forEach(this::element);
      default ->
          fault(
              expr,
              "this is a form of CEL that conditions do not have",
              "write comparisons joined by &&, || and !");
    }
  }

  private void constant(CelExpr expr) {
    switch (expr.constant().getKind()) {
      case BOOLEAN_VALUE, STRING_VALUE -> {}
      case INT64_VALUE -> number(expr, expr.constant().int64Value());
      case DOUBLE_VALUE -> number(expr, expr.constant().doubleValue());
      case NULL_VALUE ->
          fault(
              expr,
              "null cannot be compared",
              "write has(event.field) to ask whether a value is there");
      default ->
          fault(
              expr,
              "this kind of constant is not part of the language",
              "write a whole number, a decimal, a 'text', true or false");
    }
  }

  private void number(CelExpr expr, double value) {
    if (value == Long.MIN_VALUE) {
      fault(
          expr,
          "the smallest whole number stands for a missing value",
          "write a number above " + Long.MIN_VALUE);
    } else if (Math.abs(value) > 1) {
      bareNumbers.add(offset(expr));
    }
  }

  private void name(CelExpr expr) {
    List<String> path = Syntax.path(expr);
    if (path == null) {
      fault(
          expr,
          "a field is taken from something that is no name",
          "write event.field, features.name or steps.NAME.field");
      return;
    }
    try {
      note(path, names.resolve(path));
    } catch (Names.BadName bad) {
      fault(Syntax.root(expr), bad.getMessage(), bad.fix());
    }
  }

  private void note(List<String> path, Ref ref) {
    comparesSteps |= ref.partial();
    namesPhase |= Names.isPhase(path);
    if (path.get(0).equals("features")) {
      features.add(path.get(1));
    }
    if (path.get(0).equals("params")) {
      params.add(path.get(1));
    }
  }

  private void call(CelExpr expr) {
    String function = expr.call().function();
    if (!OPERATORS.contains(function) && !Functions.NAMES.contains(function)) {
      boolean operator = !function.matches("\\w*[a-zA-Z]\\w*");
      String kind = operator || function.startsWith("_") ? "operator" : "function";
      fault(
          expr,
          "the " + kind + " '" + Syntax.written(function) + "' is not part of the language",
          kind.equals("function")
              ? Spelling.hint(function, Functions.NAMES)
              : "use one of: " + String.join(" ", new TreeSet<>(ALL_OPERATORS.values())));
      return;
    }
    Syntax.operands(expr).forEach(this::read);
    if (function.equals("@in") && !rightOfIn(expr.call().args().get(1))) {
      fault(
          expr,
          "'in' needs a list on its right",
          "write a list such as ['ATM', 'COUNTER'] or a list field");
    }
  }

  private static boolean rightOfIn(CelExpr right) {
    return Syntax.is(right, ExprKind.Kind.LIST) || Syntax.path(right) != null;
  }

  private void element(CelExpr element) {
    boolean plain =
        Syntax.constant(element, CelConstant.Kind.STRING_VALUE)
            || Syntax.constant(element, CelConstant.Kind.INT64_VALUE);
    if (!plain) {
      fault(
          element,
          "a list holds something other than texts or whole numbers",
          "write constants in lists, and compare other values with == and ||");
    }
  }

  void fault(CelExpr expr, String what, String fix) {
    faults.add(new Fault(offset(expr), what, fix));
  }

  int offset(CelExpr expr) {
    Integer own = source.getPositionsMap().get(expr.id());
    return own == null ? 0 : own;
  }
}
