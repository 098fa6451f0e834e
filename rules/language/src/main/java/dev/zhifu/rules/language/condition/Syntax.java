package dev.zhifu.rules.language.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Small questions about CEL's syntax tree. */
final class Syntax {
  private Syntax() {}

  static boolean is(CelExpr expr, ExprKind.Kind kind) {
    return expr.getKind() == kind;
  }

  /** True for a call of this function or operator. */
  static boolean calls(CelExpr expr, String function) {
    return is(expr, ExprKind.Kind.CALL) && expr.call().function().equals(function);
  }

  /** The dotted name that the expression is, root first; null when it is something else. */
  static List<String> path(CelExpr expr) {
    List<String> path = new ArrayList<>();
    CelExpr at = expr;
    while (is(at, ExprKind.Kind.SELECT)) {
      path.add(at.select().field());
      at = at.select().operand();
    }
    if (!is(at, ExprKind.Kind.IDENT)) {
      return null;
    }
    path.add(at.ident().name());
    Collections.reverse(path);
    return path;
  }

  /** The expression at the root of a dotted name. */
  static CelExpr root(CelExpr expr) {
    return is(expr, ExprKind.Kind.SELECT) ? root(expr.select().operand()) : expr;
  }

  /** The conjuncts of an expression, left to right. */
  static List<CelExpr> conjuncts(CelExpr expr) {
    if (!calls(expr, "_&&_")) {
      return List.of(expr);
    }
    List<CelExpr> conjuncts = new ArrayList<>();
    expr.call().args().forEach(arg -> conjuncts.addAll(conjuncts(arg)));
    return conjuncts;
  }

  /** A call's operands: what it is called on, then its arguments. */
  static List<CelExpr> operands(CelExpr expr) {
    List<CelExpr> operands = new ArrayList<>();
    expr.call().target().ifPresent(operands::add);
    operands.addAll(expr.call().args());
    return operands;
  }

  /** True for a constant of this kind. */
  static boolean constant(CelExpr expr, CelConstant.Kind kind) {
    return is(expr, ExprKind.Kind.CONSTANT) && expr.constant().getKind() == kind;
  }

  /** The operator as people write it. */
  static String written(String function) {
    return switch (function) {
      case "@in" -> "in";
      case "!_" -> "!";
      case "-_" -> "-";
      case "_?_:_" -> "? :";
      case "_[_]" -> "[ ]";
      default -> function.replace("_", "");
    };
  }
}
