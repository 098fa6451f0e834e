package dev.zhifu.stack.demo;

import dev.zhifu.stack.Layout;
import dev.zhifu.stack.StackInfo;
import dev.zhifu.stack.process.Child;
import dev.zhifu.stack.process.ChildSpec;
import dev.zhifu.stack.process.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reference twin of the statutory platform as a process of its own, until it is ended.
 *
 * <p>Argument: the run's folder.
 */
public final class PlatformProcess {
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private PlatformProcess() {}

  /** Runs it; see the class. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: PlatformProcess RUN_FOLDER");
      System.exit(2);
    }
    Path root = Path.of(args[0]);
    StackInfo info = StackInfo.read(root);
    try (PlatformLink link =
        new PlatformLink(
            info.access(root, PlatformLink.PRINCIPAL),
            info.registry().codec(),
            info.platformBanks())) {
      System.out.println("platform twin of " + info.bootstrap());
      while (true) {
        if (link.step() == 0) {
          LockSupport.parkNanos(REST_NANOS);
        }
      }
    }
  }

  /** Starts it beside a stack. */
  public static Child start(Layout layout, Supervisor supervisor, Path root) {
    return supervisor.start(
        new ChildSpec(
            "platform",
            List.of(
                "-Xms32m",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxDirectMemorySize=32m",
                "-Dzhifu.log=" + root.resolve("logs").resolve("platform-warnings.log")),
            layout.ownClassPath().stream().map(Path::toString).toList(),
            PlatformProcess.class.getName(),
            List.of(root.toString()),
            Map.of()));
  }
}
