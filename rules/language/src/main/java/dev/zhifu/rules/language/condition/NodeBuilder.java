package dev.zhifu.rules.language.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelKind;
import dev.zhifu.rules.language.Spelling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a checked condition into nodes. Every form the {@link Reader} let pass and CEL's checker
 * found well typed has a node; the only faults left are texts compared with an enum that has no
 * such value.
 */
final class NodeBuilder {
  /** Stands where a fault was reported; never runs. */
  private static final Node.Truth NOTHING = (view, match) -> Node.UNKNOWN;

  private final CelAbstractSyntaxTree tree;
  private final Names names;
  private final Reader reader;
  private boolean partial;

  NodeBuilder(CelAbstractSyntaxTree tree, Names names, Reader reader) {
    this.tree = tree;
    this.names = names;
    this.reader = reader;
  }

  /** True when anything built since {@link #forget} reads the match under way. */
  boolean readsPartial() {
    return partial;
  }

  void forget() {
    partial = false;
  }

  // -- truths

  Node.Truth truth(CelExpr expr) {
    if (Syntax.is(expr, ExprKind.Kind.CONSTANT)) {
      int fixed = Node.truth(expr.constant().booleanValue());
      return (view, match) -> fixed;
    }
    if (Syntax.is(expr, ExprKind.Kind.SELECT)) {
      return expr.select().testOnly() ? has(expr) : field(expr);
    }
    return call(expr);
  }

  private Node.Truth field(CelExpr expr) {
    Node.Value value = resolve(expr).value();
    return (view, match) -> FieldReader.truth(value.of(view, match));
  }

  /** As in CEL: unknown when what holds the field is itself missing. */
  private Node.Truth has(CelExpr expr) {
    Ref ref = resolve(expr);
    Node.Truth there = present(ref);
    List<String> path = Syntax.path(expr);
    List<String> holder = path.subList(0, path.size() - 1);
    if (!holderMayMiss(holder)) {
      return there;
    }
    Node.Value outer = holderValue(holder);
    return (view, match) -> outer.of(view, match) == null ? Node.UNKNOWN : there.of(view, match);
  }

  private static Node.Truth present(Ref ref) {
    if (ref.value() == null) {
      Node.Int whole = ref.whole();
      return (view, match) -> Node.truth(whole.of(view, match) != Node.NO_INT);
    }
    Node.Value value = ref.value();
    return (view, match) -> Node.truth(value.of(view, match) != null);
  }

  /** A step's record is there even when the step took nothing; its fields are then missing. */
  private static boolean holderMayMiss(List<String> holder) {
    return switch (holder.get(0)) {
      case "event" -> holder.size() > 1;
      case "steps" -> holder.size() > 2;
      case "prev" -> holder.size() > 1;
      default -> false;
    };
  }

  private Node.Value holderValue(List<String> holder) {
    if (holder.get(0).equals("steps") && holder.size() == 3 && holder.get(2).equals("last")) {
      return resolvePath(List.of("steps", holder.get(1), "source")).value();
    }
    return resolvePath(holder).value();
  }

  private Node.Truth call(CelExpr expr) {
    List<CelExpr> args = Syntax.operands(expr);
    return switch (expr.call().function()) {
      case "_&&_" -> and(truth(args.get(0)), truth(args.get(1)));
      case "_||_" -> or(truth(args.get(0)), truth(args.get(1)));
      case "!_" -> not(truth(args.get(0)));
      case "_==_" -> equal(args.get(0), args.get(1));
      case "_!=_" -> not(equal(args.get(0), args.get(1)));
      case "@in" -> in(args.get(0), args.get(1));
      case "startsWith" -> startsWith(args.get(0), args.get(1));
      case "_<_" -> less(args.get(0), args.get(1));
      case "_>_" -> less(args.get(1), args.get(0));
      case "_<=_" -> lessOrEqual(args.get(0), args.get(1));
      case "_>=_" -> lessOrEqual(args.get(1), args.get(0));
      default -> throw unforeseen(expr);
    };
  }

  private static Node.Truth and(Node.Truth left, Node.Truth right) {
    return (view, match) -> {
      int a = left.of(view, match);
      if (a == Node.FALSE) {
        return Node.FALSE;
      }
      int b = right.of(view, match);
      return b == Node.FALSE ? Node.FALSE : a == Node.TRUE ? b : Node.UNKNOWN;
    };
  }

  private static Node.Truth or(Node.Truth left, Node.Truth right) {
    return (view, match) -> {
      int a = left.of(view, match);
      if (a == Node.TRUE) {
        return Node.TRUE;
      }
      int b = right.of(view, match);
      return b == Node.TRUE ? Node.TRUE : a == Node.FALSE ? b : Node.UNKNOWN;
    };
  }

