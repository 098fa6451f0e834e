package dev.zhifu.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FinalSeedsTest {
  @TempDir private Path folder;

  @Test
  void setBJudgesAloneWithAnySeedAndSetAWithThoseKeptForFinalFigures() {
    assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("B").withSeed(5))).isTrue();
    assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("A").withSeed(5))).isFalse();
    for (long seed : FinalSeeds.ALL) {
      assertThat(FinalSeeds.judgesAlone(CitySettings.ofSet("A").withSeed(seed))).isTrue();
    }
  }

  @Test
  void filesOfAJudgingCitySaySo() {
    assertThat(write("B", 5)).isTrue();
    assertThat(write("A", 5)).isFalse();
    assertThat(write("A", FinalSeeds.ALL.get(0))).isTrue();
  }

  private boolean write(String set, long seed) {
    int code =
        new CommandLine(new WorkloadCommand())
            .execute(
                "--out",
                folder.toString(),
                "--set",
                set,
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
