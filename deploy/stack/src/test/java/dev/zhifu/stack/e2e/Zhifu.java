package dev.zhifu.stack.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.process.Supervisor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code ./zhifu} in a JVM of its own, as the launcher starts it. */
final class Zhifu {
  private static final long LIMIT_SECONDS = 180;

  private final Path folder;
  private final Path state;
  private int runs;

  /**
   * @param folder where what it prints goes
   * @param state folder of the runs that it looks for a stack in
   */
  Zhifu(Path folder, Path state) {
    this.folder = folder;
    this.state = state.toAbsolutePath();
  }

  /**
   * What a command did.
   *
   * @param code exit code
   * @param said all that it printed, to either stream
   * @param json file that {@code --json} named
   */
  record Done(int code, String said, Path json) {
    JsonNode result() {
      try {
        return new ObjectMapper().readTree(json.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(said, e);
      }
    }
  }

  /** As the launcher makes it up from what the build left. */
  private static String classPath() {
    Path target = Layout.find().home().resolve("deploy/stack/target");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(target.resolve("classpath.txt")).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one command to its end, with {@code --state} and {@code --json}. */
  Done run(String... words) {
    int number = ++runs;
    Path said = folder.resolve("zhifu-" + number + ".txt");
    Path json = folder.resolve("zhifu-" + number + ".json");
    List<String> command =
        new ArrayList<>(
            List.of(
                Supervisor.java(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Dzhifu.home=" + Layout.find().home(),
                "-Dzhifu.log=" + folder.resolve("zhifu.log").toAbsolutePath(),
                "-cp",
                classPath(),
                dev.zhifu.stack.cli.Zhifu.class.getName()));
    command.addAll(List.of(words));
    command.addAll(List.of("--state", state.toString(), "--json", json.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "zhifu "
                + String.join(" ", words)
                + " did not end in "
                + LIMIT_SECONDS
                + " s: "
                + Files.readString(said));
      }
      return new Done(process.exitValue(), Files.readString(said), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
