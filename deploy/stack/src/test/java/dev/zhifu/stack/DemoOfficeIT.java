package dev.zhifu.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhifu.stack.cli.Zhifu;
import dev.zhifu.stack.process.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small demo city's whole day: its office freezes what stops hold and pays victims back. */
@Tag("slow")
class DemoOfficeIT {
  private static final int MINUTES_MAX = 15;

  @TempDir private Path state;

  @Test
  void moneyIsFrozenAndReturnedWithinTheDay() throws Exception {
    Path json = state.resolve("demo.json");
    Path log = state.resolve("demo.log");
    Process demo =
        new ProcessBuilder(
                Supervisor.java(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-Dzhifu.home=" + Layout.find().home(),
                "-cp",
                System.getProperty("java.class.path"),
                Zhifu.class.getName(),
                "demo",
                "--residents",
                "3000",
                "--enrichment",
                "8",
                "--desk",
                "off",
                "--json",
                json.toString(),
                "--state",
                state.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(demo.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
      assertThat(demo.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      demo.destroy();
    }

    JsonNode told = new ObjectMapper().readTree(json.toFile());
    long frozen = told.get("frozenFen").asLong();
    long refunded = told.get("refundedFen").asLong();
    assertThat(frozen).as("frozen, fen").isPositive();
    assertThat(refunded).as("refunded, fen").isPositive().isLessThanOrEqualTo(frozen);
    JsonNode recovery = told.get("recovery");
    assertThat(recovery.get("refusedWhy").toString())
        .as("no act of the office is refused")
        .doesNotContain("office-");
    assertThat(recovery.get("cases").get("FILED").asLong()).isPositive();
    long paid = 0;
    for (JsonNode victim : recovery.get("victimsPaidFen")) {
      assertThat(victim.get("refundedFen").asLong())
          .isPositive()
          .isLessThanOrEqualTo(victim.get("lossFen").asLong());
      paid += victim.get("refundedFen").asLong();
    }
    assertThat(paid).as("victims' files say what the refunds paid").isEqualTo(refunded);
  }
}
