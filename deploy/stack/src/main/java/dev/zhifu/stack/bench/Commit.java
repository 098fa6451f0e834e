package dev.zhifu.stack.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which state of the code is measured. */
public final class Commit {
  private Commit() {}

  /**
   * The commit that {@code home} stands at, "with changes" behind it when tracked files differ from
   * it; "unknown" outside a clone.
   */
  public static String of(Path home) {
    String commit = git(home, "rev-parse", "HEAD");
    if (commit == null) {
      return "unknown";
    }
    String changed = git(home, "status", "--porcelain", "--untracked-files=no");
    return changed == null || changed.isEmpty() ? commit : commit + " with changes";
  }

  /** What git says; null when there is no git, or no clone. */
  private static String git(Path home, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? said.strip() : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
