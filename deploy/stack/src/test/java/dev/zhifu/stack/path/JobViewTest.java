package dev.zhifu.stack.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobViewTest {
  @TempDir private Path folder;

  @Test
  void aMachineThatDoesNotAnswerLeavesWhatWasKnown() {
    JobView view = new JobView("http://127.0.0.1:1", folder, "");

    assertThat(view.read()).isZero();
    assertThat(view.row()).containsOnlyKeys("sstBytes");
  }

  @Test
  void heapAndTableFilesComeFromTheLogAndTheWorkingFolder() throws Exception {
    Path log = folder.resolve("gc.log");
    Files.writeString(
        log,
        """
        [1.0s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 150M->60M(256M) 5.1ms
        [2.0s] GC(1) Concurrent Mark Cycle
        [3.0s] GC(2) Pause Young (Mixed) (G1 Evacuation Pause) 190M->48M(256M) 4.0ms
        [4.0s] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 190M->90M(256M) 4.0ms
        """);
    Files.createDirectories(folder.resolve("tmp/job/db"));
    Files.createDirectories(folder.resolve("state/checkpoints/chk-1"));
    Files.write(folder.resolve("tmp/job/db/000012.sst"), new byte[1_000]);
    Files.write(folder.resolve("tmp/job/db/000013.log"), new byte[500]);
    Files.write(folder.resolve("state/checkpoints/chk-1/a.sst"), new byte[700]);

    assertThat(new JobView("http://127.0.0.1:1", folder, log.toString()).row())
        .containsEntry("heapAfterGcBytes", 48L << 20)
        .containsEntry("sstBytes", 1_000L);
  }
}
