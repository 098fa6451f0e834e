package dev.zhifu.stack.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happened in a story, as somebody at the bank would tell it; written by the test itself. */
final class Transcript {
  private final StringBuilder text =
      new StringBuilder(
          """
          # A bank's first day

          Written by `DeskIT` on the real stack (broker, registry, jobs, desk, gateway, the bank's twin over HTTP alone), each in a
          JVM of its own; made again with `-Dit.test=DeskIT -Ddocs.write=true`. Times are the story's clock. **→** comes to the bank,
          **←** goes out from it.
          """);
  private int steps;

  /** A step begins. */
  void step(String title) {
    text.append("\n## ").append(++steps).append(". ").append(title).append("\n\n");
  }

  /** Came to the bank. */
  void heard(String what) {
    line("→ " + what);
  }

  /** The bank said it. */
  void said(String what) {
    line("← " + what);
  }

  /** Shown to officers. */
  void shown(String what) {
    line(what);
  }

  private void line(String what) {
    text.append("- ").append(what).append('\n');
  }

  /** A command and what it printed. */
  void command(String command, String printed, int code) {
    text.append("\n    $ ").append(command).append('\n');
    printed.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("    (exit code ").append(code).append(")\n");
  }

  /** Writes it to one place, and to another unless that is null. */
  void write(Path file, Path other) throws IOException {
    Files.writeString(file, text.toString());
    if (other != null) {
      Files.createDirectories(other.getParent());
      Files.writeString(other, text.toString());
    }
  }
}
