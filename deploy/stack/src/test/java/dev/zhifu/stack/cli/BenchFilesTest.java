package dev.zhifu.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhifu.bench.report.Form;
import dev.zhifu.bench.report.Page;
import dev.zhifu.bench.report.Runs;
import dev.zhifu.bench.report.Target;
import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.bench.EngineBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFilesTest {
  @TempDir private Path folder;

  private final Form form = Form.full(1).withConfigs(List.of("noop-37", "engine-37")).withRounds(2);
  private Layout layout;
  private Path file;

  @BeforeEach
  void layout() {
    layout = new Layout(folder);
    file = folder.resolve("engine.json");
  }

  @Test
  void onlyTheFullFormIsKeptWithTheSources() {
    BenchFiles files = new BenchFiles();
    assertThat(files.json(layout, "engine", "full"))
        .isEqualTo(folder.resolve("benchmarks/results/engine.json"));
    assertThat(files.json(layout, "engine", "quick"))
        .isEqualTo(folder.resolve(".zhifu/bench/engine-quick.json"));
  }

  @Test
  void whatWasCutOffGoesOnWhereItStoppedAndMakesWhatFailedAgain() throws IOException {
    Runs runs = Runs.about(Map.of("form", form.name()));
    EngineBench bench = new EngineBench(layout, folder, form, line -> {});
    assertThat(bench.left(runs)).isEqualTo(4);
    runs.add(run("noop-37").put("eventsPerCpuSecond", 100));
    runs.add(run("engine-37").put("failed", "ended with 1"));
    runs.write(file);

    Runs resumed = BenchFiles.resumed(file, form.name());

    assertThat(bench.left(resumed)).isEqualTo(3);
    assertThat(resumed.has("noop-37", 1)).isTrue();
    assertThat(resumed.has("engine-37", 1)).isFalse();
  }

  @Test
  void runsOfAnotherFormAreNotGoneOnWith() throws IOException {
    Runs.about(Map.of("form", "quick")).write(file);
    assertThatThrownBy(() -> BenchFiles.resumed(file, "full"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("holds runs of form 'quick', asked is 'full'");
  }

  @Test
  void runsPageAndTableAreWrittenTogetherAndSayWhatWasNotMeasured() throws IOException {
    Runs runs = Runs.about(Map.of("machine", "two cores"));
    StringWriter out = new StringWriter();

    new BenchFiles().report(runs, file, Page.of(runs), Target.ENGINE, new PrintWriter(out));

    assertThat(out.toString()).contains("not measured");
    assertThat(Files.readString(folder.resolve("engine.md")))
        .contains("| not measured |")
        .contains("machine: two cores");
    assertThat(Files.readString(folder.resolve("engine.html"))).contains("two cores");
    assertThat(new ObjectMapper().readTree(file.toFile()).get("targets"))
        .hasSize(Target.ENGINE.size());
  }

  private static ObjectNode run(String config) {
    return new ObjectMapper().createObjectNode().put("config", config).put("round", 1);
  }
}
