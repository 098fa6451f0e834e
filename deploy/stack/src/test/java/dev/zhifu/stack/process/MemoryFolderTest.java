package dev.zhifu.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFolderTest {
  /** Larger than any process number of Linux. */
  private static final String NOBODY = "4194999";

  @TempDir private Path elsewhere;

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    String type = Files.getFileStore(elsewhere).type();
    Path path;
    try (MemoryFolder folder = MemoryFolder.open(elsewhere, 1, type).orElseThrow()) {
      path = folder.path();
      Files.writeString(Files.createDirectories(path.resolve("db")).resolve("1.sst"), "table");
    }
    assertThat(path).doesNotExist();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void isRefusedElsewhereThanInMemoryAndWithoutRoom() throws IOException {
    assertThat(MemoryFolder.open(elsewhere.resolve("missing"), 1)).isEmpty();
    String type = Files.getFileStore(elsewhere).type();
    assertThat(MemoryFolder.open(elsewhere, 1, "another than " + type)).isEmpty();
    assertThat(MemoryFolder.open(elsewhere, Long.MAX_VALUE, type)).isEmpty();
  }

  @Test
  void sweepsWhatAKilledProcessLeftAndNothingElse() throws IOException {
    Path left = Files.createDirectories(elsewhere.resolve("zhifu-working-" + NOBODY + "-1"));
    Files.writeString(left.resolve("1.sst"), "table");
    Path living =
        Files.createDirectories(
            elsewhere.resolve("zhifu-working-" + ProcessHandle.current().pid() + "-1"));
    Path foreign = Files.createDirectories(elsewhere.resolve("zhifu-working-x"));

    MemoryFolder.open(elsewhere, Long.MAX_VALUE);

    assertThat(left).doesNotExist();
    assertThat(living).exists();
    assertThat(foreign).exists();
  }
}
