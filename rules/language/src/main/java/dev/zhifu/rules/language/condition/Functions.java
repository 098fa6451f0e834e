package dev.zhifu.rules.language.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Functions that conditions have beyond CEL's own: pure arithmetic on whole numbers. */
final class Functions {
  private static final long HOUR = 3_600_000;
  private static final long CHINA_OFFSET = 8 * HOUR;
  private static final long DAY = 24 * HOUR;

  /** Own functions, each of one whole number. */
  static final List<String> OWN =
      List.of("seconds", "minutes", "hours", "days", "chinaHour", "chinaWeekday");

  /** Everything that may be called by name. */
  static final Set<String> NAMES =
      new TreeSet<>(
          List.of(
              "seconds",
              "minutes",
              "hours",
              "days",
              "chinaHour",
              "chinaWeekday",
              "size",
              "startsWith",
              "has",
              "double"));

  private Functions() {}

  static List<CelFunctionDecl> declarations() {
    return OWN.stream()
        .map(
            name ->
                CelFunctionDecl.newFunctionDeclaration(
                    name,
                    CelOverloadDecl.newGlobalOverload(
                        overload(name), SimpleType.INT, SimpleType.INT)))
        .toList();
  }

  static String overload(String name) {
    return name + "_int";
  }

  /** The value of an own function. China has kept UTC+8 without summer time since 1992. */
  static long apply(String name, long argument) {
    return switch (name) {
      case "seconds" -> Math.multiplyExact(argument, 1000L);
      case "minutes" -> Math.multiplyExact(argument, 60_000L);
      case "hours" -> Math.multiplyExact(argument, HOUR);
      case "days" -> Math.multiplyExact(argument, DAY);
      case "chinaHour" -> Math.floorMod(Math.addExact(argument, CHINA_OFFSET), DAY) / HOUR;
      case "chinaWeekday" ->
          Math.floorMod(Math.floorDiv(Math.addExact(argument, CHINA_OFFSET), DAY) + 3, 7L) + 1;
      default -> throw new IllegalArgumentException("No function '" + name + "'; known are " + OWN);
    };
  }
}
