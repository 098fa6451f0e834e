package dev.zhifu.stack.demo;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackException;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The reference twin of the statutory platform for stop-payment orders, over HTTP and as a process
 * of its own: the console's adapter posts to it, and the city's banks behind it fetch from it.
 */
public final class PlatformTwinProcess {
  private static final String MAIN = "dev.zhifu.desk.gateway.PlatformTwinServer";
  private static final String FILE = "platform.url";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private PlatformTwinProcess() {}

  /** Starts it beside a stack and waits until it listens. */
  public static Child start(Layout layout, Path root, StackInfo info, Supervisor supervisor) {
    Child child =
        supervisor.start(
            new ChildSpec(
                "platform-twin",
                List.of(
                    "-Xms32m",
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:MaxDirectMemorySize=32m"),
                layout.consoleClassPath().stream().map(Path::toString).toList(),
                MAIN,
                List.of(root.resolve(FILE).toString(), String.join(",", info.platformBanks())),
                Map.of()));
    child.awaitReady("an address in " + root.resolve(FILE), START_LIMIT, () -> written(root));
    return child;
  }

  private static boolean written(Path root) {
    return Files.exists(root.resolve(FILE)) && !address(root).isEmpty();
  }

  /** Where the twin of a run listens. */
  public static String address(Path root) {
    try {
      return Files.readString(root.resolve(FILE)).strip();
    } catch (IOException e) {
      throw new StackException(
          "the platform's twin has not said where it listens: " + e.getMessage(), e);
    }
  }
}
