package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FinalSeedsTest {
  @TempDir private Path folder;

  @Test
  void setsBAndCJudgeAloneWithAnySeedAndSetAWithThoseKeptForFinalFigures() {
    assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("B").withSeed(5))).isTrue();
    assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("C").withSeed(5))).isTrue();
    assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("A").withSeed(5))).isFalse();
    for (long seed : FinalSeeds.ALL) {
      assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("A").withSeed(seed))).isTrue();
    }
  }

  @Test
  void filesOfAJudgingCitySaySo() {
    assertThat(write("B", 5)).isTrue();
    assertThat(write("C", 5)).isTrue();
    assertThat(write("A", 5)).isFalse();
    assertThat(write("A", FinalSeeds.ALL.get(0))).isTrue();
  }

  @Test
  void filesOfAJudgingSetSaySoHoweverTheSetWasNamed() throws IOException {
    for (String file : List.of("city-b.yaml", "city-c.yaml")) {
      Path copy = folder.resolve("mine.yaml");
      try (InputStream in = CitySettings.class.getResourceAsStream(file)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      assertThat(written("--settings", copy.toString(), 5)).as(file).isTrue();
    }
  }

  private boolean write(String set, long seed) {
    return written("--set", set, seed);
  }

  private boolean written(String option, String value, long seed) {
    int code =
        new CommandLine(new WorkloadCommand())
            .execute(
                "--out",
                folder.toString(),
                option,
                value,
                "--seed",
                String.valueOf(seed),
                "--residents",
                "500",
                "--days",
                "1",
                "--minutes",
                "1",
                "--no-history");
    assertThat(code).isZero();
    return Files.exists(folder.resolve("city_judges.txt"));
  }
}
