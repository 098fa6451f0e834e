package dev.zhifu.stack.flink;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's stock command-line client, run as its own process on Flink's own {@code lib} alone. */
public final class FlinkClient {
  private static final long LIMIT_SECONDS = 300;
  private static final String RECOVERY_MAIN = "dev.zhifu.jobs.RecoveryJob";
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");

  private final Layout layout;
  private final FlinkConf conf;

  /**
   * A client of the cluster that runs in {@code runRoot}.
   *
   * @param webUrl its REST address
   */
  public FlinkClient(Layout layout, Path runRoot, String webUrl) {
    this.layout = layout;
    this.conf = FlinkConf.of(runRoot, webUrl);
  }

  /**
   * Submits the detection job, the jar's own main.
   *
   * @param savepoint where to start from; empty for a start without state
   * @param settings the job's settings file
   * @return Flink's job id
   * @throws StackException with what the client said when it did not submit
   */
  public String submit(Path jar, Optional<String> savepoint, Path settings) {
    return submit(List.of("run", "-d"), jar, savepoint, settings);
  }

  /** Submits the recovery job; see {@link #submit}. */
  public String submitRecovery(Path jar, Optional<String> savepoint, Path settings) {
    return submit(List.of("run", "-d", "-c", RECOVERY_MAIN), jar, savepoint, settings);
  }

  private String submit(List<String> command, Path jar, Optional<String> savepoint, Path settings) {
    List<String> arguments = new ArrayList<>(command);
    savepoint.ifPresent(
        path -> {
          arguments.add("-s");
          arguments.add(path);
        });
    arguments.addAll(List.of(jar.toString(), "--config", settings.toString()));
    return find(JOB_ID, run(arguments), "job id");
  }

  /** Triggers a savepoint; the job goes on. Answers its path. */
  public String savepoint(String jobId) {
    return find(SAVEPOINT, run(List.of("savepoint", jobId)), "savepoint");
  }

  /** Stops the job with a savepoint. Answers its path. */
  public String stop(String jobId) {
    return find(SAVEPOINT, run(List.of("stop", jobId)), "savepoint");
  }

  private static String find(Pattern pattern, String output, String what) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new StackException(
          "the Flink client named no " + what + "; it said:\n" + indented(output));
    }
    return matcher.group(1);
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Supervisor.java());
    command.addAll(FlinkJvm.options(conf.clientLog(), "-Xmx256m"));
    command.addAll(
        List.of("-cp", FlinkJvm.all(layout.flinkLib()), "org.apache.flink.client.cli.CliFrontend"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf.folder().toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new StackException(
            "flink "
                + String.join(" ", arguments)
                + " did not succeed; it said:\n"
                + indented(output));
      }
      return output;
    } catch (IOException e) {
      throw new StackException("the Flink client cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the Flink client ran", e);
    }
  }

  private static String indented(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
  }
}
