package dev.zhifu.rules.language.condition;

/**
 * Arithmetic; missing when a part is missing, when a whole number overflows, and when it is divided
 * by zero.
 */
final class Arithmetic {
  private Arithmetic() {}

  /** One operation on two whole numbers. */
  private interface Whole {
    long of(long a, long b);
  }

  static Node.Int whole(String operator, Node.Int left, Node.Int right) {
    Whole operation =
        switch (operator) {
          case "_+_" -> Math::addExact;
          case "_-_" -> Math::subtractExact;
          case "_*_" -> Math::multiplyExact;
          case "_/_" -> (a, b) -> a / b;
          case "_%_" -> (a, b) -> a % b;
          default ->
              throw new IllegalStateException(
                  "No whole-number operator '" + operator + "', which the reader let pass");
        };
    return (view, match) -> {
      long a = left.of(view, match);
      long b = right.of(view, match);
      return a == Node.NO_INT || b == Node.NO_INT ? Node.NO_INT : exact(operation, a, b);
    };
  }

  private static long exact(Whole operation, long a, long b) {
    try {
      return operation.of(a, b);
    } catch (ArithmeticException overflowOrZero) {
      return Node.NO_INT;
    }
  }

  static Node.Int negate(Node.Int inner) {
    return (view, match) -> {
      long value = inner.of(view, match);
      return value == Node.NO_INT ? Node.NO_INT : -value;
    };
  }

  static Node.Int apply(String function, Node.Int argument) {
    return (view, match) -> {
      long value = argument.of(view, match);
      return value == Node.NO_INT
          ? Node.NO_INT
          : exact((a, b) -> Functions.apply(function, a), value, 0);
    };
  }

  static Node.Real toReal(Node.Int whole) {
    return (view, match) -> {
      long value = whole.of(view, match);
      return value == Node.NO_INT ? Double.NaN : value;
    };
  }

  static Node.Real real(String operator, Node.Real left, Node.Real right) {
    return switch (operator) {
      case "_+_" -> (view, match) -> left.of(view, match) + right.of(view, match);
      case "_-_" -> (view, match) -> left.of(view, match) - right.of(view, match);
      case "_*_" -> (view, match) -> left.of(view, match) * right.of(view, match);
      case "_/_" -> (view, match) -> left.of(view, match) / right.of(view, match);
      default ->
          throw new IllegalStateException(
              "No decimal operator '" + operator + "', which the reader let pass");
    };
  }
}
