package dev.zhifu.rules.scenario;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words and {@code name=value} pairs at the end of a timeline row. Every one of them must be
 * asked for.
 */
final class Details {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  Details(List<String> words) {
    for (String word : words) {
      int equals = word.indexOf('=');
      values.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "" : word.substring(equals + 1));
    }
  }

  boolean has(String word) {
    asked.add(word);
    return values.containsKey(word);
  }

  /** The value of a pair; null when it is not given. */
  String value(String name) {
    asked.add(name);
    return values.get(name);
  }

  /**
   * The value of a pair as a constant.
   *
   * @throws RowException when there is no such constant
   */
  <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) throws RowException {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    return constantOf(name, value, type);
  }

  static <E extends Enum<E>> E constantOf(String name, String value, Class<E> type)
      throws RowException {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    String choices =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    throw new RowException(name + " is " + value, "write one of " + choices);
  }

  /** The value of a pair as a whole number; null when it is not given. */
  Integer number(String name) throws RowException {
    String value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.matches("\\d{1,9}")) {
      throw new RowException(name + " is " + value, "write a whole number");
    }
    return Integer.valueOf(value);
  }

  /**
   * Refuses what nobody asked for: a misspelt word would otherwise change nothing and nobody would
   * notice.
   */
  void refuseRest(String what) throws RowException {
    Set<String> rest = new HashSet<>(values.keySet());
    rest.removeAll(asked);
    if (!rest.isEmpty()) {
      throw new RowException(
          what + " does not know " + rest.stream().sorted().collect(Collectors.joining(", ")),
          "it knows " + asked.stream().sorted().collect(Collectors.joining(", ")));
    }
  }
}
