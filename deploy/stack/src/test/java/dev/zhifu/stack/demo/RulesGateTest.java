package dev.zhifu.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhifu.stack.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesGateTest {
  @TempDir private Path root;

  @Test
  void theCityWaitsForTheRules() throws Exception {
    CompletableFuture<Void> city =
        CompletableFuture.runAsync(() -> RulesGate.await(root, Duration.ofSeconds(60)));
    assertThat(city).isNotDone();

    RulesGate.open(root);

    city.get(60, TimeUnit.SECONDS);
  }

  @Test
  void withoutRulesItSaysSoInsteadOfWaitingForEver() {
    assertThatThrownBy(() -> RulesGate.await(root, Duration.ofMillis(1)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("no rules were published");
  }
}
