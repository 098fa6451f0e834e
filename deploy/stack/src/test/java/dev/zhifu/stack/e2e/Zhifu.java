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
public final class Zhifu {
  private static final long LIMIT_SECONDS = 180;

  private final Path folder;
  private final Path state;
  private int runs;

  /**
   * @param folder where what it prints goes
   * @param state folder of the runs that it looks for a stack in
   */
  public Zhifu(Path folder, Path state) {
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
  public record Done(int code, String said, Path json) {
    /** What {@code --json} wrote. */
    public JsonNode result() {
      try {
        return new ObjectMapper().readTree(json.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(said, e);
      }
    }
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
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
  public Done run(String... words) {
    return bare(with(words, "--state", state.toString()));
  }

  /** The same for a command that looks at no stack. */
  public Done bare(String... words) {
    return start(words, true);
  }

  /** The same as {@link #run} for a command that has no {@code --json}. */
  public Done plain(String... words) {
    return start(with(words, "--state", state.toString()), false);
  }

  /** Begins one that runs on, with {@code --state}; what it prints is its output stream. */
  public Process begin(String... words) {
    try {
      return new ProcessBuilder(command(with(words, "--state", state.toString())))
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(String[] words) {
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
    return command;
  }

  private Done start(String[] words, boolean withJson) {
    int number = ++runs;
    Path said = folder.resolve("zhifu-" + number + ".txt");
    Path json = folder.resolve("zhifu-" + number + ".json");
    List<String> command = command(words);
    if (withJson) {
      command.addAll(List.of("--json", json.toString()));
    }
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
