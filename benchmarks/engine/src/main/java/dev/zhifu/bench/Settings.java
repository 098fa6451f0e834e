package dev.zhifu.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Arguments of a child process, each {@code name=value}.
 *
 * @param values by name
 */
record Settings(Map<String, String> values) {

  static Settings of(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "argument '" + argument + "' is not of the form name=value");
      }
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new Settings(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("argument " + name + " is missing; give " + name + "=…");
    }
    return value;
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  Path path(String name) {
    return Path.of(text(name));
  }

  long number(String name, long otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  double decimal(String name, double otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Double.parseDouble(value);
  }
}
