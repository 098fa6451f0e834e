package dev.zhifu.rules.language.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.zhifu.rules.language.Check;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what a condition's part asks, thresholds as their values, so that the same question is known
 * again in another rule.
 */
final class Questions {
  private final Map<String, Object> params;

  Questions(Map<String, Object> params) {
    this.params = params;
  }

  Check check(CelExpr expr, Node.Truth node) {
    return new Check(text(expr), view -> node.of(view, null) == Node.TRUE, bound(expr));
  }

  /** The bound that a comparison with a number sets; null for anything else. */
  private Check.Bound bound(CelExpr expr) {
    if (!Syntax.is(expr, ExprKind.Kind.CALL)) {
      return null;
    }
    return switch (expr.call().function()) {
      case "_>=_" -> bound(expr, true, false);
      case "_>_" -> bound(expr, true, true);
      case "_<=_" -> bound(expr, false, false);
      case "_<_" -> bound(expr, false, true);
      default -> null;
    };
  }

  private Check.Bound bound(CelExpr expr, boolean upwards, boolean open) {
    CelExpr term = expr.call().args().get(0);
    BigDecimal number = number(expr.call().args().get(1));
    return number == null || number(term) != null
        ? null
        : new Check.Bound(text(term) + (upwards ? " at least" : " at most"), upwards, number, open);
  }

  private BigDecimal number(CelExpr expr) {
    Object value = null;
    if (Syntax.constant(expr, CelConstant.Kind.INT64_VALUE)) {
      value = expr.constant().int64Value();
    } else if (Syntax.constant(expr, CelConstant.Kind.DOUBLE_VALUE)) {
      value = expr.constant().doubleValue();
    } else if (isParam(expr)) {
      value = params.get(Syntax.path(expr).get(1));
    }
    return value == null ? null : new BigDecimal(value.toString());
  }

  private static boolean isParam(CelExpr expr) {
    List<String> path = Syntax.is(expr, ExprKind.Kind.SELECT) ? Syntax.path(expr) : null;
    return path != null && path.size() == 2 && path.get(0).equals("params");
  }

  private String text(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> expr.constant().toString();
      case LIST -> list(expr.list().elements());
      case SELECT -> select(expr);
      case IDENT -> expr.ident().name();
      default -> expr.call().function() + list(Syntax.operands(expr));
    };
  }

  private String select(CelExpr expr) {
    if (isParam(expr)) {
      return String.valueOf(params.get(Syntax.path(expr).get(1)));
    }
    String path = text(expr.select().operand()) + '.' + expr.select().field();
    return expr.select().testOnly() ? "has(" + path + ')' : path;
  }

  private String list(List<CelExpr> elements) {
    return elements.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }
}
