package dev.zhifu.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhifu.rules.language.Rule;
import dev.zhifu.rules.language.RuleParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectivityTest {
  @TempDir private Path folder;

  @Test
  void everyStepIsCountedOverAllEventsAndHitsAreFound() throws IOException {
    Selectivity.Result result =
        measure(
            Lines.call("c1", 0, "v"),
            Lines.transfer("t0", 60, "shop", "supplier", 100),
            Lines.transfer("t1", 420, "v", "mule", 2_000_000),
            Lines.transfer("t1", 420, "v", "mule", 2_000_000));

    RuleShares t02 = result.rules().get("T02");
    assertThat(result.events()).as("the copy is left out").isEqualTo(3);
    assertThat(t02.starts()).isEqualTo(new Share(1, 3));
    assertThat(t02.steps().keySet()).containsExactly("call", "hangup", "payment");
    assertThat(t02.steps().get("payment").events()).isEqualTo(1);
    assertThat(t02.steps().get("hangup").events()).isZero();
    assertThat(t02.hits()).isEqualTo(1);
    assertThat(result.relevant()).isEqualTo(new Share(2, 3));
    assertThat(result.touching()).isEqualTo(new Share(2, 3));
  }

  @Test
  void aRelevantEventOfAKeyWithNothingUnderWayTouchesNoState() throws IOException {
    // T08 sees a busy line; nothing began before it, and it begins nothing.
    Selectivity.Result result =
        measure(Lines.call("b1", 0, "v").replace("CALL_START", "LINE_BUSY_ON_WARN"));

    assertThat(result.relevant().events()).isEqualTo(1);
    assertThat(result.touching().events()).isZero();
    assertThat(result.rules().get("T08").relevant()).isEqualTo(new Share(1, 1));
  }

  @Test
  void nothingOfNothingIsNoShare() throws IOException {
    assertThat(measure().relevant().share()).isZero();
  }

  private Selectivity.Result measure(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), List.of(lines));
    try (EventFiles stream = new EventFiles(List.of(file))) {
      return Selectivity.of(List.of(rule("T02"), rule("T08")), stream);
    }
  }

  private static Rule rule(String id) throws IOException {
    return RuleParser.parse(id, Files.readString(Path.of("catalogue", id, "rule.yaml"))).orThrow();
  }
}
