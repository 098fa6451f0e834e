package dev.zhifu.stack.cli;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.RunningStack;
import dev.zhifu.stack.broker.TopicReader;
import picocli.CommandLine.Mixin;

/** The running stack that a reading command looks into. */
final class TopicSource {
  @Mixin private StateOption state;

  /** The newest running stack. */
  RunningStack stack() {
    return RunningStack.newest(state.folder(Layout.find()));
  }

  /** Reads its topics as {@code principal}. */
  TopicReader reader(String principal) {
    RunningStack stack = stack();
    return new TopicReader(stack.access(principal), stack.info().registry());
  }
}