  private static Node.Truth not(Node.Truth node) {
    return (view, match) -> {
      int value = node.of(view, match);
      return value == Node.UNKNOWN ? Node.UNKNOWN : 1 - value;
    };
  }

  private Node.Truth equal(CelExpr left, CelExpr right) {
    CelKind kind = kind(left);
    if (kind == CelKind.BOOL) {
      return sameTruth(truth(left), truth(right));
    }
    if (kind == CelKind.STRING) {
      return sameText(left, right);
    }
    if (kind == CelKind.INT && kind(right) == CelKind.INT) {
      return Compare.equal(whole(left), whole(right));
    }
    return Compare.equal(real(left), real(right));
  }

  private static Node.Truth sameTruth(Node.Truth left, Node.Truth right) {
    return (view, match) -> {
      int a = left.of(view, match);
      int b = right.of(view, match);
      return a == Node.UNKNOWN || b == Node.UNKNOWN ? Node.UNKNOWN : Node.truth(a == b);
    };
  }

  private Node.Truth sameText(CelExpr left, CelExpr right) {
    if (choice(left) != null && isText(right)) {
      return Compare.same(value(left), constant(choice(left), right));
    }
    if (choice(right) != null && isText(left)) {
      return Compare.same(value(right), constant(choice(right), left));
    }
    FieldType a = choice(left);
    FieldType b = choice(right);
    if (a != null && b != null && a.schema().equals(b.schema())) {
      return Compare.same(value(left), value(right));
    }
    return Compare.same(text(left), text(right));
  }

  private Node.Truth less(CelExpr left, CelExpr right) {
    if (refusesOrder(left)) {
      return NOTHING;
    }
    if (kind(left) == CelKind.INT && kind(right) == CelKind.INT) {
      return Compare.less(whole(left), whole(right));
    }
    return Compare.less(real(left), real(right));
  }

  private Node.Truth lessOrEqual(CelExpr left, CelExpr right) {
    if (refusesOrder(left)) {
      return NOTHING;
    }
    if (kind(left) == CelKind.INT && kind(right) == CelKind.INT) {
      return Compare.lessOrEqual(whole(left), whole(right));
    }
    return Compare.lessOrEqual(real(left), real(right));
  }

  private boolean refusesOrder(CelExpr left) {
    CelKind kind = kind(left);
    boolean number = kind == CelKind.INT || kind == CelKind.DOUBLE;
    if (!number) {
      reader.fault(left, "only numbers have an order", "compare texts and truths with == or !=");
    }
    return !number;
  }

  private Node.Truth in(CelExpr left, CelExpr right) {
    if (!Syntax.is(right, ExprKind.Kind.LIST)) {
      Node.Texts list = texts(right);
      Node.Value item = text(left);
      return (view, match) -> {
        Object sought = item.of(view, match);
        List<String> held = list.of(view, match);
        return sought == null || held == null ? Node.UNKNOWN : Node.truth(held.contains(sought));
      };
    }
    List<CelExpr> elements = right.list().elements();
    return kind(left) == CelKind.STRING ? inTexts(left, elements) : inNumbers(left, elements);
  }

  private Node.Truth inTexts(CelExpr left, List<CelExpr> elements) {
    FieldType choice = choice(left);
    Set<Object> held = new HashSet<>();
    for (CelExpr element : elements) {
      held.add(choice == null ? element.constant().stringValue() : constant(choice, element));
    }
    Node.Value item = value(left);
    return (view, match) -> {
      Object sought = item.of(view, match);
      return sought == null
          ? Node.UNKNOWN
          : Node.truth(held.contains(choice == null ? sought : sought.toString()));
    };
  }

  private Node.Truth inNumbers(CelExpr left, List<CelExpr> elements) {
    long[] held = elements.stream().mapToLong(element -> element.constant().int64Value()).toArray();
    Node.Int item = whole(left);
    return (view, match) -> {
      long sought = item.of(view, match);
      if (sought == Node.NO_INT) {
        return Node.UNKNOWN;
      }
      for (long one : held) {
        if (one == sought) {
          return Node.TRUE;
        }
      }
      return Node.FALSE;
    };
  }

  private Node.Truth startsWith(CelExpr left, CelExpr right) {
    Node.Value text = text(left);
    Node.Value start = text(right);
    return (view, match) -> {
      Object a = text.of(view, match);
      Object b = start.of(view, match);
      return a == null || b == null
          ? Node.UNKNOWN
          : Node.truth(((String) a).startsWith((String) b));
    };
  }

