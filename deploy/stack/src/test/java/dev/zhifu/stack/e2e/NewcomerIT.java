package dev.zhifu.stack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs the demo and opens the address that it prints sees a case within a minute. */
@Tag("slow")
class NewcomerIT {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Pattern ADDRESS =
      Pattern.compile("desk at (http://\\S+) \\(person (\\S+), password demo;");
  private static final Pattern LINE = Pattern.compile("data-case-id=\"([0-9a-f]+)\"");

  @TempDir private Path folder;

  @Test
  void aCaseStandsInTheQueueWithinAMinuteOfTheAddress() throws Exception {
    Process demo = new Zhifu(folder, folder.resolve("runs")).begin("demo");
    List<ProcessHandle> children = List.of();
    try {
      Matcher address = address(demo);
      long printed = System.nanoTime();
      read(demo);
      Colleague newcomer = new Colleague(address.group(1), address.group(2));
      Matcher line = LINE.matcher("");
      while (!line.find()) {
        assertThat(Duration.ofNanos(System.nanoTime() - printed))
            .as("no case in the queue since the address was printed")
            .isLessThan(WITHIN);
        line = LINE.matcher(newcomer.get("/queue"));
      }
      Duration seen = Duration.ofNanos(System.nanoTime() - printed);
      System.out.println("a case stood in the queue " + seen.toMillis() + " ms after the address");
      assertThat(seen).isLessThan(WITHIN);
      assertThat(newcomer.get("/case/" + line.group(1)))
          .as("and it can be opened")
          .contains("<h2>", line.group(1));
    } finally {
      children = demo.descendants().toList();
      demo.destroy();
      if (!demo.waitFor(30, TimeUnit.SECONDS)) {
        demo.destroyForcibly();
      }
      for (ProcessHandle child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static Matcher address(Process demo) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return address;
      }
    }
    throw new AssertionError("the demo printed no address of the desk:\n" + said);
  }

  /** What it prints further on is taken from it, lest it waits for a reader. */
  private static void read(Process demo) {
    Thread reader =
        new Thread(
            () -> {
              try {
                demo.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // The demo has ended, and its output with it.
              }
            },
            "demo-output");
    reader.setDaemon(true);
    reader.start();
  }
}
