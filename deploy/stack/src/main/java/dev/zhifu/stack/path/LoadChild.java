package dev.zhifu.stack.path;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.LocalStack;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The process that makes a bench's load and measures it, beside what is measured. Its program's one
 * argument is the run's folder.
 *
 * @param child its process
 */
public record LoadChild(Child child) {
  private static final long LOOK_MS = 200;

  /**
   * Starts one.
   *
   * @param program with a main method
   * @param options of its JVM besides heap and log
   */
  public static LoadChild start(
      Layout layout, LocalStack stack, Class<?> program, List<String> options) {
    Path root = stack.dir().root();
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Xms512m",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-Dzhifu.log=" + root.resolve("logs").resolve("load-warnings.log")));
    all.addAll(options);
    return new LoadChild(
        stack
            .supervisor()
            .start(
                new ChildSpec(
                    "load",
                    all,
                    layout.ownClassPath().stream().map(Path::toString).toList(),
                    program.getName(),
                    List.of(root.toString()),
                    Map.of())));
  }

  /**
   * Waits until it ends and passes on what it says.
   *
   * @param said told each line
   * @param meanwhile done again and again
   * @param supervisor whose every process must live until then
   */
  public void await(Consumer<String> said, Runnable meanwhile, Supervisor supervisor)
      throws IOException {
    int shown = 0;
    boolean alive = true;
    while (alive) {
      alive = child.isAlive();
      List<String> lines = Files.readAllLines(child.log(), StandardCharsets.UTF_8);
      lines.subList(shown, lines.size()).forEach(said);
      shown = lines.size();
      meanwhile.run();
      supervisor.requireAllAlive();
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while measuring", e);
    }
  }
}
