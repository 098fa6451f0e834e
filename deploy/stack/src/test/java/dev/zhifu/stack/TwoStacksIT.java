package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.schemas.registry.SubjectsCommand;
import dev.zhifu.stack.broker.Provisioner;
import dev.zhifu.stack.cli.Zhifu;
import dev.zhifu.stack.process.Supervisor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole demo beside the shared stack, its launcher in a process of its own that is then killed.
 */
@Tag("landing")
class TwoStacksIT {
  @TempDir private Path state;

  @Test
  void aKilledLauncherLeavesNoProcessAndTheOtherStackStands() throws Exception {
    LocalStack first = SharedStack.get();
    Process launcher = launcher();
    awaitReady(launcher);
    RunningStack second = RunningStack.newest(state, "demo");
    List<ProcessHandle> children = launcher.descendants().toList();

    assertThat(children)
        .as("broker, registry, job and city")
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(ProcessHandle::isAlive);
    assertThat(second.info().bootstrap()).isNotEqualTo(first.info().bootstrap());
    assertThat(SubjectsCommand.check(second.info().registry())).isEmpty();

    launcher.destroyForcibly();
    for (ProcessHandle child : children) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }

    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(RunningStack.all(state)).isEmpty();
    assertThat(SubjectsCommand.check(first.info().registry())).isEmpty();
    try (Provisioner provisioner = new Provisioner(first.access("admin"), SharedStack.BANKS)) {
      assertThat(provisioner.differences()).isEmpty();
    }
  }

  private Process launcher() throws IOException {
    return new ProcessBuilder(
            Supervisor.java(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-Dzhifu.home=" + Layout.find().home(),
            "-cp",
            System.getProperty("java.class.path"),
            Zhifu.class.getName(),
            "demo",
            "--residents",
            "500",
            "--minutes",
            "60",
            "--state",
            state.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitReady(Process launcher) throws IOException {
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("  events ")) {
        // The live view: every process of the demo has been started.
        return;
      }
    }
    throw new AssertionError("the demo did not start:\n" + said);
  }
}
