package dev.zhifu.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.stack.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir private Path state;

  @Test
  void aChildThatDoesNotStartShowsItsLastTwentyLines() {
    try (RunDir dir = RunDir.create(state, "test");
        Supervisor supervisor = new Supervisor(dir)) {
      Child child = supervisor.start(spec("talker", Talker.class));

      assertThatThrownBy(
              () -> child.awaitReady("saying hello", Duration.ofSeconds(60), () -> false))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("process talker")
          .hasMessageContaining("ended with code 7 before saying hello")
          .hasMessageContaining("line 30")
          .hasMessageContaining("line 11")
          .hasMessageNotContaining("line 10\n");
      assertThat(supervisor.failed()).contains(child);
    }
  }

  @Test
  void closingEndsEveryChildAndMemoryWasSummed() {
    Child child;
    try (RunDir dir = RunDir.create(state, "test");
        Supervisor supervisor = new Supervisor(dir)) {
      child = supervisor.start(spec("sleeper", Sleeper.class));
      child.awaitReady("a word", Duration.ofSeconds(60), () -> child.tail().contains("awake"));

      assertThat(supervisor.memory().residentMiB()).isGreaterThan(20);
      assertThat(supervisor.failed()).isEmpty();
    }

    assertThat(child.isAlive()).isFalse();
    assertThat(child.hasFailed()).isFalse();
  }

  private static ChildSpec spec(String name, Class<?> main) {
    return new ChildSpec(
        name,
        List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"),
        List.of(Path.of("target/test-classes").toAbsolutePath().toString()),
        main.getName(),
        List.of(),
        Map.of());
  }

  /** Says 30 lines and fails. */
  public static final class Talker {
    private Talker() {}

    public static void main(String[] args) {
      for (int i = 1; i <= 30; i++) {
        System.out.println("line " + i);
      }
      System.exit(7);
    }
  }

  /** Stays until it is ended. */
  public static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
      System.out.println("awake");
      Thread.currentThread().join();
    }
  }
}
