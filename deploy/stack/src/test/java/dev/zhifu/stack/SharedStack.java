package dev.zhifu.stack;

import java.nio.file.Path;
import java.util.List;

/** One stack for all integration tests of this JVM; it ends with the JVM. */
final class SharedStack {
  static final List<String> BANKS = List.of("B01", "B02", "B03");

  static final Path STATE = Path.of("target/it-state");

  private static LocalStack stack;

  private SharedStack() {}

  static synchronized LocalStack get() {
    if (stack == null) {
      stack = LocalStack.start(Layout.find(), STATE, "test", BANKS, line -> {});
    }
    return stack;
  }
}
