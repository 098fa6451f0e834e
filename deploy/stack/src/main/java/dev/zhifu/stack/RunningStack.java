package dev.zhifu.stack;

import dev.zhifu.stack.broker.BrokerAccess;
import dev.zhifu.stack.process.RunDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack that another process supervises.
 *
 * @param root its folder
 * @param info how to reach it
 */
public record RunningStack(Path root, StackInfo info) {
  private static final List<String> KINDS = List.of("demo", "stack", "cluster");

  /**
   * The newest running stack of any kind.
   *
   * @param state folder of all runs' state
   * @throws StackException when none runs
   */
  public static RunningStack newest(Path state) {
    return all(state).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    "nothing runs in "
                        + state
                        + "; start ./zhifu demo or ./zhifu stack up in another window"));
  }

  /**
   * The newest running stack of one kind.
   *
   * @throws StackException when none runs
   */
  public static RunningStack newest(Path state, String kind) {
    return of(state, kind).stream()
        .findFirst()
        .orElseThrow(() -> new StackException("no " + kind + " runs in " + state));
  }

  /** All running stacks, demo first, within a kind the newest first. */
  public static List<RunningStack> all(Path state) {
    List<RunningStack> found = new ArrayList<>();
    KINDS.forEach(kind -> found.addAll(of(state, kind)));
    return found;
  }

  private static List<RunningStack> of(Path state, String kind) {
    return RunDir.living(state, kind).stream()
        .filter(root -> Files.exists(root.resolve("stack.json")))
        .map(root -> new RunningStack(root, StackInfo.read(root)))
        .toList();
  }

  /** Access of a principal. */
  public BrokerAccess access(String principal) {
    return info.access(root, principal);
  }
}
