package dev.zhifu.stack;

import java.nio.file.Path;
import java.util.List;

/** One stack for all integration tests of this JVM; it ends with the JVM. */
final class SharedStack {
  static final List<String> BANKS = List.of("B01", "B02", "B03");

  private static LocalStack stack;

  private SharedStack() {}

  static synchronized LocalStack get() {
    if (stack == null) {
      stack =
          LocalStack.start(Layout.find(), Path.of("target/it-state"), "test", BANKS, line -> {});
    }
    return stack;
  }
}
