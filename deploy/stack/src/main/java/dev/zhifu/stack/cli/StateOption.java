package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the state of runs lies. */
final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "folder for the state of runs (default: .zhifu in the clone)")
  private Path state;

  Path folder(Layout layout) {
    return state == null ? layout.defaultState() : state;
  }
}
