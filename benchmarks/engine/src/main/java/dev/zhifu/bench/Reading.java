package dev.zhifu.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * What the clocks and counters say at one moment.
 *
 * @param nanos of the wall clock
 * @param cpuNanos of this process, every thread of it
 * @param events handed over by the sources
 * @param out elements that reached the last step
 * @param gcMs spent collecting garbage
 * @param newestMs newest event time handed over
 */
record Reading(long nanos, long cpuNanos, long events, long out, long gcMs, long newestMs) {

  static Reading now() {
    long gc = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      gc += bean.getCollectionTime();
    }
    return new Reading(
        System.nanoTime(),
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
        Meter.EVENTS.sum(),
        Meter.OUT.sum(),
        gc,
        Meter.NEWEST.get());
  }

  /** Puts what happened since into {@code result}. */
  void since(Reading before, long startMs, Map<String, Object> result) {
    double seconds = (nanos - before.nanos) / 1e9;
    double cpuSeconds = (cpuNanos - before.cpuNanos) / 1e9;
    long done = events - before.events;
    result.put("events", done);
    result.put("seconds", round(seconds));
    result.put("cpuSeconds", round(cpuSeconds));
    result.put("eventsPerSecond", round(done / seconds));
    result.put("eventsPerCpuSecond", round(done / cpuSeconds));
    result.put("cpuMicrosPerEvent", round(cpuSeconds * 1e6 / Math.max(1, done)));
    result.put("outPerEvent", round((double) (out - before.out) / Math.max(1, done)));
    result.put("gcSeconds", round((gcMs - before.gcMs) / 1e3));
    result.put("eventHoursBefore", round((before.newestMs - startMs) / 3.6e6));
    result.put("eventHoursAfter", round((newestMs - startMs) / 3.6e6));
    result.put(
        "loadAverage", round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  private static double round(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
