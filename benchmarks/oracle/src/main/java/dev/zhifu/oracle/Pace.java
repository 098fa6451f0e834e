package dev.zhifu.oracle;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How fast a run goes, and when it will be done. */
final class Pace {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long begun = System.nanoTime();
  private final long cpuBegun = SYSTEM.getProcessCpuTime();
  private final long from;
  private final long end;

  /**
   * A run from one seed to below another, from now on.
   *
   * @param from the first seed
   * @param end behind the last seed
   */
  Pace(long from, long end) {
    this.from = from;
    this.end = end;
  }

  String line(long next, long differences) {
    long left = (long) (seconds() / Math.max(1, next - from) * (end - next));
    return "oracle: %,d of %,d histories, %.0f/s, %d:%02d:%02d left, %d differences"
        .formatted(
            (next - from) * Trial.HISTORIES,
            (end - from) * Trial.HISTORIES,
            perSecond(next),
            left / 3600,
            left / 60 % 60,
            left % 60,
            differences);
  }

  String rate(long next) {
    long tried = (next - from) * Trial.HISTORIES;
    double cpu = Math.max(0.001, (SYSTEM.getProcessCpuTime() - cpuBegun) / 1e9);
    return "%,d histories in %.0f s: %.0f a second, %.0f a CPU-second"
        .formatted(tried, seconds(), perSecond(next), tried / cpu);
  }

  private double perSecond(long next) {
    return (next - from) * Trial.HISTORIES / seconds();
  }

  private double seconds() {
    return Math.max(0.001, (System.nanoTime() - begun) / 1e9);
  }
}
