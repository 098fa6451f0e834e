package dev.zhifu.rules.language.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws conditions of every form the language has, over every field a scope has. */
final class RandomCondition {
  static final List<String> TEXTS = List.of("B01", "B02", "virtual-currency", "x");

  private final Random random;
  private final List<String> ints = new ArrayList<>();
  private final List<String> reals = new ArrayList<>();
  private final List<String> bools = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();
  private final List<String> all = new ArrayList<>();
  private final List<String[]> choices = new ArrayList<>();

  RandomCondition(Random random, Scope scope, Map<String, Object> params) {
    this.random = random;
    add("event", EventShape.of(scope.kinds()).fields());
    add("features", RecordShape.of(dev.zhifu.wire.Features.getClassSchema()).fields());
    ints.add("event.at");
    ints.add("params.amount");
    ints.add("params.pause");
    reals.add("params.share");
    choices.add(new String[] {"side", "DEBIT", "CREDIT"});
    scope.steps().forEach((name, kinds) -> addStep(name, EventShape.of(kinds)));
    if (!scope.previous().isEmpty()) {
      java.util.Set<dev.zhifu.rules.language.EventKind> before = new java.util.HashSet<>();
      scope.previous().forEach(name -> before.addAll(scope.steps().get(name)));
      add("prev", EventShape.of(before).fields());
      ints.add("prev.at");
    }
  }

  private void addStep(String name, EventShape shape) {
    add("steps." + name, shape.fields());
    add("steps." + name + ".last", shape.fields());
    ints.add("steps." + name + ".at");
    ints.add("steps." + name + ".last.at");
    ints.add("steps." + name + ".count");
    if (shape.transactions()) {
      ints.add("steps." + name + ".sumFen");
    }
  }

  private void add(String prefix, Map<String, FieldType> fields) {
    fields.forEach(
        (name, type) -> {
          String path = prefix + "." + name;
          if (!path.equals("event.phase")) {
            add(path, type);
          }
        });
  }

  private void add(String path, FieldType type) {
    all.add(path);
    switch (type.kind()) {
      case INT, TIME, DAY -> ints.add(path);
      case REAL -> reals.add(path);
      case BOOL -> bools.add(path);
      case TEXT -> texts.add(path);
      case CHOICE -> {
        List<String> symbols = new ArrayList<>(type.schema().getEnumSymbols());
        symbols.add(0, path);
        choices.add(symbols.toArray(String[]::new));
      }
      case TEXTS -> lists.add(path);
      case RECORD -> add(path, RecordShape.of(type.schema()).fields());
    }
  }

  /**
   * A condition; it names the phase in a way that is always true, so that the default phase rule
   * does not stand between the two.
   */
  String text() {
    String condition = truth(3);
    boolean transfer = all.contains("event.transactionId");
    return transfer ? "(" + condition + ") && has(event.phase)" : condition;
  }

  private String truth(int depth) {
    if (depth > 0 && random.nextInt(5) < 3) {
      return switch (random.nextInt(3)) {
        case 0 -> "(" + truth(depth - 1) + " && " + truth(depth - 1) + ")";
        case 1 -> "(" + truth(depth - 1) + " || " + truth(depth - 1) + ")";
        default -> "!(" + truth(depth - 1) + ")";
      };
    }
    return comparison();
  }

  private String comparison() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> number(2) + " " + pick(List.of("<", "<=", ">", ">=")) + " " + number(2);
      case 2 -> equality();
      case 3 -> pick(bools);
      case 4 -> "has(" + pick(all) + ")";
      case 5 ->
          pick(texts)
              + " "
              + pick(List.of("==", "!="))
              + " "
              + (random.nextBoolean() ? pick(texts) : quoted(pick(TEXTS)));
      case 6 -> choice();
      case 7 -> lists.isEmpty() ? pick(bools) + " == " + pick(bools) : list();
      case 8 -> pick(texts) + ".startsWith('B0')";
      default -> pick(ints) + " in [0, 1, 400000]";
    };
  }

  private String equality() {
    String operator = random.nextBoolean() ? " == " : " != ";
    return random.nextBoolean() ? whole(2) + operator + whole(2) : real(2) + operator + real(2);
  }

  private String list() {
    return random.nextBoolean()
        ? quoted(pick(TEXTS)) + " in " + pick(lists)
        : "size(" + pick(lists) + ") == 0";
  }

  private String choice() {
    String[] choice = choices.get(random.nextInt(choices.size()));
    String literal = quoted(choice[1 + random.nextInt(choice.length - 1)]);
    return switch (random.nextInt(4)) {
      case 0 -> choice[0] + " == " + literal;
      case 1 -> literal + " != " + choice[0];
      case 2 -> choice[0] + " in [" + literal + ", " + quoted(choice[1]) + "]";
      default -> choice[0] + " == " + choice[0];
    };
  }

  private String number(int depth) {
    return random.nextInt(3) == 0 ? real(depth) : whole(depth);
  }

  private String whole(int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      return switch (random.nextInt(7)) {
        case 0 -> "chinaHour(" + whole(depth - 1) + ")";
        case 1 -> "chinaWeekday(" + whole(depth - 1) + ")";
        case 2 -> "minutes(" + whole(depth - 1) + ")";
        case 3 -> "days(" + whole(depth - 1) + ")";
        case 4 -> "-(" + whole(depth - 1) + ")";
        case 5 -> "size(" + pick(texts) + ")";
        default ->
            "("
                + whole(depth - 1)
                + " "
                + pick(List.of("+", "-", "*", "/", "%"))
                + " "
                + whole(depth - 1)
                + ")";
      };
    }
    return random.nextInt(4) == 0
        ? pick(List.of("0", "1", "3", "500000", "9223372036854775807"))
        : pick(ints);
  }

  /** No sum or product here is a negative zero, which CEL's runtime holds below the whole 0. */
  private String real(int depth) {
    if (depth > 0 && random.nextInt(2) == 0) {
      return random.nextBoolean()
          ? "double(" + whole(depth - 1) + ")"
          : "("
              + real(depth - 1)
              + " "
              + pick(List.of("+", "-", "*"))
              + " "
              + real(depth - 1)
              + " + 0.0)";
    }
    return random.nextInt(3) == 0 ? pick(List.of("0.0", "0.8", "3.0", "2.5")) : pick(reals);
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