  // -- numbers

  private Node.Int whole(CelExpr expr) {
    if (Syntax.is(expr, ExprKind.Kind.CONSTANT)) {
      long fixed = expr.constant().int64Value();
      return (view, match) -> fixed;
    }
    if (Syntax.is(expr, ExprKind.Kind.SELECT)) {
      return resolve(expr).whole();
    }
    List<CelExpr> args = Syntax.operands(expr);
    String function = expr.call().function();
    if (function.equals("size")) {
      return size(args.get(0));
    }
    if (Functions.OWN.contains(function)) {
      return Arithmetic.apply(function, whole(args.get(0)));
    }
    if (function.equals("-_")) {
      return Arithmetic.negate(whole(args.get(0)));
    }
    return Arithmetic.whole(function, whole(args.get(0)), whole(args.get(1)));
  }

  private Node.Int size(CelExpr arg) {
    if (kind(arg) == CelKind.STRING) {
      Node.Value text = text(arg);
      return (view, match) -> {
        Object value = text.of(view, match);
        return value == null
            ? Node.NO_INT
            : ((String) value).codePointCount(0, ((String) value).length());
      };
    }
    Node.Texts list = texts(arg);
    return (view, match) -> {
      List<String> value = list.of(view, match);
      return value == null ? Node.NO_INT : value.size();
    };
  }

  private Node.Real real(CelExpr expr) {
    if (kind(expr) == CelKind.INT) {
      return Arithmetic.toReal(whole(expr));
    }
    if (Syntax.is(expr, ExprKind.Kind.CONSTANT)) {
      double fixed = expr.constant().doubleValue();
      return (view, match) -> fixed;
    }
    if (Syntax.is(expr, ExprKind.Kind.SELECT)) {
      Node.Value value = resolve(expr).value();
      return (view, match) -> FieldReader.real(value.of(view, match));
    }
    List<CelExpr> args = Syntax.operands(expr);
    String function = expr.call().function();
    if (function.equals("double")) {
      return real(args.get(0));
    }
    if (function.equals("-_")) {
      Node.Real inner = real(args.get(0));
      return (view, match) -> -inner.of(view, match);
    }
    return Arithmetic.real(function, real(args.get(0)), real(args.get(1)));
  }

  // -- texts

  /** The field's own value: for a choice the enum constant. */
  private Node.Value value(CelExpr expr) {
    if (Syntax.is(expr, ExprKind.Kind.CONSTANT)) {
      String fixed = expr.constant().stringValue();
      return (view, match) -> fixed;
    }
    return resolve(expr).value();
  }

  /** A text: for a choice the name of the enum constant. */
  private Node.Value text(CelExpr expr) {
    Node.Value value = value(expr);
    if (choice(expr) == null) {
      return value;
    }
    return (view, match) -> {
      Object constant = value.of(view, match);
      return constant == null ? null : constant.toString();
    };
  }

  @SuppressWarnings("unchecked")
  private Node.Texts texts(CelExpr expr) {
    Node.Value value = resolve(expr).value();
    return (view, match) -> (List<String>) value.of(view, match);
  }

  /** The enum type of a name, or null when the expression is no name of a choice. */
  private FieldType choice(CelExpr expr) {
    if (Syntax.path(expr) == null) {
      return null;
    }
    FieldType type = resolve(expr).type();
    return type.kind() == FieldType.Kind.CHOICE ? type : null;
  }

  private static boolean isText(CelExpr expr) {
    return Syntax.constant(expr, CelConstant.Kind.STRING_VALUE);
  }

  private String constant(FieldType choice, CelExpr literal) {
    String text = literal.constant().stringValue();
    List<String> symbols = choice.schema().getEnumSymbols();
    if (!symbols.contains(text)) {
      reader.fault(
          literal,
          "'" + text + "' is no " + choice.schema().getName(),
          Spelling.hint(text, symbols));
    }
    return text;
  }

  // -- names and types

  private Ref resolve(CelExpr expr) {
    return resolvePath(Syntax.path(expr));
  }

  private Ref resolvePath(List<String> path) {
    try {
      Ref ref = names.resolve(path);
      partial |= ref.partial();
      return ref;
    } catch (Names.BadName bad) {
      throw new IllegalStateException(
          "The name " + path + " was resolved before and is not now: " + bad.getMessage(), bad);
    }
  }

  private CelKind kind(CelExpr expr) {
    return tree.getTypeOrThrow(expr.id()).kind();
  }

  private static IllegalStateException unforeseen(CelExpr expr) {
    return new IllegalStateException(
        "No node for '" + expr.call().function() + "', which the reader let pass");
  }
}
