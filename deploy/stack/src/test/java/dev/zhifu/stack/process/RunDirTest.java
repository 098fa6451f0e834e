package dev.zhifu.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirTest {
  @TempDir private Path state;

  @Test
  void aRunLivesWhileItsFolderIsHeld() {
    RunDir run = RunDir.create(state, "demo");

    assertThat(RunDir.living(state, "demo")).containsExactly(run.root());
    assertThat(RunDir.living(state, "stack")).isEmpty();
    run.close();
    assertThat(RunDir.living(state, "demo")).isEmpty();
  }

  @Test
  void twoRunsOfOneMomentHaveFoldersOfTheirOwn() {
    try (RunDir first = RunDir.create(state, "demo");
        RunDir second = RunDir.create(state, "demo")) {
      assertThat(first.root()).isNotEqualTo(second.root());
      assertThat(RunDir.living(state, "demo"))
          .containsExactlyInAnyOrder(first.root(), second.root());
    }
  }

  @Test
  void onlyTheLastEndedRunsAreKept() throws IOException {
    for (int i = 0; i < 6; i++) {
      RunDir.create(state, "demo").close();
    }
    try (var runs = Files.list(state.resolve("runs"))) {
      assertThat(runs).hasSize(4);
    }
  }

  @Test
  void secretsAreForThisUserAlone() throws IOException {
    try (RunDir run = RunDir.create(state, "demo")) {
      Path file = run.writePrivate("secrets/engine.password", "x");

      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }
  }

  @Test
  void noPortIsGivenTwice() {
    Set<Integer> given = new HashSet<>();
    try (Ports first = new Ports(state);
        Ports second = new Ports(state)) {
      for (int i = 0; i < 50; i++) {
        assertThat(given.add(first.reserve())).isTrue();
        assertThat(given.add(second.reserve())).isTrue();
      }
    }
  }
}
