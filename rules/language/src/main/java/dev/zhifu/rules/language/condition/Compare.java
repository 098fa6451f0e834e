package dev.zhifu.rules.language.condition;

/** Comparisons; unknown when either side is missing. */
final class Compare {
  private Compare() {}

  static Node.Truth equal(Node.Int left, Node.Int right) {
    return (view, match) -> {
      long a = left.of(view, match);
      long b = right.of(view, match);
      return a == Node.NO_INT || b == Node.NO_INT ? Node.UNKNOWN : Node.truth(a == b);
    };
  }

  static Node.Truth less(Node.Int left, Node.Int right) {
    return (view, match) -> {
      long a = left.of(view, match);
      long b = right.of(view, match);
      return a == Node.NO_INT || b == Node.NO_INT ? Node.UNKNOWN : Node.truth(a < b);
    };
  }

  static Node.Truth lessOrEqual(Node.Int left, Node.Int right) {
    return (view, match) -> {
      long a = left.of(view, match);
      long b = right.of(view, match);
      return a == Node.NO_INT || b == Node.NO_INT ? Node.UNKNOWN : Node.truth(a <= b);
    };
  }

  static Node.Truth equal(Node.Real left, Node.Real right) {
    return (view, match) -> {
      double a = left.of(view, match);
      double b = right.of(view, match);
      return Double.isNaN(a) || Double.isNaN(b) ? Node.UNKNOWN : Node.truth(a == b);
    };
  }

  static Node.Truth less(Node.Real left, Node.Real right) {
    return (view, match) -> {
      double a = left.of(view, match);
      double b = right.of(view, match);
      return Double.isNaN(a) || Double.isNaN(b) ? Node.UNKNOWN : Node.truth(a < b);
    };
  }

  static Node.Truth lessOrEqual(Node.Real left, Node.Real right) {
    return (view, match) -> {
      double a = left.of(view, match);
      double b = right.of(view, match);
      return Double.isNaN(a) || Double.isNaN(b) ? Node.UNKNOWN : Node.truth(a <= b);
    };
  }

  static Node.Truth same(Node.Value left, Node.Value right) {
    return (view, match) -> {
      Object a = left.of(view, match);
      Object b = right.of(view, match);
      return a == null || b == null ? Node.UNKNOWN : Node.truth(a.equals(b));
    };
  }

  /** Compares an enum constant by its name. */
  static Node.Truth same(Node.Value choice, String name) {
    return (view, match) -> {
      Object value = choice.of(view, match);
      return value == null ? Node.UNKNOWN : Node.truth(((Enum<?>) value).name().equals(name));
    };
  }
}
